import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { MAIL_BASE } from '@/scripts/demo/names'
import { grantAuthority } from './authority'
import { rehearseWrite } from './rehearsal'
import { search, write } from './service'

const authority = grantAuthority({
  person: { dn: 'cn=admin,dc=example,dc=net', name: 'Test', mail: '' },
  role: 'postmaster',
  domains: [],
})

let directory: TestDirectory
beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
})
afterAll(() => directory.stop())

function newPerson(uid: string, more: Readonly<Record<string, string>> = {}): ChangeRecord {
  const values = { objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, ...more }
  const attributes = Object.entries(values).map(([description, value]) => ({ description, values: [value] }))
  return { type: 'add', dn: `uid=${uid},${MAIL_BASE}`, attributes }
}

test('an add is judged by the server when all of its attributes are in use', async () => {
  expect(await rehearseWrite(authority, newPerson('fresh'))).toEqual({ status: 'done' })
  expect(await rehearseWrite(authority, newPerson('fresh', { mailQuota: '1' }))).toMatchObject({
    status: 'refused',
    resultCode: 65,
  })
})

test('an add that is the first with an attribute is not rehearsed, and the directory stays readable', async () => {
  const records = [newPerson('one', { carLicense: 'B 1' }), newPerson('two', { 'cn;lang-de': 'zwei' })]
  const [licence, language] = await Promise.all(records.map((record) => rehearseWrite(authority, record)))
  expect(licence).toEqual({ status: 'firstUse', attributes: ['carlicense'] })
  expect(language).toEqual({ status: 'firstUse', attributes: ['cn;lang-de'] })
  for (const record of records) expect(await write(authority, record)).toEqual({ status: 'done' })
  const all = await search(authority, {
    base: MAIL_BASE,
    scope: 'sub',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: ['*'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  expect(all.status).toBe('complete')
})

test('a modification may be the first with an attribute', async () => {
  expect(await write(authority, newPerson('three'))).toEqual({ status: 'done' })
  const record: ChangeRecord = {
    type: 'modify',
    dn: `uid=three,${MAIL_BASE}`,
    modifications: [{ operation: 'add', attribute: 'roomNumber;lang-de', values: ['1'] }],
  }
  expect(await rehearseWrite(authority, record)).toEqual({ status: 'done' })
  expect(await write(authority, record)).toEqual({ status: 'done' })
})

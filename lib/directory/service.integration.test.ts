import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  DOMAINS_BASE,
  EVERY_OCTET,
  MAIL_BASE,
  PASSWORD,
  POSTMASTER_GROUP,
  type Relay,
  SERVICE_DN,
  type SmallDirectory,
  startRelay,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { decodeOctets } from '@/lib/ldap/octets'
import { grantAuthority } from './authority'
import { capabilities } from './capabilities'
import { discoverSchema } from './schema-discovery'
import { rehearseWrite } from './rehearsal'
import { readEntry, write } from './service'

const JOHN = `uid=johndoe,${MAIL_BASE}`
const authority = grantAuthority({
  person: { dn: JOHN, name: 'John', mail: '' },
  role: 'postmaster',
  domains: [],
})

let directory: SmallDirectory
let relay: Relay

beforeAll(async () => {
  directory = await startSmallDirectory()
  relay = await startRelay(directory.slapd.port)
  Object.assign(process.env, {
    LDAP_URL: `ldap://127.0.0.1:${relay.port}`,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    LDAP_TIMEOUT: '2',
    POSTMASTER_GROUP,
    AUTH_SECRET: 'a secret of more than thirty-two characters',
    AUTH_URL: 'http://localhost:3000',
  })
})
afterAll(async () => {
  await relay.close()
  await directory.remove()
})

async function entryAt(dn: string): Promise<Entry> {
  const result = await readEntry(authority, dn)
  if (result.status !== 'found') throw new Error(JSON.stringify(result))
  return result.entry
}

function aliases(operation: 'add' | 'delete' | 'replace', ...values: string[]): ChangeRecord {
  return { type: 'modify', dn: JOHN, modifications: [{ operation, attribute: 'mailAlias', values }] }
}

describe('an entry', () => {
  test('is read with its operational attributes', async () => {
    const entry = await entryAt(JOHN)
    expect(valueOf(entry, 'entryCSN')).toMatch(/^\d{14}\.\d{6}Z#/)
    expect(await readEntry(authority, JOHN, ['uid'])).toEqual({
      status: 'found',
      entry: { dn: JOHN, attributes: [{ description: 'uid', values: ['johndoe'] }] },
    })
  })

  test('that is not there is told apart from a failure', async () => {
    expect(await readEntry(authority, `uid=none,${MAIL_BASE}`)).toEqual({ status: 'notFound' })
    expect(await readEntry(authority, 'none')).toMatchObject({ status: 'failed', resultCode: 34 })
  })
})

describe('a write', () => {
  const dn = `cn=made,${DOMAINS_BASE}`
  beforeEach(async () => {
    await write(authority, { type: 'delete', dn })
  })

  test('adds, modifies, renames and deletes, with every octet', async () => {
    const attributes = [
      { description: 'objectClass', values: ['inetOrgPerson', 'posixAccount'] },
      { description: 'cn', values: ['made'] },
      { description: 'sn', values: ['Süß'] },
      { description: 'uid', values: ['made'] },
      { description: 'uidNumber', values: ['7'] },
      { description: 'gidNumber', values: ['7'] },
      { description: 'homeDirectory', values: ['/'] },
      { description: 'jpegPhoto', values: [decodeOctets(EVERY_OCTET)] },
    ]
    expect(await write(authority, { type: 'add', dn, attributes })).toEqual({ status: 'done' })
    expect(valuesOf(await entryAt(dn), 'jpegPhoto')).toEqual([decodeOctets(EVERY_OCTET)])
    expect(
      await write(authority, {
        type: 'modify',
        dn,
        modifications: [
          { operation: 'increment', attribute: 'uidNumber', values: ['5'] },
          { operation: 'replace', attribute: 'jpegPhoto', values: [] },
          { operation: 'add', attribute: 'description', values: ['one', 'two'] },
        ],
      }),
    ).toEqual({ status: 'done' })
    const renamed = `cn=renamed,${MAIL_BASE}`
    const rename = { dn, newRdn: 'cn=renamed', deleteOldRdn: false, newSuperior: MAIL_BASE }
    expect(await write(authority, { type: 'modifyDn', ...rename })).toEqual({ status: 'done' })
    const entry = await entryAt(renamed)
    expect(valuesOf(entry, 'cn')).toEqual(['made', 'renamed'])
    expect(valuesOf(entry, 'uidNumber')).toEqual(['12'])
    expect(valuesOf(entry, 'jpegPhoto')).toEqual([])
    expect(await write(authority, { type: 'delete', dn: renamed })).toEqual({ status: 'done' })
  })

  test('is refused with the code of the server', async () => {
    expect(await write(authority, aliases('add', 'a@domain1.net', 'a@domain1.net'))).toMatchObject({
      status: 'refused',
      resultCode: 20,
    })
    expect(await write(authority, aliases('delete', 'nobody@domain1.net'))).toMatchObject({
      status: 'refused',
      resultCode: 16,
    })
    expect(await write(authority, aliases('add', 'jürgen@domain1.net'))).toMatchObject({
      status: 'refused',
      resultCode: 21,
    })
  })

  test('is not carried out on an entry that has changed', async () => {
    const assertEntryCsn = valueOf(await entryAt(JOHN), 'entryCSN') ?? ''
    expect(await write(authority, aliases('add', 'first@domain1.net'), { assertEntryCsn })).toEqual({
      status: 'done',
    })
    expect(await write(authority, aliases('add', 'second@domain1.net'), { assertEntryCsn })).toMatchObject({
      status: 'refused',
      resultCode: 122,
    })
    expect(valuesOf(await entryAt(JOHN), 'mailAlias')).not.toContain('second@domain1.net')
  })

  test('can be rehearsed', async () => {
    const before = await entryAt(JOHN)
    const assertEntryCsn = valueOf(before, 'entryCSN') ?? ''
    const options = { assertEntryCsn }
    expect(await rehearseWrite(authority, aliases('add', 'maybe@domain1.net'), options)).toEqual({
      status: 'done',
    })
    expect(await rehearseWrite(authority, aliases('add', 'jürgen@domain1.net'), options)).toMatchObject({
      resultCode: 21,
    })
    expect(await rehearseWrite(authority, { type: 'delete', dn: JOHN }, options)).toEqual({ status: 'done' })
    expect(
      await rehearseWrite(authority, aliases('add', 'maybe@domain1.net'), { assertEntryCsn: 'x' }),
    ).toMatchObject({
      status: 'refused',
    })
    expect(await entryAt(JOHN)).toEqual(before)
  })

  test('whose connection breaks says whether it had been sent', async () => {
    await entryAt(JOHN)
    relay.cutAfterRequest()
    const lost = await write(authority, aliases('add', 'fourth@domain1.net'))
    expect(lost).toMatchObject({ status: 'connectionLost', sent: true })
    const refused = await write(authority, aliases('add', 'fifth@domain1.net'))
    expect(refused).toMatchObject({ status: 'connectionLost', sent: false })
    relay.answerAgain()
    expect(valuesOf(await entryAt(JOHN), 'mailAlias')).not.toContain('fifth@domain1.net')
  })
})

test('the server says what it can do and publishes its schema', async () => {
  const known = await capabilities()
  expect(known.status === 'known' && known.controls.has('1.3.6.1.1.12')).toBe(true)
  const found = await discoverSchema()
  if (found.status === 'failed') throw new Error(found.diagnostic)
  expect(found.schema.attributeType('mailAlias')).toMatchObject({
    name: 'mailAlias',
    equality: 'caseIgnoreIA5Match',
  })
  expect(await discoverSchema()).toEqual(found)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ldapsearch,
  ldapwhoami,
  serviceBind,
  startTestDirectory,
  type TestDirectory,
} from '@/e2e/fixtures/directory'
import { type Authority, grantAuthority, type Role } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { valueOf } from '@/lib/ldap/entry'
import { personDn } from '@/scripts/demo/names'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { setMailboxPassword } from './mailbox-password'

let directory: TestDirectory

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
})
afterAll(() => directory.stop())

function authorityOf(role: Role, domains: readonly string[] = [], isViewed = false): Authority {
  const person = { dn: personDn('isorensen'), name: 'I', mail: 'ingrid@domain2.me' }
  return grantAuthority({ person, role, domains }, undefined, isViewed ? person : null)
}

async function idOf(uid: string): Promise<string> {
  const read = await readEntry(authorityOf('postmaster'), personDn(uid))
  if (read.status !== 'found') throw new Error(JSON.stringify(read))
  return valueOf(read.entry, 'entryUUID') ?? ''
}

async function binds(uid: string, password: string): Promise<boolean> {
  return (await ldapwhoami(directory, { dn: personDn(uid), password })).status === 0
}

test('a generated password is told, works, and is stored as a hash', async () => {
  const outcome = await setMailboxPassword(authorityOf('postmaster'), await idOf('aosei'), {
    kind: 'generated',
  })
  if (outcome.status !== 'set' || outcome.generated === null) throw new Error(JSON.stringify(outcome))
  expect(await binds('aosei', outcome.generated)).toBe(true)
  expect(await binds('aosei', COMMON_PASSWORD)).toBe(false)
  const log = await ldapsearch(
    directory,
    serviceBind(directory),
    '-b',
    'cn=accesslog',
    '(reqType=modify)',
    'reqMod',
  )
  const encoded = [...log.stdout.matchAll(/^reqMod:: (\S+)$/gm)].map(([, text = '']) => text)
  const written = encoded.map((text) => Buffer.from(text, 'base64').toString('latin1')).join('\n')
  expect(written).toContain('userPassword:= {ARGON2}')
  expect(`${log.stdout}${written}`).not.toContain(outcome.generated)
})

test('what the directory refuses is said, and the old password stays', async () => {
  const typed = { kind: 'typed', password: 'short' } as const
  expect(await setMailboxPassword(authorityOf('postmaster'), await idOf('xli'), typed)).toEqual({
    status: 'refused',
    message: { key: 'mailbox.password.short' },
  })
  expect(await binds('xli', COMMON_PASSWORD)).toBe(true)
})

test('an administrator sets passwords in the own domains, but never a postmaster’s', async () => {
  const administrator = authorityOf('domainAdministrator', ['domain1.net'])
  const typed = { kind: 'typed', password: 'a new word for somebody' } as const
  expect(await setMailboxPassword(administrator, await idOf('mokafor'), typed)).toEqual({
    status: 'refused',
    message: { key: 'mailbox.password.postmaster' },
  })
  expect(await setMailboxPassword(administrator, await idOf('xli'), typed)).toMatchObject({
    status: 'refused',
  })
  expect(await setMailboxPassword(administrator, await idOf('dhaddad'), typed)).toEqual({
    status: 'set',
    generated: null,
  })
  expect(await binds('dhaddad', typed.password)).toBe(true)
})

test('whoever looks at the panel as another person sets none', async () => {
  const viewer = authorityOf('postmaster', [], true)
  expect(await setMailboxPassword(viewer, await idOf('gbaecker'), { kind: 'generated' })).toMatchObject({
    status: 'refused',
  })
  expect(await binds('gbaecker', COMMON_PASSWORD)).toBe(true)
})

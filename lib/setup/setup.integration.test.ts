import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ldapmodify, serviceBind, startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { startSmallDirectory, type SmallDirectory } from '@/e2e/fixtures/small-directory'
import { MAIL_BASE, personDn, SERVICE_DN, STORE_BASE } from '@/scripts/demo/names'

const SECOND = `ou=Second,${MAIL_BASE}`

let directory: TestDirectory
let small: SmallDirectory

beforeAll(async () => {
  ;[directory, small] = await Promise.all([startTestDirectory(), startSmallDirectory()])
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await Promise.all([directory.stop(), small.remove()])
})

beforeEach(() => {
  settings(directory.settings)
})

/** The settings are read once per process, so the modules are loaded anew. */
function settings(variables: Readonly<Record<string, string>>): void {
  vi.resetModules()
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}

async function authority() {
  const { grantAuthority } = await import('@/lib/directory/authority')
  const person = { dn: personDn('mokafor'), name: 'Martha', mail: 'martha.okafor@domain1.net' }
  return grantAuthority({ person, role: 'postmaster', domains: [] })
}

async function store() {
  const { storeState } = await import('./store-state')
  return storeState(await authority())
}

async function abilities() {
  const { serverAbilities } = await import('./server-abilities')
  const known = await serverAbilities(await authority())
  if (known.status === 'failed') throw new Error(known.diagnostic)
  return {
    vendor: known.vendor,
    ...Object.fromEntries(known.abilities.map(({ name, state }) => [name, state])),
  }
}

test('what the server can do is found out, and nothing is written for it', async () => {
  expect(await abilities()).toEqual({
    vendor: 'OpenLDAP',
    assertion: 'yes',
    rehearsal: 'yes',
    sortedLists: 'yes',
    passwordModify: 'yes',
    passwordPolicy: 'yes',
    changeStamp: 'yes',
    serverLog: 'yes',
    proxiedAuthorization: 'off',
  })
  settings({
    LDAP_URL: small.slapd.uri,
    LDAP_BIND_DN: 'cn=service,dc=example,dc=net',
    LDAP_BIND_PASSWORD: 'secret',
  })
  expect(await abilities()).toMatchObject({
    sortedLists: 'no',
    passwordPolicy: 'no',
    changeStamp: 'no',
    serverLog: 'no',
    rehearsal: 'yes',
  })
})

test('the store is proposed, missed, made by the LDIF that is given, and works', async () => {
  expect(await store()).toMatchObject({ state: 'works', base: STORE_BASE, help: null })
  settings({ LDAP_STORE_BASE: '' })
  expect(await store()).toMatchObject({ state: 'notSet', base: STORE_BASE })
  settings({ LDAP_STORE_BASE: SECOND })
  const missing = await store()
  expect(missing.state).toBe('missing')
  expect(missing.help?.slapdConf).toContain(`by dn.exact="${SERVICE_DN}" write`)
  const added = await ldapmodify(directory, serviceBind(directory), missing.help?.ldif ?? '', '-a')
  expect(added.status).toBe(0)
  expect(await store()).toMatchObject({ state: 'works', said: '' })
})

test('a store that is there and may not be written to says so', async () => {
  settings({ LDAP_STORE_BASE: 'ou=Services,dc=example,dc=net' })
  const state = await store()
  expect(state).toMatchObject({ state: 'readOnly', base: 'ou=Services,dc=example,dc=net' })
  expect(state.said).toContain('(50)')
  expect(state.help?.olcAccess).toContain('olcAccess')
})

test('the folder of the journal is looked at', async () => {
  const path = join(directory.folder, 'looked-at')
  settings({ POSTBOOK_STATE_DIRECTORY: path })
  const { stateFolder } = await import('./state-folder')
  expect(await stateFolder()).toMatchObject({ path, state: 'missing', files: 0, written: null })
  mkdirSync(join(path, 'journal/open'), { recursive: true })
  writeFileSync(join(path, 'journal/open/one.ldif'), 'twelve bytes')
  expect(await stateFolder()).toMatchObject({ state: 'works', files: 1, octets: 12 })
  rmSync(path, { recursive: true })
  writeFileSync(path, '')
  expect(await stateFolder()).toMatchObject({ state: 'unreadable', said: 'ENOTDIR' })
})

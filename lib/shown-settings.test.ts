import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const NEEDED = {
  LDAP_URL: 'ldaps://one.example, ldaps://two.example',
  LDAP_BIND_DN: 'cn=postbook,dc=example,dc=net',
  LDAP_BIND_PASSWORD: 'hidden-one',
  LDAP_DOMAINS_BASE: 'ou=Domains,dc=example,dc=net',
  AUTH_SECRET: 'hidden-two-which-is-longer-than-32-characters',
  OIDC_CLIENT_SECRET_FILE: '/etc/postbook/secret',
  OWNER_ALIASES: 'no',
}

beforeEach(() => {
  for (const [name, value] of Object.entries(NEEDED)) vi.stubEnv(name, value)
  vi.stubEnv('LDAP_TIMEOUT', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

test('settings are shown as they are understood, and secrets never', async () => {
  const { shownSettings } = await import('./environment')
  const all = shownSettings()
  const shown = (name: string) => all.find((setting) => setting.name === name)
  expect(shown('LDAP_URL')).toMatchObject({ value: 'ldaps://one.example ldaps://two.example', usual: null })
  expect(shown('LDAP_BIND_PASSWORD')).toMatchObject({ value: null, isSet: true, isSecret: true })
  expect(shown('AUTH_SECRET')).toMatchObject({ value: null, isSet: true, usual: null })
  expect(shown('OIDC_CLIENT_SECRET')).toMatchObject({ value: null, isSet: true })
  expect(shown('LDAP_START_TLS')).toMatchObject({ value: 'no', isSet: false, usual: 'no' })
  expect(shown('LDAP_ACCESSLOG_BASE')).toMatchObject({ value: 'cn=accesslog', isSet: false })
  expect(shown('POSTBOOK_STATE_DIRECTORY')?.usual).toBe('.postbook')
  expect(shown('OWNER_ALIASES')).toMatchObject({ value: 'no', isSet: true, usual: 'yes', group: 'owners' })
  expect(shown('OWNER_ALIAS_LIMIT')).toMatchObject({ value: '20', isSet: false })
  // What is not understood is not shown as if it were.
  expect(shown('LDAP_TIMEOUT')).toMatchObject({ value: null, isSet: false, usual: '10' })
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  expect(JSON.stringify(all)).not.toContain('hidden')
})

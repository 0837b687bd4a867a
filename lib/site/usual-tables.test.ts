import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DOMAINS_BASE, MAIL_BASE, SERVICE_DN } from '@/scripts/demo/names'
import { writePostfixConfiguration } from '@/scripts/demo/postfix-configuration'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postbook-postfix-'))
  writePostfixConfiguration(folder, 'ldap://127.0.0.1:1', 'secret')
  vi.resetModules()
  const settings = {
    LDAP_URL: 'ldap://127.0.0.1:1',
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: 'secret',
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    POSTFIX_CONFIG_DIRECTORY: folder,
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

async function isUsual(): Promise<boolean> {
  const { asksAsUsual } = await import('./usual-tables')
  return asksAsUsual()
}

function replaceIn(file: string, text: string, by: string): void {
  const path = join(folder, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(text, by))
}

test('the three tables of the schema are usual', async () => {
  expect(await isUsual()).toBe(true)
})

test('so are those that Postbook takes for a site without a Postfix configuration', async () => {
  vi.stubEnv('POSTFIX_CONFIG_DIRECTORY', '')
  expect(await isUsual()).toBe(true)
})

test.each([
  ['a further condition', 'ldap/ldap-vmailbox.cf', '(mail=%s)', '(mail=%s)(mailEnabled=TRUE)'],
  ['another attribute', 'ldap/ldap-aliases.cf', 'mailAlias=%s', 'mailGroupMember=%s'],
  ['another result', 'ldap/ldap-aliases.cf', 'result_attribute = mail', 'result_attribute = uid'],
  ['a domain of its own', 'ldap/ldap-vmailbox.cf', 'version', 'domain = domain1.net\nversion'],
  ['a second table', 'main.cf', 'virtual_alias_maps = ', 'virtual_alias_maps = hash:/etc/aliases-too '],
  ['no LDAP table', 'main.cf', 'virtual_mailbox_domains = ', 'virtual_mailbox_domains = domain1.net #'],
  ['no configuration that can be read', 'ldap/ldap-aliases.cf', 'mailAlias=%s', 'mailAlias=%z'],
])('%s is not', async (_, file, text, by) => {
  replaceIn(file, text, by)
  expect(await isUsual()).toBe(false)
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPanel } from '../fixtures/panel'
import { expect, test } from '../fixtures/test'

interface Case {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
  readonly setting: string
  readonly sentence: RegExp
}

const CASES: readonly Case[] = [
  {
    name: 'a missing variable',
    settings: { LDAP_MAIL_BASE: '' },
    setting: 'LDAP_MAIL_BASE',
    sentence: /LDAP_MAIL_BASE is (empty|not set)/,
  },
  {
    name: 'an unreachable server',
    settings: { LDAP_URL: 'ldap://127.0.0.1:1' },
    setting: 'LDAP_URL',
    sentence: /no directory can be reached at ldap:\/\/127\.0\.0\.1:1/,
  },
  {
    name: 'a wrong password',
    settings: { LDAP_BIND_PASSWORD: 'surely-not-this' },
    setting: 'LDAP_BIND_DN',
    sentence: /LDAP_BIND_PASSWORD is wrong/,
  },
  {
    name: 'a base that is not there',
    settings: { LDAP_DOMAINS_BASE: 'ou=Nowhere,dc=example,dc=net' },
    setting: 'LDAP_DOMAINS_BASE',
    sentence: /ou=Nowhere,dc=example,dc=net/,
  },
  {
    name: 'clear text over a network',
    settings: { LDAP_URL: 'ldap://ldap.example.net' },
    setting: 'LDAP_URL',
    sentence: /clear text/,
  },
  {
    name: 'no Postfix configuration',
    settings: { POSTFIX_CONFIG_DIRECTORY: '/nowhere' },
    setting: 'POSTFIX_CONFIG_DIRECTORY',
    sentence: /\/nowhere/,
  },
]

for (const { name, settings, setting, sentence } of CASES) {
  test(`${name} is one sentence that names the setting, on the page and on the console`, async ({
    page,
    directory,
  }) => {
    const panel = await startPanel({ ...directory.settings, ...settings })
    try {
      await page.goto(`${panel.url}/sign-in`)
      await expect(page.getByRole('heading', { name: 'Postbook is not ready' })).toBeVisible()
      const row = page.getByRole('listitem').filter({ hasText: setting })
      await expect(row).toContainText(sentence)
      expect(panel.output()).toMatch(sentence)
      expect(panel.output()).not.toMatch(/^\s+at /m)
      expect(panel.output()).not.toContain(
        settings['LDAP_BIND_PASSWORD'] ?? directory.settings['LDAP_BIND_PASSWORD'],
      )
      const health = await page.request.get(`${panel.url}/api/health`)
      expect(health.status()).toBe(503)
    } finally {
      await panel.stop()
    }
  })
}

test('a broken table file is one sentence that names file and parameter', async ({
  page,
  directory,
}, info) => {
  const folder = info.outputPath('postfix')
  mkdirSync(folder, { recursive: true })
  const table = join(folder, 'aliases.cf')
  writeFileSync(table, 'search_base = dc=example,dc=net\nsize_limit = many\nbind_pw = secret-of-the-table\n')
  writeFileSync(join(folder, 'main.cf'), `virtual_alias_maps = ldap:${table}\n`)
  const panel = await startPanel({ ...directory.settings, POSTFIX_CONFIG_DIRECTORY: folder })
  try {
    await page.goto(`${panel.url}/sign-in`)
    const row = page.getByRole('listitem').filter({ hasText: 'POSTFIX_CONFIG_DIRECTORY' })
    await expect(row).toContainText(/aliases\.cf.*virtual_alias_maps/)
    await expect(page.getByRole('main')).not.toContainText('secret-of-the-table')
    expect(panel.output()).toContain('aliases.cf')
    expect(panel.output()).not.toContain('secret-of-the-table')
  } finally {
    await panel.stop()
  }
})

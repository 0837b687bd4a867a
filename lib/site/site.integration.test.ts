import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  POSTMASTER_GROUP,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import { inEnglish } from '@/lib/words/english'
import { freePort } from '@/scripts/private-slapd'

let directory: SmallDirectory
let folder: string

beforeAll(async () => {
  directory = await startSmallDirectory()
  folder = mkdtempSync(join(tmpdir(), 'postbook-site-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await directory.remove()
})
beforeEach(() => {
  settings({
    LDAP_URL: directory.slapd.uri,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    LDAP_TIMEOUT: '2',
    POSTMASTER_GROUP,
    AUTH_SECRET: 'a secret of more than thirty-two characters',
    AUTH_URL: 'http://localhost:3000',
    POSTFIX_CONFIG_DIRECTORY: '',
  })
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** The settings are read once per process, so the modules are loaded anew. */
function settings(variables: Record<string, string>): void {
  vi.resetModules()
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}

async function sentences(): Promise<readonly string[]> {
  const { checkSite } = await import('./readiness')
  return (await checkSite()).map(({ setting, sentence }) => `${setting} | ${inEnglish(sentence)}`)
}

function postfix(...lines: string[]): string {
  const path = mkdtempSync(join(folder, 'postfix-'))
  mkdirSync(join(path, 'ldap'))
  const maps = `virtual_alias_maps = proxy:ldap:${path}/ldap/aliases.cf, inline:{ a@b=c@d }`
  writeFileSync(
    join(path, 'main.cf'),
    `compatibility_level = 3.6\n${maps}\nvirtual_mailbox_domains = domain1.net\n`,
  )
  table(path, ...lines)
  return path
}

function table(path: string, ...lines: string[]): void {
  const usual = [
    `server_host = ${directory.slapd.uri}`,
    `search_base = ${MAIL_BASE}`,
    'result_attribute = mail',
  ]
  writeFileSync(join(path, 'ldap/aliases.cf'), [...usual, 'bind = no', ...lines, ''].join('\n'))
}

describe('a site', () => {
  test('that is set up well has no problems', async () => {
    expect(await sentences()).toEqual([])
    settings({ POSTFIX_CONFIG_DIRECTORY: postfix('query_filter = (mailAlias=%s)') })
    expect(await sentences()).toEqual([])
  })

  test('names every setting that is missing', async () => {
    settings({ LDAP_URL: '', AUTH_SECRET: '' })
    expect(await sentences()).toMatchObject(
      [/^LDAP_URL \| /, /^AUTH_SECRET \| /].map((start) => expect.stringMatching(start) as string),
    )
  })

  test('says that nobody answers at the address', async () => {
    const uri = `ldap://127.0.0.1:${await freePort()}`
    settings({ LDAP_URL: uri })
    const [sentence, ...others] = await sentences()
    expect(sentence).toContain(`LDAP_URL | LDAP_URL: no directory can be reached at ${uri} (`)
    expect(others).toEqual([])
  })

  test('says that the service account is refused, without its password', async () => {
    settings({ LDAP_BIND_PASSWORD: 'not this one' })
    expect(await sentences()).toEqual([
      `LDAP_BIND_DN | LDAP_BIND_DN: the directory at ${directory.slapd.uri} does not let ${SERVICE_DN} in: the DN or LDAP_BIND_PASSWORD is wrong.`,
    ])
  })

  test('says that TLS cannot be had', async () => {
    settings({ LDAP_START_TLS: 'yes' })
    expect(await sentences()).toMatchObject([expect.stringMatching(/^LDAP_START_TLS \| .* over TLS/)])
  })

  test('names a base or group that is not there', async () => {
    settings({ LDAP_MAIL_BASE: 'ou=Post,dc=example,dc=net', POSTMASTER_GROUP: 'cn=,,=' })
    expect(await sentences()).toEqual([
      'LDAP_MAIL_BASE | LDAP_MAIL_BASE: there is no entry ou=Post,dc=example,dc=net, or the service account may not see it.',
      'POSTMASTER_GROUP | POSTMASTER_GROUP: cn=,,= is not a DN.',
    ])
  })

  test('names the file and the parameter of a broken table, and no secret', async () => {
    const path = postfix('query_filter = (mailAlias=%s)', 'timeout = soon')
    settings({ POSTFIX_CONFIG_DIRECTORY: path })
    expect(await sentences()).toMatchObject([
      expect.stringMatching(/aliases\.cf of virtual_alias_maps: .*timeout = soon\.$/),
    ])
    settings({ POSTFIX_CONFIG_DIRECTORY: postfix('bind_pw hidden') })
    const [broken] = await sentences()
    expect(broken).toMatch(/aliases\.cf, line 5: missing '=' after attribute name\.$/)
    settings({ POSTFIX_CONFIG_DIRECTORY: join(folder, 'none') })
    expect(await sentences()).toMatchObject([
      expect.stringMatching(/Cannot read .*none\/main\.cf: No such file or directory/),
    ])
  })
})

describe('the tables', () => {
  test('are the three usual ones where no Postfix configuration is given', async () => {
    const { siteTables } = await import('./postfix-configuration')
    const { liveAccess } = await import('@/lib/directory/files')
    const site = siteTables()
    if (site.status === 'broken') throw new Error(site.message)
    const keys = ['domain1.net', 'johndoe@domain1.net', 'superjohn@domain2.me']
    const answers = await Promise.all(
      site.tables.map(async (one, index) => {
        const result = await one.open(liveAccess).lookup(keys[index] ?? '', site.flags)
        return [one.parameter, result.status === 'found' ? result.value : result]
      }),
    )
    expect(answers).toEqual([
      ['virtual_mailbox_domains', 'Domain1.net'],
      ['virtual_mailbox_maps', 'johndoe@domain1.net'],
      ['virtual_alias_maps', 'johndoe@domain1.net'],
    ])
  })

  test('are those that main.cf names, and follow a change of the file', async () => {
    const path = postfix('query_filter = (mailAlias=%s)')
    settings({ POSTFIX_CONFIG_DIRECTORY: path })
    const { siteTables } = await import('./postfix-configuration')
    const first = siteTables()
    expect(first).toMatchObject({
      status: 'ready',
      flags: { fold: true, utf8: true },
      tables: [
        {
          parameter: 'virtual_alias_maps',
          name: `ldap:${path}/ldap/aliases.cf`,
          configuration: { queryFilter: '(mailAlias=%s)', server: { bind: 'none' } },
        },
      ],
      otherTables: [{ parameter: 'virtual_alias_maps', name: 'inline:{ a@b=c@d }', configuration: null }],
    })
    expect(siteTables()).toBe(first)
    table(path, 'query_filter = (mail=%s)')
    utimesSync(join(path, 'ldap/aliases.cf'), 1, 1)
    expect(siteTables()).toMatchObject({ tables: [{ configuration: { queryFilter: '(mail=%s)' } }] })
  })
})

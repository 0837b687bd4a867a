import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseDirectoryEnvironment, parsePanelEnvironment } from './environment'

const COMPLETE = {
  LDAP_URL: 'ldap://127.0.0.1:3890',
  LDAP_BIND_DN: 'cn=postbook,dc=example,dc=net',
  LDAP_BIND_PASSWORD: 'very secret',
  LDAP_DOMAINS_BASE: 'ou=Domains,dc=example,dc=net',
  LDAP_MAIL_BASE: 'ou=Mail,dc=example,dc=net',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postbook-environment-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function problems(variables: Record<string, string | undefined>): readonly string[] {
  const settings = parseDirectoryEnvironment({ ...COMPLETE, ...variables })
  return settings.status === 'valid'
    ? []
    : settings.problems.map(({ setting, sentence }) => `${setting}: ${sentence}`)
}

describe('directory settings', () => {
  test('have defaults', () => {
    expect(parseDirectoryEnvironment(COMPLETE)).toEqual({
      status: 'valid',
      environment: {
        ...COMPLETE,
        LDAP_URL: ['ldap://127.0.0.1:3890'],
        LDAP_START_TLS: false,
        LDAP_CA_FILE: '',
        LDAP_TIMEOUT: 10,
        LDAP_PROXIED_AUTHORIZATION: false,
        POSTFIX_CONFIG_DIRECTORY: '',
        LDAP_STORE_BASE: '',
        LDAP_ACCESSLOG_BASE: 'cn=accesslog',
        POSTBOOK_STATE_DIRECTORY: '.postbook',
      },
    })
  })

  test('take several servers, separated by blanks or commas', () => {
    const settings = parseDirectoryEnvironment({
      ...COMPLETE,
      LDAP_URL: 'ldaps://a.example.net, ldaps://b.example.net:6360',
    })
    expect(settings).toMatchObject({
      environment: { LDAP_URL: ['ldaps://a.example.net', 'ldaps://b.example.net:6360'] },
    })
  })

  test.each([
    ['LDAP_URL', undefined, 'LDAP_URL: LDAP_URL is not set.'],
    ['LDAP_URL', 'http://x', 'LDAP_URL: LDAP_URL must hold LDAP addresses such as ldaps://ldap.example.net.'],
    ['LDAP_BIND_DN', '', 'LDAP_BIND_DN: LDAP_BIND_DN is empty.'],
    [
      'LDAP_STORE_BASE',
      'Postbook',
      'LDAP_STORE_BASE: LDAP_STORE_BASE must be a DN such as ou=Postbook,dc=example,dc=net.',
    ],
    ['LDAP_TIMEOUT', '10s', 'LDAP_TIMEOUT: LDAP_TIMEOUT must be a number of seconds from 1 to 9999.'],
    ['LDAP_START_TLS', 'maybe', 'LDAP_START_TLS: LDAP_START_TLS must be yes or no.'],
    [
      'LDAP_MAIL_BASE',
      'Mail',
      'LDAP_MAIL_BASE: LDAP_MAIL_BASE must be a DN such as ou=Mail,dc=example,dc=net.',
    ],
    [
      'LDAP_BIND_PASSWORD',
      undefined,
      'LDAP_BIND_PASSWORD: LDAP_BIND_PASSWORD is not set (or name a file in LDAP_BIND_PASSWORD_FILE).',
    ],
    [
      'LDAP_BIND_PASSWORD_FILE',
      '/nowhere/password',
      'LDAP_BIND_PASSWORD_FILE: LDAP_BIND_PASSWORD_FILE and LDAP_BIND_PASSWORD are both set; keep one of them.',
    ],
  ])('%s = %s is one sentence that names it', (name, value, sentence) => {
    expect(problems({ [name]: value })).toEqual([sentence])
  })

  test('name every problem once and show no secret', () => {
    const found = problems({ LDAP_URL: undefined, LDAP_MAIL_BASE: undefined, LDAP_TIMEOUT: 'x' })
    expect(found).toHaveLength(3)
    expect(found.join()).not.toContain('very secret')
  })

  test.each([
    'ldap://ldap.example.net',
    'ldap://10.0.0.1:389',
    'ldap://127.example.net',
    'ldap://localhost.example.net',
  ])('refuse clear text to %s', (url) => {
    expect(problems({ LDAP_URL: url })[0]).toMatch(/^LDAP_URL: .*clear text/)
    expect(problems({ LDAP_URL: url, LDAP_START_TLS: 'yes' })).toEqual([])
    expect(problems({ LDAP_URL: url, LDAP_ALLOW_CLEAR_TEXT: 'yes' })).toEqual([])
  })

  test.each([
    'ldap://localhost',
    'ldap://127.0.0.1:389',
    'ldap://[::1]:389',
    'ldapi://%2Frun%2Fldapi',
    'ldaps://a.example',
  ])('accept %s', (url) => {
    expect(problems({ LDAP_URL: url })).toEqual([])
  })

  test('read the password from a file, without its newline', () => {
    const file = join(folder, 'password')
    writeFileSync(file, ' kept \n')
    const settings = parseDirectoryEnvironment({
      ...COMPLETE,
      LDAP_BIND_PASSWORD: undefined,
      LDAP_BIND_PASSWORD_FILE: file,
    })
    expect(settings).toMatchObject({ environment: { LDAP_BIND_PASSWORD: ' kept ' } })
    expect(problems({ LDAP_BIND_PASSWORD: '', LDAP_BIND_PASSWORD_FILE: join(folder, 'none') })).toEqual([
      `LDAP_BIND_PASSWORD_FILE: LDAP_BIND_PASSWORD_FILE names ${join(folder, 'none')}, which cannot be read.`,
    ])
  })
})

test('sign-in settings name what is missing', () => {
  const settings = parsePanelEnvironment({ AUTH_SECRET: 'short', AUTH_URL: 'postbook' })
  expect(settings).toEqual({
    status: 'invalid',
    problems: [
      { setting: 'POSTMASTER_GROUP', sentence: 'POSTMASTER_GROUP is not set.' },
      {
        setting: 'AUTH_SECRET',
        sentence: 'AUTH_SECRET must have at least 32 characters (openssl rand -base64 33 makes one).',
      },
      {
        setting: 'AUTH_URL',
        sentence: 'AUTH_URL must be the address of the panel, such as https://postbook.example.net.',
      },
    ],
  })
})

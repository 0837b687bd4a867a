import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  type SmallDirectory,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TABLES = {
  domains: [DOMAINS_BASE, '(&(objectClass=dNSDomain)(dc=%s))', 'dc'],
  mailboxes: [MAIL_BASE, '(&(objectClass=inetOrgPerson)(mail=%s))', 'mail'],
  aliases: [MAIL_BASE, '(&(objectClass=PostfixBookMailAccount)(mailAlias=%s))', 'mail'],
} as const

let directory: SmallDirectory
let folder: string

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-cli.mjs')])
  directory = await startSmallDirectory()
  folder = mkdtempSync(join(tmpdir(), 'postbook-postmap-'))
  // postmap gives up its rights and has to be able to read the folder.
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'queue'))
  file(
    'main.cf',
    `compatibility_level = 3.6\nmyhostname = mail.example.net\nqueue_directory = ${folder}/queue\n`,
  )
  for (const [name, [base, filter, attribute]] of Object.entries(TABLES))
    table(name, directory.slapd.uri, base, filter, attribute)
  table('unreachable', 'ldap://127.0.0.1:1', MAIL_BASE, '(mail=%s)', 'mail')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await directory.remove()
})

function table(name: string, server: string, base: string, filter: string, attribute: string): void {
  const lines = [`server_host = ${server}/`, `search_base = ${base}`, 'version = 3', 'bind = no']
  lines.push(`query_filter = ${filter}`, `result_attribute = ${attribute}`, '')
  file(`${name}.cf`, lines.join('\n'))
}

/** postmap waits until a file is no longer new. */
function file(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
  utimesSync(join(folder, name), 1, 1)
}

function named(...names: string[]): string[] {
  return names.map((name) => `ldap:${folder}/${name}.cf`)
}

interface Answer {
  readonly stdout: Buffer
  readonly status: number | null
  readonly stderr: string
}

const POSTMAP = ['/usr/sbin/postmap']
const POSTBOOK = [process.execPath, join(ROOT, 'bin/postbook.mjs'), 'postmap']

function ask([program = '', ...before]: readonly string[], words: readonly string[], input?: Buffer): Answer {
  const { stdout, status, stderr } = spawnSync(program, [...before, '-c', folder, ...words], { input })
  return { stdout, status, stderr: stderr.toString() }
}

/** Asserts that both say the same, and gives the answer. */
function both(words: readonly string[], input?: Buffer): Answer {
  const real = ask(POSTMAP, words, input)
  const ours = ask(POSTBOOK, words, input)
  const context = JSON.stringify({ words, real: real.stderr, ours: ours.stderr })
  expect(ours.stdout.equals(real.stdout), context).toBe(true)
  expect(ours.status, context).toBe(real.status)
  expect(ours.stderr === '', context).toBe(real.stderr === '')
  return ours
}

const HOSTILE = [
  ...['*', '(', ')', '\\', '\\2a', ')(mail=*', '*)(uid=*', 'johndoe@domain1.net)(objectClass=*'],
  ...[
    '*@domain2.me',
    'a b',
    ' johndoe@domain1.net ',
    'JOHNDOE@DOMAIN1.NET',
    'Straße@domain1.net',
    'ﬁ@domain1.net',
  ],
  ...[
    '@domain1.net',
    'johndoe@',
    '@',
    '"john doe"@domain1.net',
    'x'.repeat(5000),
    '😀@domain1.net',
    'a\tb',
    'a\u0001b',
  ],
  ...[
    '-x@domain1.net',
    '%s',
    '$HOME',
    'johndoe@domain1.net.',
    'domain1.net',
    'DOMAIN1.NET',
    'shared@domain2.me',
  ],
]

describe('postbook postmap -q', () => {
  test('answers the canonical questions', () => {
    expect(both(['-q', 'domain1.net', ...named('domains')]).stdout.toString()).toBe('Domain1.net\n')
    expect(both(['-q', 'johndoe@domain1.net', ...named('mailboxes')]).stdout.toString()).toBe(
      'johndoe@domain1.net\n',
    )
    expect(both(['-q', 'superjohn@domain2.me', ...named('aliases')]).stdout.toString()).toBe(
      'johndoe@domain1.net\n',
    )
    expect(both(['-q', 'nobody@domain1.net', ...named('aliases', 'mailboxes')])).toMatchObject({ status: 1 })
  })

  test.each(Object.keys(TABLES))('answers hostile keys from standard input as postmap does: %s', (name) => {
    const invalid = Buffer.from([
      0x6a, 0xff, 0x40, 0xc3, 0x0a, 0xed, 0xa0, 0x80, 0x0a, 0x61, 0x00, 0x62, 0x0a, 0x0d, 0x0a,
    ])
    const input = Buffer.concat([
      Buffer.from(`${HOSTILE.join('\n')}\n`),
      invalid,
      Buffer.from('superjohn@domain2.me'),
    ])
    both(['-q', '-', ...named(name)], input)
    both(['-f', '-q', '-', ...named(name)], input)
    both(['-uq', '-', ...named(name)], input)
  })

  test.each(HOSTILE)('answers the hostile argument %j as postmap does', (key) => {
    both(['-q', key, ...named('mailboxes', 'aliases', 'domains')])
  })

  test('takes an argument that is not UTF-8 as it is', () => {
    const script = 'exec "$@" -q "$(printf "ann\\\\377@domain2.me")" "$TABLE"'
    const answers = [POSTMAP, POSTBOOK].map((program) =>
      spawnSync('/bin/sh', ['-c', script, 'sh', ...program, '-c', folder], {
        env: { ...process.env, TABLE: named('mailboxes')[0] },
      }),
    )
    for (const { stdout, status, stderr } of answers) {
      expect(stdout.toString()).toBe('')
      expect(status).toBe(1)
      expect(stderr.toString()).toContain('malformed UTF-8')
    }
  })

  test('keeps errors apart from answers', () => {
    const failed = both(['-q', 'johndoe@domain1.net', ...named('unreachable', 'mailboxes')])
    expect(failed.stderr).toMatch(/^postbook: warning: .*\n(.*\n)*postbook: fatal: /)
    both(['-q', 'johndoe@domain1.net', ...named('missing')])
    expect(both(['-q', 'johndoe@domain1.net']).status).toBe(1)
  })

  test('tells all of it in JSON', () => {
    const { stdout, status } = ask(
      POSTBOOK,
      ['--json', '-q', '-', ...named('aliases', 'unreachable')],
      Buffer.from('superjohn@domain2.me\nx@y\n'),
    )
    const [found, failed] = stdout
      .toString()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(found).toMatchObject({
      key: 'superjohn@domain2.me',
      status: 'found',
      value: 'johndoe@domain1.net',
      table: named('aliases')[0],
    })
    expect(failed).toMatchObject({
      key: 'x@y',
      status: 'temporaryError',
      value: null,
      table: named('unreachable')[0],
    })
    expect(status).toBe(1)
  })
})

test('npx finds the command in the project, without a network', () => {
  const { stdout, status } = spawnSync('npx', ['postbook', '--help'], {
    cwd: ROOT,
    env: { ...process.env, npm_config_registry: 'http://127.0.0.1:1/', npm_config_logs_max: '0' },
  })
  expect(stdout.toString()).toContain('usage: postbook COMMAND')
  expect(status).toBe(0)
})

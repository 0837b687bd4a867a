import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { traceCommand } from './trace'

interface Answer {
  readonly stdout: string
  readonly stderr: readonly string[]
  readonly exitCode: number
}

interface JsonTrace extends Readonly<Record<string, unknown>> {
  readonly address: string
  readonly steps: readonly { readonly type: string }[]
}

let directory: TestDirectory
let folder: string

beforeAll(async () => {
  directory = await startTestDirectory()
  folder = mkdtempSync(join(tmpdir(), 'postbook-trace-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await directory.stop()
})
afterEach(() => {
  vi.unstubAllEnvs()
})

async function trace(words: readonly string[], input = ''): Promise<Answer> {
  const output = await traceCommand.run(words, () => Promise.resolve(encodeOctets(input)))
  const { stdout, stderr, exitCode } = output
  return { stdout: typeof stdout === 'string' ? stdout : decodeOctets(stdout), stderr, exitCode }
}

function objectsIn({ stdout }: Answer): readonly JsonTrace[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as JsonTrace)
}

/** A main.cf of its own. */
function site(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  mkdirSync(path)
  const own = ['compatibility_level = 3.6', 'myhostname = mx.test', 'mydestination = local.test']
  writeFileSync(join(path, 'main.cf'), `${[...own, ...lines].join('\n')}\n`)
  return path
}

describe('postbook trace --json', () => {
  test('has one object per address, in their order, with the agreed fields first', async () => {
    const answer = await trace([
      ...['-c', directory.postfix, '--json', 'superjohn@domain2.me', 'nobody@domain1.net'],
      'x@unhosted.example',
    ])
    expect(answer.stderr).toEqual([])
    expect(answer.exitCode).toBe(0)
    const [accepted, unknown, unhosted] = objectsIn(answer)
    expect(Object.keys(accepted ?? {}).slice(0, 9)).toEqual(
      'address accepted stage reply recipients deliveries forwards bounces steps'.split(' '),
    )
    expect(accepted).toMatchObject({
      address: 'superjohn@domain2.me',
      accepted: true,
      stage: null,
      reply: null,
      recipients: ['johndoe@domain1.net'],
      deliveries: ['johndoe@domain1.net'],
      forwards: [],
      bounces: [],
      problem: null,
    })
    expect(accepted?.steps).toContainEqual(
      expect.objectContaining({ type: 'lookup', key: 'superjohn@domain2.me', value: 'johndoe@domain1.net' }),
    )
    expect(unknown).toMatchObject({
      accepted: false,
      stage: 'RCPT',
      reply:
        '550 5.1.1 <nobody@domain1.net>: Recipient address rejected: User unknown in virtual mailbox table',
    })
    expect(unhosted).toMatchObject({
      accepted: false,
      stage: 'RCPT',
      reply: '554 5.7.1 <x@unhosted.example>: Relay access denied',
      recipients: [],
    })
  })

  test('takes many addresses from standard input, with any octets in them', async () => {
    const typed = Array.from({ length: 200 }, (_, index) => `user${index}@domain1.net`)
    const input = [...typed, 'SuperJohn@Domain2.me\r', '', 'j\udcff@domain1.net', 'last@domain2.me'].join(
      '\n',
    )
    const answer = await trace(['-c', directory.postfix, '--json', '-'], input)
    expect(answer.exitCode).toBe(0)
    expect(objectsIn(answer).map(({ address }) => address)).toEqual([
      ...typed,
      ...['SuperJohn@Domain2.me', '', 'j\udcff@domain1.net', 'last@domain2.me'],
    ])
    expect(objectsIn(answer).at(-4)).toMatchObject({ accepted: true, deliveries: ['johndoe@domain1.net'] })
    expect(objectsIn(answer).at(-3)).toMatchObject({ reply: '501 5.1.3 Bad recipient address syntax' })
  })

  test('finds the folder of main.cf in the environment', async () => {
    vi.stubEnv('MAIL_CONFIG', directory.postfix)
    expect(objectsIn(await trace(['--json', 'johndoe@domain1.net']))).toMatchObject([{ accepted: true }])
    vi.stubEnv('MAIL_CONFIG', '')
    vi.stubEnv('POSTFIX_CONFIG_DIRECTORY', directory.postfix)
    expect(objectsIn(await trace(['--json', 'johndoe@domain1.net']))).toMatchObject([{ accepted: true }])
  })
})

describe('postbook trace for people', () => {
  const domains = 'virtual_mailbox_domains = domain1.net'
  const mailboxes = 'virtual_mailbox_maps = inline:{jd@domain1.net=x}'

  test('says the verdict, where each copy goes, and every step', async () => {
    const aliases =
      'virtual_alias_domains = a.test\nvirtual_alias_maps = inline:{ {all@domain1.net = jd@domain1.net, x@far.test, gone@a.test, two@domain1.net}, {two@domain1.net = root@local.test} }'
    const path = site(
      'text',
      domains,
      mailboxes,
      aliases,
      'virtual_transport = lmtp:unix:private/dovecot-lmtp',
    )
    const { stdout, stderr, exitCode } = await trace(['-c', path, 'all@domain1.net'])
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      'all@domain1.net: accepted: 1 delivered, 1 forwarded, 1 delivered on this host, 1 bounced',
      '  all@domain1.net (virtual_alias_maps)',
      '    → jd@domain1.net: delivered by lmtp:unix:private/dovecot-lmtp',
      '    → x@far.test: forwarded by smtp:far.test',
      '    → gone@a.test: bounced: 5.1.1 User unknown in virtual alias table',
      '    → two@domain1.net (virtual_alias_maps)',
      '        → root@local.test: delivered on this host by local:mx.test',
      '   1. resolve: all@domain1.net is in a virtual mailbox domain, by lmtp:unix:private/dovecot-lmtp',
    ])
    expect(stdout).toContain('cleanup: two@domain1.net becomes root@local.test\n')
    expect(stderr).toEqual([])
    expect(exitCode).toBe(0)
  })

  test('says the refusal, with searches and without control characters', async () => {
    const { stdout } = await trace(['-c', directory.postfix, 'a\u0007b@domain1.net', 'nobody@domain2.me'])
    expect(stdout).toContain('a\\x07b@domain1.net: refused: 550 5.1.1 ')
    expect(stdout).toMatch(/^nobody@domain2\.me: refused: 550 5\.1\.1 <nobody@domain2\.me>: /m)
    expect(stdout).toMatch(
      /^ +sub ou=.* \(&\(objectClass=inetOrgPerson\)\(mail=nobody@domain2\.me\)\): 0 entries$/m,
    )
  })

  test('explains itself', async () => {
    expect(await trace(['-c', folder, '--help'])).toEqual({
      stdout: traceCommand.usage,
      stderr: [],
      exitCode: 0,
    })
  })

  test('tells a loop', async () => {
    const path = site(
      'loop',
      domains,
      'virtual_alias_maps = inline:{a@domain1.net=b@domain1.net, b@domain1.net=a@domain1.net}',
    )
    const { stdout, exitCode } = await trace(['-c', path, 'a@domain1.net'])
    expect(stdout).toMatch(/^a@domain1\.net: refused after the message was sent: 451 4\.6\.0 /)
    expect(exitCode).toBe(0)
  })
})

describe('postbook trace that cannot tell', () => {
  test('says in one sentence which server is not there, and still what Postfix would answer', async () => {
    const table = join(folder, 'dead.cf')
    writeFileSync(
      table,
      'server_host = ldap://127.0.0.1:1\nsearch_base = dc=x\nquery_filter = (mail=%s)\nversion = 3\nbind = no\n',
    )
    const path = site(
      'dead',
      'virtual_mailbox_domains = d.test',
      'virtual_alias_domains =',
      `virtual_mailbox_maps = ldap:${table}`,
    )
    const answer = await trace(['-c', path, '--json', 'x@d.test', 'y@d.test'])
    expect(objectsIn(answer)).toMatchObject([
      { stage: 'RCPT', reply: '451 4.3.0 <x@d.test>: Temporary lookup failure' },
      { stage: 'RCPT' },
    ])
    expect(answer.stderr).toEqual([
      expect.stringMatching(/^warning: virtual_mailbox_maps: ldap:.*Can't contact LDAP server.*\.$/),
    ])
    expect(answer.exitCode).toBe(1)
  })

  test('claims nothing about tables that cannot be evaluated here', async () => {
    const path = site('foreign', 'virtual_mailbox_domains = mysql:/etc/x.cf', 'virtual_alias_domains =')
    const answer = await trace(['-c', path, 'x@d.test'])
    expect(answer.stdout).toMatch(/^x@d\.test: cannot be told here: /)
    expect(answer.stderr).toHaveLength(1)
    expect(answer.exitCode).toBe(1)
  })

  test('says in one sentence what is wrong with the configuration or the words', async () => {
    const wrong = async (...words: string[]): Promise<string> => {
      const { stdout, stderr, exitCode } = await trace(words)
      expect({ stdout, exitCode, lines: stderr.length }).toEqual({ stdout: '', exitCode: 1, lines: 1 })
      return stderr[0] ?? ''
    }
    expect(await wrong('-c', join(folder, 'nowhere'), 'x@y')).toMatch(/^fatal: Cannot read .*main\.cf/)
    const bad = site('bad', 'virtual_alias_recursion_limit = many')
    expect(await wrong('-c', bad, 'x@y')).toMatch(/virtual_alias_recursion_limit = many/)
    expect(await wrong('-c', folder)).toMatch(/there is no ADDRESS/)
    expect(await wrong('--nonsense', 'x@y')).toMatch(/--nonsense/)
  })
})

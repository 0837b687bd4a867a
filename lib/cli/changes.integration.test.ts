import { spawnSync } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ldapmodify, serviceBind, startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { postmap } from '@/e2e/fixtures/postmap'
import { personDn } from '@/scripts/demo/names'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let directory: TestDirectory

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-cli.mjs')])
  directory = await startTestDirectory()
})
afterAll(() => directory.stop())

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function postbook(...words: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/postbook.mjs'), ...words], {
    cwd: directory.folder,
    env: { ...process.env, ...directory.settings },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function ldif(name: string, text: string): string {
  const file = join(directory.folder, name)
  writeFileSync(file, text)
  return file
}

function addAlias(uid: string, alias: string): string {
  return `dn: ${personDn(uid)}\nchangetype: modify\nadd: mailAlias\nmailAlias: ${alias}\n-\n`
}

interface Report {
  readonly checksum: string
  readonly lookups: readonly Record<string, unknown>[]
}

function preview(file: string): { readonly report: Report; readonly status: number | null } {
  const { stdout, status, stderr } = postbook('preview', file, '--json')
  expect(stderr).toBe('')
  return { report: JSON.parse(stdout) as Report, status }
}

describe('postbook preview', () => {
  test('says in JSON what will be', () => {
    const { report, status } = preview(ldif('one.ldif', addAlias('johndoe', 'press@domain1.net')))
    expect(status).toBe(0)
    expect(report).toMatchObject({
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      rehearsal: { status: 'accepted', code: null },
      addresses: [
        {
          address: 'press@domain1.net',
          before: { accepted: false, stage: 'RCPT', deliveries: [] },
          after: {
            accepted: true,
            reply: null,
            deliveries: ['johndoe@domain1.net'],
            forwards: [],
            bounces: [],
          },
        },
      ],
      findings: [],
    })
    expect(report.lookups.find(({ table }) => table === 'virtual_alias_maps')).toEqual({
      table: 'virtual_alias_maps',
      map: `ldap:${directory.postfix}/ldap/ldap-aliases.cf`,
      key: 'press@domain1.net',
      before: { status: 'notFound', value: null },
      after: { status: 'found', value: 'johndoe@domain1.net' },
    })
  })

  test('says in words what will be', () => {
    const { stdout, status } = postbook('preview', ldif('one.ldif', addAlias('johndoe', 'press@domain1.net')))
    expect(stdout).toContain('+ virtual_alias_maps press@domain1.net: nothing → johndoe@domain1.net')
    expect(stdout).toContain('→ delivered to johndoe@domain1.net')
    expect(stdout).toMatch(/^Checksum: [0-9a-f]{64}$/m)
    expect(status).toBe(0)
  })

  test('is 2 for what is blocked or refused, 1 for what is no change', () => {
    expect(preview(ldif('bad.ldif', addAlias('johndoe', 'käse@domain1.net'))).status).toBe(2)
    expect(postbook('preview', ldif('none.ldif', '')).status).toBe(1)
    expect(postbook('preview', ldif('entry.ldif', 'dn: uid=x\nuid: x\n')).status).toBe(1)
    expect(postbook('preview', '/nowhere.ldif').stderr).toContain('cannot be read')
    expect(postbook('preview').status).toBe(1)
    expect(postbook('preview', '--help').stdout).toContain('exit status')
  })
})

describe('postbook apply', () => {
  test('makes what was previewed, and says when it is not the same any more', async () => {
    const file = ldif('apply.ldif', addAlias('johndoe', 'apply@domain1.net'))
    const { report } = preview(file)
    expect(postbook('apply', file, '--checksum', '0'.repeat(64)).status).toBe(3)
    const { status, stdout } = postbook('apply', file, '--checksum', report.checksum)
    expect(stdout).toContain('as previewed')
    expect(status).toBe(0)
    const map = `ldap:${directory.postfix}/ldap/ldap-aliases.cf`
    expect((await postmap(directory.postfix, 'apply@domain1.net', map)).stdout).toBe('johndoe@domain1.net\n')
  })

  test('is stale when the entry has changed meanwhile', async () => {
    const file = ldif('stale.ldif', addAlias('ktanaka', 'stale@domain1.net'))
    const { report } = preview(file)
    const meanwhile = `dn: ${personDn('ktanaka')}\nchangetype: modify\nreplace: displayName\ndisplayName: K\n`
    expect((await ldapmodify(directory, serviceBind(directory), meanwhile)).status).toBe(0)
    expect(postbook('apply', file, '--checksum', report.checksum).status).toBe(3)
  })

  test('waits for a yes to each finding', () => {
    const file = ldif('confirm.ldif', addAlias('johndoe', 'john@elsewhere.example'))
    const { report } = preview(file)
    const waiting = postbook('apply', file, '--checksum', report.checksum)
    expect(waiting.status).toBe(2)
    expect(waiting.stderr).toContain('alias-in-unhosted-domain')
    const confirmed = ['--confirm', 'alias-in-unhosted-domain']
    const code = /fatal: ([a-z-]+): /g
    const others = [...waiting.stderr.matchAll(code)].flatMap(([, name = '']) => ['--confirm', name])
    expect(postbook('apply', file, '--checksum', report.checksum, ...confirmed, ...others).status).toBe(0)
  })

  test('refuses words that it does not know', () => {
    expect(postbook('apply', 'x.ldif').stderr).toContain('--checksum')
    expect(postbook('apply', 'x.ldif', '--checksum', 'abc').status).toBe(1)
    expect(postbook('apply', '--help').stdout).toContain('--confirm CODE')
  })
})

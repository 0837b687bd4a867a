import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runProgram } from '@/e2e/fixtures/program'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  POSTMASTER_GROUP,
  ROOT_DN,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import { ATTEMPTS_PER_NAME } from './attempts'
import { checkCredentials } from './credentials'

const { lines } = vi.hoisted(() => ({ lines: [] as string[] }))
vi.mock('./log', async () => {
  const { pino } = await import('pino')
  return { log: pino({ base: null }, { write: (line: string) => lines.push(line) }) }
})

let directory: SmallDirectory
beforeAll(async () => {
  directory = await startSmallDirectory({
    database: ['database monitor', `access to * by dn.exact="${ROOT_DN}" read by * none`],
  })
  Object.assign(process.env, {
    LDAP_URL: directory.slapd.uri,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    POSTMASTER_GROUP,
    AUTH_SECRET: 'a secret of more than thirty-two characters',
    AUTH_URL: 'http://localhost:3000',
  })
})
afterAll(async () => {
  await directory.remove()
})

function attempt(name: unknown, password: unknown): ReturnType<typeof checkCredentials> {
  return checkCredentials({ name, password, address: null })
}

/** Operations that the server has finished, by its own count. */
async function completed(operation: 'Bind' | 'Search'): Promise<number> {
  const dn = `cn=${operation},cn=Operations,cn=Monitor`
  const { stdout } = await runProgram('ldapsearch', [
    ...['-x', '-LLL', '-H', directory.slapd.uri, '-D', ROOT_DN, '-w', PASSWORD],
    ...['-b', dn, '-s', 'base', '(objectClass=*)', 'monitorOpCompleted'],
  ])
  return Number(/monitorOpCompleted: (\d+)/.exec(stdout)?.[1])
}

/** What an attempt costs the directory, less what counting it costs. */
async function cost(name: string): Promise<{ readonly binds: number; readonly searches: number }> {
  const before = [await completed('Bind'), await completed('Search')] as const
  expect(await attempt(name, 'wrong')).toEqual({ status: 'refused', refusal: 'wrong' })
  const after = [await completed('Bind'), await completed('Search')] as const
  return { binds: after[0] - before[0] - 2, searches: after[1] - before[1] - 2 }
}

describe('a refusal', () => {
  test('costs the directory the same, whether or not there is such a person', async () => {
    await attempt('johndoe', PASSWORD)
    const known = await cost('johndoe@domain1.net')
    expect(known).toEqual({ binds: 1, searches: 1 })
    for (const name of ['nobody@domain1.net', 'shared@domain2.me', 'ben', '*'])
      expect({ name, ...(await cost(name)) }).toEqual({ name, ...known })
  })

  test('comes at fixed steps of time', async () => {
    for (const name of ['ann', 'nobody', '']) {
      const started = performance.now()
      await attempt(name, 'wrong')
      expect(performance.now() - started).toBeGreaterThanOrEqual(500)
    }
  })

  test('is the same for a disabled mailbox with the right password', async () => {
    expect(await attempt('ben', PASSWORD)).toEqual({ status: 'refused', refusal: 'wrong' })
    expect(await attempt('ann', '')).toEqual({ status: 'refused', refusal: 'wrong' })
    expect(await attempt(7, PASSWORD)).toEqual({ status: 'refused', refusal: 'wrong' })
    expect(await attempt('x'.repeat(321), PASSWORD)).toEqual({ status: 'refused', refusal: 'wrong' })
  })
})

test('too many wrong passwords for one name are refused without a bind, also the right one', async () => {
  for (const name of ['cat', 'not-there']) {
    await Promise.all(Array.from({ length: ATTEMPTS_PER_NAME }, () => attempt(name, 'wrong')))
    const before = await completed('Bind')
    expect(await attempt(name, PASSWORD)).toEqual({ status: 'refused', refusal: 'limited' })
    expect((await completed('Bind')) - before).toBe(1)
  }
})

test('each attempt is one line, with who and why, and without the password', async () => {
  lines.length = 0
  await attempt('johndoe', 'top secret wrong')
  await attempt('x\n{"level":30,"msg":"sign-in accepted"}\u2028', 'top secret wrong')
  await attempt('johndoe', PASSWORD)
  expect(lines).toHaveLength(2)
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(events).toMatchObject([
    { level: 40, name: 'johndoe', refusal: 'wrong', resultCode: 49, dn: `uid=johndoe,${MAIL_BASE}` },
    { level: 40, name: 'x\\u{a}{"level":30,"msg":"sign-in accepted"}', refusal: 'wrong' },
  ])
  expect(lines.join('')).not.toContain('top secret wrong')
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
})

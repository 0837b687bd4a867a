import { appendFileSync, chmodSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { DOMAINS_BASE, MAIL_BASE, personDn } from '@/scripts/demo/names'
import type { HealthCheck } from './health-check'

/** Bounds against hanging. */
const WAIT = { timeout: 60_000 }

let directory: TestDirectory
let facts: Facts

beforeAll(async () => {
  directory = await startTestDirectory({ mailboxes: 1200 })
  facts = factsOf(directory)
  for (const [name, value] of Object.entries(directory.settings)) vi.stubEnv(name, value)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await directory.stop()
})

async function authority(role: 'postmaster' | 'domainAdministrator' = 'postmaster') {
  const { grantAuthority } = await import('@/lib/directory/authority')
  const person = { dn: personDn('mokafor'), name: 'Martha', mail: 'martha.okafor@domain1.net' }
  return grantAuthority({ person, role, domains: role === 'postmaster' ? [] : ['domain2.me'] })
}

function counts(checks: readonly HealthCheck[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    checks.map(({ code, count }) => [code, count ?? 0] as const).filter(([, count]) => count > 0),
  )
}

/** What is so now: a look that took long on a busy machine is otherwise used for a while. */
async function directoryCounts() {
  const [{ directoryReport }, { beginScan, scanProgress }] = await Promise.all([
    import('./report'),
    import('./scan'),
  ])
  beginScan(await authority())
  await vi.waitFor(() => {
    expect(scanProgress()?.phase).toBe('finished')
  }, WAIT)
  const report = await directoryReport(await authority())
  if (report?.status !== 'judged') throw new Error(JSON.stringify(report))
  return counts(report.checks)
}

async function posture() {
  const { postureReport } = await import('./report')
  const report = await postureReport(await authority())
  if (report?.status !== 'judged') throw new Error(JSON.stringify(report))
  return report.checks
}

/** Writes a file of the Postfix configuration anew, with a time that Postfix and we take for another state. */
function rewrite(file: string, change: (text: string) => string): void {
  const path = join(directory.postfix, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
  const before = Date.now() / 1000 - 60
  utimesSync(path, before, before)
}

test('faults that are put into the directory are counted', async () => {
  const before = await directoryCounts()
  await facts.modify(
    [
      [`dn: dc=empty_domain.example,${DOMAINS_BASE}`, 'changetype: add', 'objectClass: dNSDomain'],
      ['dc: empty_domain.example', `associatedName: uid=gone,${MAIL_BASE}`, ''],
      [
        `dn: ${personDn('isorensen')}`,
        'changetype: modify',
        'replace: mailEnabled',
        'mailEnabled: FALSE',
        '',
      ],
    ]
      .flat()
      .join('\n'),
  )
  const after = await directoryCounts()
  const more = Object.fromEntries(
    Object.entries(after).flatMap(([code, count]) => {
      const difference = count - (before[code] ?? 0)
      return difference === 0 ? [] : [[code, difference]]
    }),
  )
  expect(more).toEqual({
    unusableDomainName: 1,
    noPostmaster: 1,
    noAbuse: 1,
    emptyDomain: 1,
    missingAdministrator: 1,
    disabledAdministrator: 2,
    disabledWithAlias: 1,
  })
})

test('faults that are put into the mail configuration are told, in the words of Postfix and without its secrets', async () => {
  expect(counts(await posture())).toEqual({ disabledReceives: 2 })
  rewrite('main.cf', (text) => text.replace('mydestination = localhost', 'mydestination = domain2.me'))
  appendFileSync(join(directory.postfix, 'main.cf'), 'smtpd_reject_unlisted_recipient = no\n')
  rewrite('ldap/ldap-aliases.cf', (text) => text.replace(/^bind_pw = .*$/m, 'bind_pw = not-this-secret'))
  chmodSync(join(directory.postfix, 'ldap/ldap-vmailbox.cf'), 0o644)
  // Behind a folder that others cannot pass the file is safe, whatever its own mode.
  expect(counts(await posture())).not.toHaveProperty('secretReadable')
  for (const folder of [directory.folder, directory.postfix, join(directory.postfix, 'ldap')])
    chmodSync(folder, 0o711)
  const checks = await posture()
  expect(counts(checks)).toEqual({
    tableFails: 1,
    domainInTwoClasses: 1,
    unlistedRecipientsAccepted: 1,
    secretReadable: 1,
    disabledReceives: 2,
  })
  const failing = checks.find(({ code }) => code === 'tableFails')
  expect(failing?.examples[0]?.about).toContain('Invalid credentials')
  expect(JSON.stringify(checks)).not.toContain('not-this-secret')
  expect(JSON.stringify(checks)).not.toContain(directory.postfixPassword)
})

test('nobody but a postmaster is told', async () => {
  const { directoryReport, postureReport } = await import('./report')
  const other = await authority('domainAdministrator')
  expect(await directoryReport(other)).toBeNull()
  expect(await postureReport(other)).toBeNull()
})

test('a new look can be stopped, and what was seen before stays', async () => {
  const { beginScan, scanProgress, stopScan } = await import('./scan')
  const { directoryFacts } = await import('./directory-facts')
  const known = await directoryFacts(await authority())
  const begun = beginScan(await authority())
  stopScan()
  expect(beginScan(await authority()).id).toBe(begun.id)
  await vi.waitFor(() => {
    expect(scanProgress()).toMatchObject({ phase: 'stopped', done: 1000, total: 1226 })
  }, WAIT)
  expect(await directoryFacts(await authority())).toBe(known)
  beginScan(await authority())
  await vi.waitFor(() => {
    expect(scanProgress()).toMatchObject({ phase: 'finished', done: 1226 })
  }, WAIT)
  expect(await directoryFacts(await authority())).not.toBe(known)
})

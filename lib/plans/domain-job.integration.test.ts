import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addressesIn, findEntries } from '@/e2e/fixtures/domain'
import { ldapsearch, serviceBind, startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { grantAuthority } from '@/lib/directory/authority'
import { valuesOf } from '@/lib/ldap/entry'
import { inEnglish } from '@/lib/words/english'
import { generatedDomains } from '@/scripts/demo/generated-mailboxes'
import { DOMAINS_BASE, MAIL_BASE, personDn } from '@/scripts/demo/names'
import { beginDomainTask, type DomainTask } from './domain-job'
import { closeJob, isRunning, type Job, jobOf, viewOf } from './job'
import { beginWriting, goOn } from './job-commit'
import { takeBackJob } from './take-back'

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Martha Okafor', mail: 'martha.okafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})
/** Some 300 of them are in the domain: two parts, and one for the domain's own entry. */
const MAILBOXES = 1_500
const NAME = generatedDomains(MAILBOXES)[0]?.name ?? ''
const RENAME: DomainTask = { task: 'rename', name: NAME, to: 'far.example', keep: 'none' }

let directory: TestDirectory
let facts: Facts
/** Of the domain. */
let addresses: readonly string[]

beforeAll(async () => {
  directory = await startTestDirectory({ mailboxes: MAILBOXES })
  Object.assign(process.env, directory.settings, {
    POSTBOOK_STATE_DIRECTORY: join(directory.folder, 'record'),
  })
  facts = factsOf(directory)
  const people = await findEntries(directory, `(mail=*@${NAME})`)
  // Leads from the first part to the last, and back.
  const [first, second, last] = [people[0], people[1], people.at(-1)].map((entry) => ({
    dn: entry?.dn ?? '',
    mail: valuesOf(entry ?? { dn: '', attributes: [] }, 'mail')[0] ?? '',
  }))
  for (const [from, to] of [
    [first, last],
    [last, second],
  ])
    await facts.modify(
      `dn: ${from?.dn ?? ''}\nchangetype: modify\nadd: mailAlias\nmailAlias: also-${from?.mail ?? ''}\n-\nadd: objectClass\nobjectClass: PostfixBookMailForward\n-\nadd: mailForwardingAddress\nmailForwardingAddress: ${to?.mail ?? ''}\n`,
    )
  addresses = await addressesIn(directory, NAME)
}, 60_000)
afterAll(() => directory.stop())
beforeEach(() => {
  closeJob(postmaster)
})

/** Mailboxes and domains as they are, but for what the server keeps. */
async function content(): Promise<string> {
  const found = await Promise.all(
    [MAIL_BASE, DOMAINS_BASE].map((base) =>
      ldapsearch(directory, serviceBind(directory), '-b', base, '(objectClass=*)', '*'),
    ),
  )
  return found
    .flatMap(({ stdout }) => stdout.split('\n\n'))
    .map((entry) => entry.split('\n').sort().join('\n'))
    .sort()
    .join('\n\n')
}

async function ended(): Promise<Job> {
  await expect.poll(() => jobOf(postmaster)?.phase, { timeout: 100_000 }).toMatch(/^(checked|finished)$/)
  const job = jobOf(postmaster)
  if (job === null || isRunning(job)) throw new Error('The job is not at its end.')
  return job
}

async function checked(task: DomainTask): Promise<Job> {
  expect(beginDomainTask(postmaster, task)).toBeNull()
  const job = await ended()
  expect(job.message).toBeNull()
  expect(job.phase).toBe('checked')
  return job
}

/** Says yes to everything. */
async function write(job: Job, typed: string): Promise<void> {
  const { preview } = await viewOf(job)
  const confirmed = preview?.findings.map(({ code }) => code) ?? []
  expect(await beginWriting(job, { checksum: preview?.checksum ?? '', confirmed }, typed)).toBeNull()
}

/** Looks at what taking the person's job back does, and says yes to all of it. */
async function takenBack(): Promise<Job> {
  const written = await content()
  expect(takeBackJob(postmaster)).toBeNull()
  const job = await ended()
  expect(job).toMatchObject({ phase: 'checked', message: null })
  expect(await content()).toBe(written)
  await write(job, '')
  return ended()
}

/** Stops the job while it writes its first part. */
async function stopInFirstPart(job: Job): Promise<void> {
  while (isRunning(job) && job.done === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  job.stopping = true
}

function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf('@'))
}

test('a large domain is renamed part by part, stopped in the middle, finished, and taken back', async () => {
  const before = await content()
  const job = await checked(RENAME)
  expect(await content()).toBe(before)
  const { preview } = await viewOf(job)
  expect(job.number).toBe(addresses.length)
  const confirmed = preview?.findings.map(({ code }) => code) ?? []
  const refused = await beginWriting(job, { checksum: preview?.checksum ?? '', confirmed }, '1')
  expect(refused).toEqual({ key: 'domain.problem.typed', values: { number: addresses.length } })

  await write(job, String(addresses.length))
  await stopInFirstPart(job)
  await ended()
  const view = await viewOf(job)
  expect(view).toMatchObject({ broken: 0, canUndo: true, canGoOn: true })
  expect(view.message).toEqual({ key: 'bulk.job.writeStopped' })
  expect(job.journals).toHaveLength(1)
  expect(view.counts.written + view.counts.notWritten).toBe(job.items.length)
  // Both domains are hosted, everybody has an address, and what leads somewhere leads to someone.
  expect(await findEntries(directory, `(|(dc=${NAME})(dc=far.example))`)).toHaveLength(2)
  const moved = await addressesIn(directory, 'far.example')
  const left = await addressesIn(directory, NAME)
  expect(moved.length).toBeGreaterThan(0)
  expect(left.length).toBeGreaterThan(0)
  expect(new Set([...moved, ...left].map(localPart))).toEqual(new Set(addresses.map(localPart)))
  const leading = await findEntries(directory, '(mailForwardingAddress=*)')
  const targets = leading.flatMap((entry) => valuesOf(entry, 'mailForwardingAddress'))
  for (const target of targets.filter((one) => one.endsWith('@far.example') || one.endsWith(`@${NAME}`)))
    expect([...moved, ...left]).toContain(target)

  goOn(job)
  await ended()
  expect(job.items.map(({ state }) => state)).toEqual(job.items.map(() => 'written'))
  expect(job.message).toBeNull()
  expect((await addressesIn(directory, 'far.example')).map(localPart)).toEqual(addresses.map(localPart))
  expect(await addressesIn(directory, NAME)).toEqual([])
  expect(await findEntries(directory, `(dc=${NAME})`)).toEqual([])

  const back = await takenBack()
  expect(back.message).toEqual({ key: 'bulk.job.undone' })
  expect(await viewOf(back)).toMatchObject({ canGoOn: false, canUndo: false, broken: 0 })
  expect(await content()).toBe(before)
}, 180_000)

test('what someone changes meanwhile ends the job there, and the parts before it are taken back', async () => {
  const before = await content()
  const task: DomainTask = { task: 'delete', name: NAME, everything: true }
  const job = await checked(task)
  const lastPart = job.parts.at(-2)?.places[0] ?? -1
  const name = job.items[lastPart]?.changes[0]?.dn ?? ''
  const titled = (value: string): Promise<void> =>
    facts.modify(`dn: ${name}\nchangetype: modify\nreplace: title\n${value}`)
  await titled('title: Meanwhile\n')
  await write(job, String(addresses.length))
  await ended()
  expect(job.message).toEqual({ key: 'domain.job.brokenOff' })
  expect(job.items[lastPart]?.notes).toEqual([{ key: 'bulk.row.movedOn' }])
  expect(job.items.at(-1)?.state).toBe('notWritten')
  expect(await findEntries(directory, `(dc=${NAME})`)).toHaveLength(1)
  await takenBack()
  await titled('')
  expect(await content()).toBe(before)
}, 180_000)

test('a check that is stopped writes nothing, and what is wrong with the task is said', async () => {
  const before = await content()
  expect(beginDomainTask(postmaster, RENAME)).toBeNull()
  const job = jobOf(postmaster)
  if (job === null) throw new Error('Nothing is being checked.')
  while (isRunning(job) && job.phase === 'reading') await new Promise((resolve) => setTimeout(resolve, 2))
  job.stopping = true
  expect((await ended()).message).toEqual({ key: 'bulk.job.checkStopped' })
  expect(beginDomainTask(postmaster, { ...RENAME, to: 'domain1.net' })).toBeNull()
  const { message } = await ended()
  expect(inEnglish(message ?? '')).toContain('domain1.net is hosted already')
  expect(await content()).toBe(before)
}, 60_000)

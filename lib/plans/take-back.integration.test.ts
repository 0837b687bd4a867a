import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ldapmodify,
  ldapsearch,
  serviceBind,
  startTestDirectory,
  type TestDirectory,
} from '@/e2e/fixtures/directory'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from '@/lib/changes/preview'
import { type Authority, grantAuthority, type Role } from '@/lib/directory/authority'
import { ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { type HistoryPage, listHistory } from '@/lib/history/history'
import type { HistoryQuery } from '@/lib/history/history-query'
import type { ShownChange } from '@/lib/history/shown-change'
import { planTakeBack } from '@/lib/history/take-back-plan'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { mailboxSelection } from '@/lib/lists/mailbox-selection'
import { inEnglish } from '@/lib/words/english'
import { DOMAINS_BASE, MAIL_BASE, personDn } from '@/scripts/demo/names'
import { beginBulk } from './bulk'
import { closeJob, isRunning, type Job, jobOf, viewOf } from './job'
import { beginWriting, goOn } from './job-commit'
import { listPlans } from './plans'
import { takeBackJob, takeBackTogether } from './take-back'

function authorityOf(uid: string, role: Role, domains: readonly string[] = []): Authority {
  return grantAuthority({
    person: { dn: personDn(uid), name: uid, mail: `${uid}@domain1.net` },
    role,
    domains,
  })
}

const postmaster = authorityOf('mokafor', 'postmaster')
const administrator = authorityOf('isorensen', 'domainAdministrator', ['domain2.me'])
let directory: TestDirectory

beforeAll(async () => {
  directory = await startTestDirectory({ mailboxes: 300 })
  Object.assign(process.env, directory.settings, {
    POSTBOOK_STATE_DIRECTORY: join(directory.folder, 'record'),
  })
}, 60_000)
afterAll(() => directory.stop())

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

async function otherProgram(ldif: string): Promise<void> {
  expect((await ldapmodify(directory, serviceBind(directory), ldif)).stderr).toBe('')
}

async function list(query: Partial<HistoryQuery> = {}, authority = postmaster): Promise<HistoryPage> {
  const all = { person: '', entry: '', address: '', from: '', to: '', before: '', ...query }
  const page = await listHistory(authority, all)
  if (page.status === 'failed') throw new Error(page.diagnostic)
  return page
}

async function lines(query: Partial<HistoryQuery> = {}): Promise<readonly ShownChange[]> {
  return (await list(query)).changes
}

function said(changes: readonly ShownChange[]): readonly string[] {
  return changes.map(({ sentence }) => inEnglish(sentence))
}

/** Lets the person's job come to its end. */
async function ended(): Promise<Job> {
  await expect.poll(() => jobOf(postmaster)?.phase, { timeout: 60_000 }).toMatch(/^(checked|finished)$/)
  const job = jobOf(postmaster)
  if (job === null || isRunning(job)) throw new Error('The job is not at its end.')
  return job
}

/** Begins to give all mailboxes that are found a quota. */
async function begun(quota: string, text = ''): Promise<Job> {
  const selection = mailboxSelection.parse({ scope: 'matching', text, domain: '', kind: null })
  expect(beginBulk(postmaster, selection, { task: 'quota', quota })).toBeNull()
  const job = await ended()
  await approve(job)
  return job
}

/** Says yes to what the person's job, which is checked, shows. */
async function approve(job: Job): Promise<void> {
  expect(job).toMatchObject({ phase: 'checked', message: null })
  const { preview } = await viewOf(job)
  const confirmed = preview?.findings.map(({ code }) => code) ?? []
  expect(await beginWriting(job, { checksum: preview?.checksum ?? '', confirmed })).toBeNull()
}

/** Looks at what taking it back does, and says yes to all of it. */
async function takenBack(id: string): Promise<Job> {
  const written = await content()
  expect(await takeBackTogether(postmaster, id)).toBeNull()
  const job = await ended()
  expect(await content()).toBe(written)
  await approve(job)
  return ended()
}

async function commit(changes: readonly ChangeRecord[], authority = postmaster): Promise<void> {
  const previewed = await previewChanges(authority, changes, [])
  if (previewed.status !== 'previewed') throw new Error(JSON.stringify(previewed))
  const { checksum, findings } = previewed.preview
  const confirmed = findings.map(({ code }) => code)
  const made = await commitChanges(authority, changes, [], { checksum, confirmed })
  expect(made.status).toBe('asPreviewed')
}

function title(uid: string, value: string): ChangeRecord {
  return {
    type: 'modify',
    dn: personDn(uid),
    modifications: [{ operation: 'replace', attribute: 'title', values: [value] }],
  }
}

function describes(domain: string, description: string): ChangeRecord {
  return {
    type: 'modify',
    dn: `dc=${domain},${DOMAINS_BASE}`,
    modifications: [{ operation: 'add', attribute: 'description', values: [description] }],
  }
}

/** The newest line that is of several changes. */
async function newest(): Promise<NonNullable<ShownChange['together']>> {
  const together = (await lines()).flatMap((line) => line.together ?? [])[0]
  if (together === undefined) throw new Error('No line is of several changes.')
  return together
}

describe('a task of several commits', () => {
  test('is one line of the history, and is taken back from there when nobody remembers its job', async () => {
    await otherProgram(`dn: ${personDn('dhaddad')}\nchangetype: modify\nreplace: title\ntitle: Before\n`)
    const before = await content()
    const job = await begun('3 GB')
    await ended()
    expect(job.journals.length).toBeGreaterThan(1)
    expect(await content()).not.toBe(before)
    // As after a restart: no process knows the job.
    closeJob(postmaster)
    expect(jobOf(postmaster)).toBeNull()

    const { written } = (await viewOf(job)).counts
    const all = said(await lines())
    expect(all[0]).toBe(`Martha Okafor: Set quotas, ${written} changes in ${job.journals.length} steps`)
    expect(all[1]).toContain('to Before')
    const { id } = await newest()
    const parts = await list({ of: id })
    expect(parts.changes).toHaveLength(ROWS_PER_PAGE)
    expect(said(parts.changes)[0]).toContain('the quota')
    expect(parts.of).toMatchObject({ count: written, isUndone: false, mayTakeBack: true })

    expect(await takeBackTogether(administrator, id)).toEqual({ key: 'undo.forbidden' })
    const undo = await takenBack(id)
    expect(undo.message).toEqual({ key: 'bulk.job.undone' })
    expect((await viewOf(undo)).counts).toMatchObject({ undone: written, problem: 0 })
    expect(await content()).toBe(before)
    expect((await list({ of: id })).of).toMatchObject({ isUndone: true })
    const after = said(await lines())
    expect(after.slice(0, 3)).toEqual([
      `Martha Okafor: Taken back: Set quotas, ${written} changes in ${job.journals.length} steps`,
      all[0],
      all[1],
    ])
    const plans = await listPlans(postmaster)
    expect(plans.status === 'list' && plans.plans.map(({ state }) => state)).toEqual(['undone'])
  }, 120_000)

  test('does not hide what others did meanwhile', async () => {
    await begun('4 GB')
    // Entries that the task does not write.
    await Promise.all([
      otherProgram(
        `dn: dc=domain1.net,${DOMAINS_BASE}\nchangetype: modify\nadd: description\ndescription: X\n`,
      ),
      commit([describes('domain2.me', 'Meanwhile')], authorityOf('tfletcher', 'postmaster')),
    ])
    await ended()
    const found = said(await lines())
    for (const [words, times] of [
      ['Set quotas', 3],
      ['Tom Fletcher added the description Meanwhile to domain2.me', 1],
      ['added the description X to domain1.net', 1],
    ] as const)
      expect(
        found.filter((line) => line.includes(words)),
        words,
      ).toHaveLength(times)
  }, 120_000)

  test('that is stopped while it is taken back goes on from there', async () => {
    const { id } = await newest()
    closeJob(postmaster)
    expect(await takeBackTogether(postmaster, id)).toBeNull()
    const job = await ended()
    await approve(job)
    job.stopping = true
    expect((await ended()).message).toEqual({ key: 'bulk.job.undoStopped' })
    expect((await list({ of: id })).of).toMatchObject({ isUndone: false })
    expect(await viewOf(job)).toMatchObject({ canGoOn: true })
    goOn(job)
    expect((await ended()).message).toEqual({ key: 'bulk.job.undone' })
    expect((await list({ of: id })).of).toMatchObject({ isUndone: true })
  }, 120_000)
})

describe('a commit of several entries', () => {
  test('is one line that says what was done, and is taken back whole', async () => {
    const before = await content()
    await commit([
      title('johndoe', 'One'),
      { type: 'delete', dn: personDn('lwojcik') },
      title('mbrown', 'Three'),
    ])
    const [line] = await lines()
    expect(line === undefined ? '' : inEnglish(line.sentence)).toBe(
      'Martha Okafor deleted the mailbox Łukasz Wójcik, with 2 other changes',
    )
    const { id } = await newest()
    expect((await lines()).filter(({ together }) => together?.id === id)).toHaveLength(1)
    expect(said(await lines({ of: id }))).toHaveLength(3)
    expect(said(await lines({ entry: personDn('johndoe') }))[0]).toContain('to One')
    closeJob(postmaster)
    expect((await takenBack(id)).message).toEqual({ key: 'bulk.job.undone' })
    expect(await content()).toBe(before)
  })

  test('is not taken back where someone changed it since, which is said', async () => {
    await commit([title('johndoe', 'Mine'), title('mbrown', 'Mine')])
    await otherProgram(`dn: ${personDn('mbrown')}\nchangetype: modify\nreplace: title\ntitle: Theirs\n`)
    const [, together] = await lines()
    const left = await content()
    closeJob(postmaster)
    expect(await takeBackTogether(postmaster, together?.together?.id ?? '')).toBeNull()
    const job = await ended()
    expect(job.phase).toBe('finished')
    expect(inEnglish(job.message ?? '')).toContain('title of Mary Brown is Theirs now')
    expect((await viewOf(job)).counts).toMatchObject({ problem: 2, undone: 0 })
    expect(await content()).toBe(left)
  })

  test('that is not taken back after all leaves the job that was there before', async () => {
    const job = await begun('5 GB', 'fletcher')
    await ended()
    const left = await content()
    expect(takeBackJob(postmaster)).toBeNull()
    const back = await ended()
    expect(back).not.toBe(job)
    closeJob(postmaster)
    expect(jobOf(postmaster)).toBe(job)
    expect(await content()).toBe(left)
    expect((await viewOf(job)).canUndo).toBe(true)
  }, 60_000)

  test('whose entry a later commit of the same task has written is judged as it will be by then', async () => {
    await commit([title('johndoe', 'Under'), title('mbrown', 'Under')])
    const under = await newest()
    await commit([title('johndoe', 'Over'), title('mbrown', 'Over')])
    const over = await newest()
    const planned = await planTakeBack(postmaster, [under.id, over.id], () => true)
    expect(planned.map(({ id, way }) => [id, way.status])).toEqual([
      [over.id, 'planned'],
      [under.id, 'planned'],
    ])
    const [stays] = await planTakeBack(postmaster, [under.id], () => true)
    expect(stays?.way.status).toBe('stays')
  })

  test('of one entry stands as that change', async () => {
    await commit([title('johndoe', 'Alone')])
    const [line] = await lines()
    expect(line?.together).toBeNull()
    expect(await takeBackTogether(postmaster, 'nothing-of-this-name')).toEqual({
      key: 'history.together.gone',
    })
  })
})

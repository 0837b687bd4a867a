/**
 * bench-import - a table of 10,000 mailboxes: dry run, writing and taking back, with the panel in use throughout.
 *
 * A private slapd with 20,000 generated mailboxes, and the same jobs that the screens start. While one works, a timer
 * notes how long the process was deaf at most (aim: 1 s, for a person who opens a page meanwhile) and the list of
 * mailboxes is read again and again. Then one task for as many mailboxes of another domain, written and taken back.
 * Beside each figure the floor: ldapmodify of the same changes to another slapd with a copy of the same directory.
 * Fails when a row was not written or not taken back, a lookup was not as previewed, or the aim is missed.
 *
 * Needs slapd, ldap-utils, postfix and postfix-ldap. Arguments: rows, mailboxes that are there already.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { grantAuthority } from '@/lib/directory/authority'
import { suggestMapping } from '@/lib/exchange/csv-columns'
import { csvLine } from '@/lib/exchange/csv-text'
import { beginImport } from '@/lib/exchange/import'
import { keepFile } from '@/lib/exchange/import-file'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { listMailboxes } from '@/lib/lists/mailboxes'
import { beginBulk } from '@/lib/plans/bulk'
import { isRunning, type Job, jobOf, viewOf } from '@/lib/plans/job'
import { beginWriting } from '@/lib/plans/job-commit'
import { takeBackJob } from '@/lib/plans/take-back'
import { backByHand, changeByHand } from './by-hand'
import { createDirectory, type RunningDirectory, startDirectory } from './demo/demo-directory'
import { DOMAINS_BASE, MAIL_BASE, personDn, SUFFIX } from './demo/names'
import { loadLdif } from './private-slapd'

const MOST_DEAF_MILLISECONDS = 1_000
const [rows = 10_000, mailboxes = 20_000] = process.argv.slice(2).map(Number)
/** The domain whose mailboxes get a quota. */
const OTHERS = 'others.example'
const columns = ['mail', 'uid', 'givenName', 'sn', 'aliases']

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Measurement', mail: 'mokafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})

function table(): string {
  const lines = Array.from({ length: rows }, (_, at) =>
    csvLine([`import${at}@domain1.net`, `import${at}`, 'Import', String(at), `import-alias${at}@domain2.me`]),
  )
  return csvLine(columns) + lines.join('')
}

/** Waits for the end of what the job does now; how long it took and how long others had to wait. */
async function measure(name: string): Promise<Job> {
  const job = jobOf(postmaster)
  if (job === null) throw new Error('there is no job')
  const start = performance.now()
  let [deaf, slowest, last] = [0, 0, start]
  const timer = setInterval(() => {
    const now = performance.now()
    deaf = Math.max(deaf, now - last - 10)
    last = now
  }, 10)
  while (isRunning(job)) {
    const asked = performance.now()
    const page = await listMailboxes(postmaster, {
      text: 'john',
      domain: '',
      kind: null,
      sortBy: 'mail',
      page: 1,
    })
    if (page.status === 'failed') throw new Error(page.diagnostic)
    slowest = Math.max(slowest, performance.now() - asked)
    await delay(250)
  }
  clearInterval(timer)
  const { counts, asked, broken } = await viewOf(job)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const states = Object.entries(counts).flatMap(([state, count]) =>
    count === 0 ? [] : [`${count} ${state}`],
  )
  console.log(
    `${name.padEnd(22)} ${seconds.padStart(6)} s   ${states.join(', ')}; ${asked} lookups proved, ${broken} broken; ` +
      `deaf ${deaf.toFixed(0)} ms at most, slowest list ${slowest.toFixed(0)} ms`,
  )
  if (broken > 0) miss(`${broken} lookups were not as previewed.`)
  if (deaf > MOST_DEAF_MILLISECONDS) miss(`the panel was deaf for ${deaf.toFixed(0)} ms.`)
  return job
}

async function write(job: Job): Promise<void> {
  const { preview } = await viewOf(job)
  if (preview === null) throw new Error('there is nothing to write')
  const refusal = await beginWriting(job, {
    checksum: preview.checksum,
    confirmed: preview.findings.map(({ code }) => code),
  })
  if (refusal !== null) throw new Error(JSON.stringify(refusal))
}

function must(refusal: unknown): void {
  if (refusal !== null) throw new Error(JSON.stringify(refusal))
}

/** Mailboxes without a quota, which the import does not touch. */
function* others(): Generator<string> {
  yield `dn: dc=${OTHERS},${DOMAINS_BASE}\nobjectClass: dNSDomain\ndc: ${OTHERS}\n\n`
  for (let at = 0; at < rows; at += 1)
    yield (
      `dn: uid=other${at},${MAIL_BASE}\nobjectClass: inetOrgPerson\nobjectClass: PostfixBookMailAccount\n` +
      `uid: other${at}\ncn: Other ${at}\nsn: ${at}\nmail: other${at}@${OTHERS}\n\n`
    )
}

function miss(text: string): void {
  console.error(`Missed: ${text}`)
  process.exitCode = 1
}

/** Whether the job did to all rows what it should; the list of mailboxes is asked, too, how many are left. */
async function expectAll(job: Job, state: 'written' | 'undone', domain: string, left: number): Promise<void> {
  const { counts, message } = await viewOf(job)
  if (counts[state] < rows) miss(`only ${counts[state]} rows are ${state}: ${JSON.stringify(message)}`)
  const query = { text: 'import', domain, kind: null, sortBy: 'mail', page: 1 } as const
  const page = await listMailboxes(postmaster, query)
  const there = page.status === 'page' ? page.total : null
  if (there !== left) miss(`${String(there)} mailboxes of the import are in ${domain}, not ${left}`)
}

function changesOf({ items }: Job): readonly ChangeRecord[] {
  return items.flatMap(({ changes }) => changes)
}

async function measureFloor(directory: RunningDirectory, changes: readonly ChangeRecord[]): Promise<void> {
  const seconds = (await changeByHand(directory, changes)) / 1000
  console.log(`${'  ldapmodify of the same'.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`)
}

async function measureImport(hand: RunningDirectory): Promise<void> {
  must(keepFile(postmaster, 'bench.csv', table()))
  must(beginImport(postmaster, suggestMapping(columns)))
  await write(await measure('import, dry run'))
  const written = await measure('import, written')
  await expectAll(written, 'written', 'domain1.net', rows)
  const changes = changesOf(written)
  await measureFloor(hand, changes)
  must(takeBackJob(postmaster))
  await write(await measure('import back, dry run'))
  await expectAll(await measure('import taken back'), 'undone', 'domain1.net', 0)
  await measureFloor(hand, backByHand(changes))
}

async function measureQuota(hand: RunningDirectory): Promise<void> {
  const selection = { scope: 'matching', text: '', domain: OTHERS, kind: null, finding: null } as const
  must(beginBulk(postmaster, selection, { task: 'quota', quota: '2 GB' }))
  await write(await measure('quota, dry run'))
  const written = await measure('quota, written')
  await expectAll(written, 'written', OTHERS, 0)
  const changes = changesOf(written)
  await measureFloor(hand, changes)
  must(takeBackJob(postmaster))
  await write(await measure('quota back, dry run'))
  await expectAll(await measure('quota taken back'), 'undone', OTHERS, 0)
  await measureFloor(hand, backByHand(changes))
}

const folder = mkdtempSync(join(tmpdir(), 'postbook-bench-'))
try {
  const [panel, byHand] = [join(folder, 'panel'), join(folder, 'hand')]
  await createDirectory(panel, mailboxes)
  await loadLdif(panel, others(), { suffix: SUFFIX, quick: true })
  cpSync(panel, byHand, { recursive: true })
  const directory = await startDirectory(panel)
  const hand = await startDirectory(byHand)
  try {
    Object.assign(process.env, directory.settings)
    await measureImport(hand)
    await measureQuota(hand)
  } finally {
    await Promise.all([directory.stop(), hand.stop()])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

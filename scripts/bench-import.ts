/**
 * bench-import - a table of 10,000 mailboxes: dry run, writing and taking back, with the panel in use throughout.
 *
 * A private slapd with 20,000 generated mailboxes, and the same job that the screens start. While it works, a timer
 * notes how long the process was deaf at most (aim: 1 s, for a person who opens a page meanwhile) and the list of
 * mailboxes is read again and again. Then one task for all of the new mailboxes. Prints counts, times and waits;
 * fails when a row was not written, a lookup was not as previewed, or the aim is missed.
 *
 * Needs slapd, postfix and postfix-ldap. Arguments: rows, mailboxes that are there already.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { grantAuthority } from '@/lib/directory/authority'
import { suggestMapping } from '@/lib/exchange/csv-columns'
import { csvLine } from '@/lib/exchange/csv-text'
import { beginImport } from '@/lib/exchange/import'
import { keepFile } from '@/lib/exchange/import-file'
import { listMailboxes } from '@/lib/lists/mailboxes'
import { beginBulk } from '@/lib/plans/bulk'
import { isRunning, type Job, jobOf, viewOf } from '@/lib/plans/job'
import { beginWriting } from '@/lib/plans/job-commit'
import { takeBackJob } from '@/lib/plans/take-back'
import { createDirectory, startDirectory } from './demo/demo-directory'
import { personDn } from './demo/names'

const MOST_DEAF_MILLISECONDS = 1_000
const [rows = 10_000, mailboxes = 20_000] = process.argv.slice(2).map(Number)
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
  if (broken > 0) console.error(`Missed: ${broken} lookups were not as previewed.`)
  if (deaf > MOST_DEAF_MILLISECONDS) console.error(`Missed: the panel was deaf for ${deaf.toFixed(0)} ms.`)
  if (broken > 0 || deaf > MOST_DEAF_MILLISECONDS) process.exitCode = 1
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

const folder = mkdtempSync(join(tmpdir(), 'postbook-bench-'))
try {
  await createDirectory(folder, mailboxes)
  const directory = await startDirectory(folder)
  try {
    Object.assign(process.env, directory.settings)
    must(keepFile(postmaster, 'bench.csv', table()))
    must(beginImport(postmaster, suggestMapping(columns)))
    await write(await measure('import, dry run'))
    const written = await measure('import, written')
    if ((await viewOf(written)).counts.written < rows) process.exitCode = 1
    const selection = {
      scope: 'matching',
      text: 'import',
      domain: 'domain1.net',
      kind: null,
      finding: null,
    } as const
    must(beginBulk(postmaster, selection, { task: 'quota', quota: '2 GB' }))
    await write(await measure('quota for all, dry run'))
    await measure('quota for all, written')
    must(takeBackJob(postmaster))
    await write(await measure('taking back, dry run'))
    await measure('quota taken back')
  } finally {
    await directory.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

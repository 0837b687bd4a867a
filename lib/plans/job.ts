/**
 * job - changes of many entries, carried out in the server process while the person goes on working.
 *
 * One job a person, a bounded number of them in a process, kept in memory until the next one or for an hour; a panel
 * that is restarted forgets what was only checked, while the journal keeps what was written. Work is done in parts,
 * between which other requests have their turn and a wish to stop is heard. Failures are phases and texts of the
 * job, never thrown to whoever started it.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { EntryState } from '@/lib/changes/checksum'
import type { Authority } from '@/lib/directory/authority'
import { rowsOfPage } from '@/lib/entries/list-page'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'
import type { JobKind, JobPhase, JobProgress, JobRow, JobView, RowState } from './job-state'
import { ROW_STATES } from './job-state'
import { mergedPreview } from './merged-preview'

const log = pino({ name: 'postbook', base: null })

/** Entries of one job. */
export const MOST_ITEMS = 10_000
const MOST_RUNNING = 4
const MOST_KEPT = 32
const KEPT_MILLISECONDS = 3_600_000

/** A row with what it changes; rows that change nothing have a reason in their notes. */
export interface JobItem extends JobRow {
  readonly changes: readonly ChangeRecord[]
  readonly basis: readonly EntryState[]
  /** In lower case: findings about them belong to this row. */
  readonly addresses: readonly string[]
}

/** Rows that are written together as one commit, or of one commit that is taken back. */
export interface JobPart {
  /** Places of its rows in the job. */
  readonly places: readonly number[]
  /** What it does by itself; null where parts build on those before, and the job is seen as a whole. */
  readonly seen: SeenPart | null
  /** The commit that it takes back; null if it writes one. */
  readonly takesBack: string | null
}

interface SeenPart {
  readonly preview: ShownPreview
  /** Over findings and answers without the states of entries: the same as long as a person would see the same. */
  readonly sameness: string
}

/** What a person has said yes to, for as long as the parts that are left may be written. */
interface Consent {
  readonly confirmed: readonly string[]
  /** The task that the commits belong to (task-journal). */
  readonly task: string | null
}

/** A job, as its own files see it. */
export interface Job {
  readonly id: string
  readonly kind: JobKind
  readonly title: Text
  readonly authority: Authority
  phase: JobPhase
  done: number
  total: number
  stopping: boolean
  items: JobItem[]
  /** Whether all rows are one part, because they build on each other. */
  together: boolean
  parts: JobPart[]
  /** What all parts do together, where they build on each other. */
  whole: ShownPreview | null
  /** The number to be typed before it is written; null if none. */
  number: number | null
  consent: Consent | null
  message: Text | null
  /** Names of the commits, in their order. */
  journals: string[]
  asked: number
  broken: number
  touched: number
  /** What is to be done when it is written. */
  readonly onWritten: ((journals: readonly string[]) => Promise<void>) | null
  /** The person's job before this one, which takes its place again if this one comes to nothing; null if none. */
  readonly previous: Job | null
}

/** On globalThis, because a server bundle may load this module twice. */
const holder = globalThis as typeof globalThis & { postbookJobs?: Map<string, Job> }
const jobs = (holder.postbookJobs ??= new Map<string, Job>())

/** The job of this person; null if there is none. */
export function jobOf(authority: Authority): Job | null {
  const job = jobs.get(keyOf(authority))
  if (job === undefined) return null
  if (isRunning(job) || Date.now() - job.touched < KEPT_MILLISECONDS) return job
  jobs.delete(keyOf(authority))
  return null
}

/** Whether the job works at this moment. */
export function isRunning({ phase }: Pick<Job, 'phase'>): boolean {
  return phase !== 'checked' && phase !== 'finished'
}

interface NewJob {
  readonly kind: JobKind
  readonly title: Text
  readonly phase: JobPhase
  readonly onWritten?: (journals: readonly string[]) => Promise<void>
}

/** Puts a new job in the place of the person's last one. A text says why that cannot be. */
export function openJob(authority: Authority, wanted: NewJob): Job | Text {
  const known = jobOf(authority)
  if (known !== null && isRunning(known)) return { key: 'bulk.job.running' }
  if ([...jobs.values()].filter(isRunning).length >= MOST_RUNNING) return { key: 'bulk.job.tooMany' }
  for (const [key, { phase, touched }] of jobs)
    if (jobs.size >= MOST_KEPT && !isRunning({ phase }) && Date.now() - touched > 0) jobs.delete(key)
  const job: Job = {
    ...wanted,
    onWritten: wanted.onWritten ?? null,
    previous: wanted.kind !== 'undo' || known === null ? null : (known.previous ?? known),
    id: randomUUID(),
    authority,
    done: 0,
    total: 0,
    stopping: false,
    items: [],
    together: false,
    parts: [],
    whole: null,
    number: null,
    consent: null,
    message: null,
    journals: [],
    asked: 0,
    broken: 0,
    touched: Date.now(),
  }
  jobs.set(keyOf(authority), job)
  return job
}

/** Forgets the person's job, unless it works; one that was put aside for nothing is there again. */
export function closeJob(authority: Authority): void {
  const job = jobOf(authority)
  if (job === null || isRunning(job)) return
  jobs.delete(keyOf(authority))
  if (job.previous !== null && job.consent === null) jobs.set(keyOf(authority), job.previous)
}

/** Does the work behind the person's back; whatever is thrown ends the job with a text. */
export function runJob(job: Job, work: () => Promise<void>): void {
  void work()
    .catch((error: unknown) => {
      log.error({ error: String(error), job: job.id }, 'a job failed')
      job.phase = 'finished'
      job.message = { key: 'bulk.job.failed', values: { reason: String(error) } }
    })
    .finally(() => {
      job.touched = Date.now()
    })
}

/** How far the job is. */
export function progressOf({ id, phase, done, total, stopping }: Job): JobProgress {
  return { id, phase, done, total, stopping }
}

/** What the job does, all parts together; null as long as there is none. */
export async function previewOf({ whole, parts }: Job): Promise<ShownPreview | null> {
  const seen = parts.flatMap((part) => (part.seen === null ? [] : [part.seen.preview]))
  return whole ?? (seen.length === 0 ? null : await mergedPreview(seen))
}

/** Whether a job that was stopped can go on with the parts that are left. */
export function canGoOn({ phase, kind, whole, consent, items, journals }: Job): boolean {
  const hasBegun = consent !== null && (kind === 'undo' || journals.length > 0)
  const isStopped = phase === 'finished' && whole !== null && hasBegun
  return (
    isStopped &&
    items.some(({ state }) => state === 'notWritten') &&
    items.every(({ state }) => state !== 'unknown')
  )
}

/** What the screens show of the job. */
export async function viewOf(job: Job): Promise<JobView> {
  const counts = Object.fromEntries(ROW_STATES.map((state) => [state, 0])) as Record<RowState, number>
  for (const { state } of job.items) counts[state] += 1
  const { kind, title, message, asked, broken, journals, number } = job
  return {
    ...progressOf(job),
    kind,
    title,
    counts,
    preview: await previewOf(job),
    message,
    asked,
    broken,
    canUndo: journals.length > 0 && job.phase === 'finished' && kind !== 'undo',
    canGoOn: canGoOn(job),
    number,
  }
}

/** One page of the rows, of one state or all. */
export function rowsOf(
  { items }: Job,
  state: RowState | null,
  page: number,
): { readonly rows: readonly JobRow[]; readonly total: number } {
  const found = state === null ? items : items.filter((item) => item.state === state)
  const rows = rowsOfPage(found, page).map(({ number, name, state: own, notes }) => ({
    number,
    name,
    state: own,
    notes,
  }))
  return { rows, total: found.length }
}

/** Gives rows another state, and notes in the place of or behind those they have. */
export function markRows(
  job: Job,
  places: Iterable<number>,
  state: RowState,
  notes: readonly Text[] | null = null,
): void {
  for (const at of places) {
    const item = job.items[at]
    if (item !== undefined) job.items[at] = { ...item, state, notes: notes ?? item.notes }
  }
}

/** Lets other requests have their turn. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function keyOf({ person }: Authority): string {
  return person.dn.toLowerCase()
}

/**
 * lines - changes as lines of the history: those that were made together are one line.
 *
 * Read newest first. Where a task reaches further back than was read, the log is gone through beside it: asked only
 * for what other accounts did meanwhile, and for entries that the panel's record names outside the task. (What
 * another panel with the same account and a state directory of its own did in that time is found by its entry or its
 * address.) Ends after a number of rounds and says how far it came.
 * LDAP round trips: those of readChanges for each round; one round where nothing was made together.
 */
import 'server-only'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { millisecondsOf } from '@/lib/ldap/generalized-time'
import type { HistoryEntry } from './history-entry'
import type { Wanted } from './history-query'
import { isOutside, readPanelRecord } from './panel-record'
import { readChanges, type Source } from './source'
import { type Together, togetherOf } from './together'

const MOST_ROUNDS = 8
/** So many names fit into one filter. */
const MOST_BESIDE = 200
/** Read at once where a task cannot be passed by. */
const WITHIN_TASK = 400
/** A commit is recorded under the time of its begin, and the clocks of panel and directory differ a little. */
const SLACK = 1000

export interface Line {
  /** Of changes that were made together the one that says most. */
  readonly change: HistoryEntry
  /** null for a change that stands by itself. */
  readonly together: Together | null
}

export interface Lines {
  readonly status: 'lines'
  readonly lines: readonly Line[]
  /** Where the next page goes on; null at the end. */
  readonly next: string | null
  /** Whether reading has ended before the page was full or the log at its end. */
  readonly isCut: boolean
}

/** Collects lines; full when one more than wanted has come. */
class Collector {
  readonly lines: { change: HistoryEntry; readonly together: Together | null }[] = []
  /** The last change that a line of the page stands for. */
  last: HistoryEntry | null = null
  readonly #known = new Map<string, Together | null>()
  readonly #count: number

  constructor(count: number) {
    this.#count = count
  }

  get missing(): number {
    return this.#count + 1 - this.lines.length
  }

  /** Takes changes until the page is full; then false. */
  async take(changes: readonly HistoryEntry[]): Promise<boolean> {
    for (const change of changes) {
      const together = await this.togetherOf(change)
      const line = this.lines.find((known) => together !== null && known.together?.id === together.id)
      if (line !== undefined) line.change = moreTelling(line.change, change)
      else if (this.lines.length === this.#count) return false
      else this.lines.push({ change, together })
      this.last = change
    }
    return true
  }

  /** What needs no line any more. */
  get shown(): readonly string[] {
    return this.lines.flatMap(({ together }) => together?.id ?? [])
  }

  async togetherOf({ commit }: HistoryEntry): Promise<Together | null> {
    if (commit === null) return null
    const name = commit.task ?? commit.id
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const together = await togetherOf(commit)
    this.#known.set(name, together)
    return together
  }
}

/** The lines of a page, newest first. */
export async function readLines(
  source: Source,
  wanted: Wanted,
  from: string | null,
  until: string | null,
  count: number,
): Promise<Lines | SearchFailure> {
  const collector = new Collector(count)
  const ended = (next: string | null, isCut: boolean): Lines => ({
    status: 'lines',
    lines: collector.lines,
    next,
    isCut,
  })
  let end = until
  let atOnce = 0
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const missing = Math.max(collector.missing, atOnce)
    const read = await readChanges(source, wanted, from, end, missing)
    if (read.status === 'failed') return read
    if (!(await collector.take(read.changes))) return ended(collector.last?.id ?? null, false)
    const last = read.changes.at(-1)
    if (source.log === null || last === undefined || read.changes.length < missing)
      return ended(read.reached, read.reached !== null)
    const passed = await passTask(source, wanted, collector, last)
    if (typeof passed === 'object' && passed !== null) return passed
    if (passed === 'full') return ended(collector.last?.id ?? null, false)
    end = passed ?? last.id
    atOnce = passed === null ? WITHIN_TASK : 0
  }
  return ended(end, true)
}

/** Every change as a line of its own. */
export async function readEach(
  source: Source,
  wanted: Wanted,
  from: string | null,
  until: string | null,
  count: number,
): Promise<Lines | SearchFailure> {
  const read = await readChanges(source, wanted, from, until, count + 1)
  if (read.status === 'failed') return read
  const lines = await Promise.all(
    read.changes
      .slice(0, count)
      .map(async (change) => ({ change, together: await togetherOf(change.commit) })),
  )
  if (read.changes.length > count)
    return { status: 'lines', lines, next: lines.at(-1)?.change.id ?? null, isCut: false }
  return { status: 'lines', lines, next: read.reached, isCut: read.reached !== null }
}

/** Goes on beside the task that this change belongs to; the time of its begin when it has come there. */
async function passTask(
  source: Source,
  wanted: Wanted,
  collector: Collector,
  last: HistoryEntry,
): Promise<string | SearchFailure | null> {
  const together = await collector.togetherOf(last)
  if (together === null || together.begun >= last.id) return null
  const { changes } = await readPanelRecord(
    (millisecondsOf(together.begun) ?? 0) - SLACK,
    (millisecondsOf(last.id) ?? 0) + SLACK,
    source.schema,
    isOutside(collector.shown),
  )
  const entries = [...new Set(changes.map(({ dn }) => dn))]
  if (entries.length > MOST_BESIDE) return null
  const { LDAP_BIND_DN, LDAP_PROXIED_AUTHORIZATION } = directoryEnvironment()
  const accounts = [LDAP_BIND_DN, ...(LDAP_PROXIED_AUTHORIZATION ? [last.authorizationDn] : [])]
  const beside = { ...wanted, beside: { accounts, entries } }
  const read = await readChanges(source, beside, together.begun, last.id, collector.missing)
  if (read.status === 'failed') return read
  if (!(await collector.take(read.changes))) return 'full'
  return read.reached ?? together.begun
}

/** What a person did, rather than what came with it: a domain before a mailbox, made or gone before modified. */
function moreTelling(one: HistoryEntry, other: HistoryEntry): HistoryEntry {
  return weightOf(other) > weightOf(one) ? other : one
}

const WEIGHTS = { delete: 3, add: 2, modifyDn: 1, modify: 0 } as const

function weightOf({ type, dn }: HistoryEntry): number {
  return WEIGHTS[type] * 2 + (/^dc=/i.test(dn) && type !== 'modify' ? 10 : 0)
}

/**
 * server-log - reads the server's log of changes (slapo-accesslog), newest first, in bounded steps.
 *
 * The log is ordered by time, oldest first, and usually has no sort or list view controls. So stretches of
 * time are asked for, going back from the newest: a stretch with too many changes is divided until it is read,
 * after one with few the next is longer. Reading ends when enough was found, when the beginning of time is reached, or after
 * a number of searches: then it says how far it came. A log that is not there or may not be read is `none`.
 * LDAP round trips: one for each stretch, one to see that the log is there.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { EntryResult } from '@/lib/directory/outcome'
import { readEntry, search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import type { Schema } from '@/lib/ldap/schema'
import type { HistoryEntry } from './history-entry'
import { LOG_ATTRIBUTES, readLogEntry } from './log-entry'
import { generalizedTimeOf, millisecondsOf } from '@/lib/ldap/generalized-time'

const FIRST_STRETCH = 2 * 86_400_000
/** Before anything: OpenLDAP is younger. */
const BEGINNING = Date.UTC(1998, 0, 1)
const MOST_IN_STRETCH = 200
const MOST_SEARCHES = 60
const MOST_READ = 2000
const SIZE_LIMIT_EXCEEDED = 4
const ADMINISTRATIVE_LIMIT_EXCEEDED = 11
/** No such object; insufficient access rights. */
const NOT_THERE = [32, 50]

export interface Stretch {
  readonly changes: readonly HistoryEntry[]
  /** A time of the log: everything since was read. Null if all of it was. */
  readonly reached: string | null
}

export type LogPart = ({ readonly status: 'read' } & Stretch) | { readonly status: 'none' } | SearchFailure

interface Reading {
  /** Times of the log. */
  readonly from: string | null
  readonly until: string
  readonly filter: (from: string, until: string) => Filter
  /** Which of these changes count. Asked for each stretch. */
  readonly keep: (changes: readonly HistoryEntry[]) => Promise<readonly HistoryEntry[] | SearchFailure>
  readonly wanted: number
}

/** The base of the log; null if the settings or the server have none. */
export async function findLog(authority: Authority): Promise<string | SearchFailure | null> {
  const base = directoryEnvironment().LDAP_ACCESSLOG_BASE
  if (base === '') return null
  const found = await readEntry(authority, base, ['objectClass'])
  if (found.status === 'found') return base
  if (found.status === 'notFound' || NOT_THERE.includes(found.resultCode)) return null
  return found
}

/** The newest changes before a time that count, at least as many as wanted if there are. */
export async function readLog(
  authority: Authority,
  base: string,
  reading: Reading,
  schema: Schema,
): Promise<LogPart> {
  const first = reading.from === null ? BEGINNING : (millisecondsOf(reading.from) ?? BEGINNING)
  const changes: HistoryEntry[] = []
  let until = reading.until
  let length = FIRST_STRETCH
  // Where a stretch began that had too many, until reading has come there: a burst, as of an import.
  let crowded: number | null = null
  let read = 0
  for (let searches = 0; searches < MOST_SEARCHES && read < MOST_READ; searches += 1) {
    const end = millisecondsOf(until) ?? first
    const start = Math.max(end - length, first)
    const from = generalizedTimeOf(start)
    const part = await readStretch(authority, base, reading.filter(from, until), length > 1, schema)
    if (part === 'tooMany') {
      length = Math.max(Math.floor((end - start) / 8), 1)
      crowded = start
      continue
    }
    if ('status' in part) return part
    const kept = await reading.keep(part)
    if ('status' in kept) return kept
    changes.push(...kept)
    read += part.length
    if (start <= first) return { status: 'read', changes, reached: null }
    until = from
    if (changes.length >= reading.wanted) break
    if (part.length < MOST_IN_STRETCH / 8) length *= 4
    // The burst lies ahead: half of the way is more likely to have it small enough than all of it.
    if (crowded !== null && start <= crowded) crowded = null
    if (crowded !== null) length = Math.min(length, Math.ceil((start - crowded) / 2))
  }
  return { status: 'read', changes, reached: until }
}

/** The changes of a stretch, newest first. */
async function readStretch(
  authority: Authority,
  base: string,
  filter: Filter,
  isDivisible: boolean,
  schema: Schema,
): Promise<readonly HistoryEntry[] | SearchFailure | 'tooMany'> {
  const result = await search(authority, {
    base,
    scope: 'one',
    filter,
    attributes: [...LOG_ATTRIBUTES],
    sizeLimit: isDivisible ? MOST_IN_STRETCH : 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') {
    const isTooMany = [SIZE_LIMIT_EXCEEDED, ADMINISTRATIVE_LIMIT_EXCEEDED].includes(result.resultCode)
    return isTooMany && isDivisible ? 'tooMany' : result
  }
  return result.entries
    .map((entry) => readLogEntry(entry, schema))
    .filter((change) => change !== null)
    .sort((one, other) => (one.id < other.id ? 1 : -1))
}

/** One change by its id. */
export async function readLogged(
  authority: Authority,
  base: string,
  id: string,
  schema: Schema,
): Promise<HistoryEntry | SearchFailure | null> {
  const found: EntryResult = await readEntry(authority, `reqStart=${id},${base}`, LOG_ATTRIBUTES)
  if (found.status === 'failed') return found
  return found.status === 'found' ? readLogEntry(found.entry, schema) : null
}

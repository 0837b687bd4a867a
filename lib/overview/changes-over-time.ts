/**
 * changes-over-time - how many changes were made on each of the last days, as far as a person may see them.
 *
 * Read from the same source as the history, newest first and only so many: on a busy directory the days before
 * the oldest change that was read are not known, which is said and never drawn as nothing. Days are those of UTC,
 * as in the filter of the history. LDAP round trips: those of lib/history for so many changes.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { openSource, readChanges } from '@/lib/history/source'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { generalizedTimeOf, millisecondsOf } from '@/lib/ldap/generalized-time'

const DAY = 86_400_000
export const DAYS = 30
const MOST_CHANGES = 500

export interface DayCount {
  /** For example 2026-01-31. */
  readonly day: string
  /** null when it is not known. */
  readonly changes: number | null
}

export type ChangesOverTime =
  | { readonly status: 'counted'; readonly days: readonly DayCount[]; readonly isWhole: boolean }
  | SearchFailure

/** The number of changes on each of the last days, oldest first. */
export async function changesOverTime(authority: Authority): Promise<ChangesOverTime> {
  const source = await openSource(authority)
  if (source.status === 'failed') return source
  const today = Math.floor(Date.now() / DAY) * DAY
  const first = today - (DAYS - 1) * DAY
  const anything = { people: null, entries: null, address: '' }
  const read = await readChanges(source, anything, generalizedTimeOf(first), null, MOST_CHANGES)
  if (read.status === 'failed') return read
  const times = read.changes.map(({ id }) => millisecondsOf(id) ?? 0)
  const isWhole = read.changes.length < MOST_CHANGES && read.reached === null
  return { status: 'counted', days: daysOf(times, first, isWhole), isWhole }
}

/** @param times newest first */
function daysOf(times: readonly number[], first: number, isWhole: boolean): readonly DayCount[] {
  const counts = new Map<string, number>()
  for (const time of times) counts.set(dayOf(time), (counts.get(dayOf(time)) ?? 0) + 1)
  const oldest = times.at(-1) ?? first
  return Array.from({ length: DAYS }, (_, index) => {
    const start = first + index * DAY
    // The day of the oldest change that was read may have had more of them.
    const isKnown = isWhole || start > oldest
    const day = dayOf(start)
    return { day, changes: isKnown ? (counts.get(day) ?? 0) : null }
  })
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

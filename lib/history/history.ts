/**
 * history - the list of changes, and one of them, as a person may see them.
 *
 * LDAP round trips: two to find the log (the schema is kept), for each stretch of the log one and one for the
 * entries as they are now, one for the names of people.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Text } from '@/lib/words/text'
import { keyOf } from './current-entries'
import type { HistoryEntry } from './history-entry'
import type { HistoryQuery } from './history-query'
import { isoTimeOf, generalizedTimeOf } from '@/lib/ldap/generalized-time'
import { namesOf, resolveQuery } from './people'
import { type ShownChange, shownChange, type ShownDetail, shownDetail } from './shown-change'
import { openSource, readChange, readChanges, type Source } from './source'

export const PAGE_SIZE = 50
const DAY = 86_400_000

export interface HistoryPage {
  readonly status: 'page'
  /** Newest first. */
  readonly changes: readonly ShownChange[]
  /** `before` of the page that follows; null at the end. */
  readonly next: string | null
  /** ISO 8601: reading ended here without filling the page; null if it did fill it, or came to the end. */
  readonly readBackTo: string | null
  /** Whether other programs' changes are in it. */
  readonly source: 'serverLog' | 'panelRecord'
  /** What a person should know about this list, as sentences. */
  readonly problems: readonly Text[]
}

/** One page of the changes that this person may see. */
export async function listHistory(
  authority: Authority,
  query: HistoryQuery,
): Promise<HistoryPage | SearchFailure> {
  const source = await openSource(authority)
  if (source.status === 'failed') return source
  const page = { status: 'page', source: source.log === null ? 'panelRecord' : 'serverLog' } as const
  const nothing = { ...page, changes: [], next: null, readBackTo: null }
  if (authority.role === 'owner') return { ...nothing, problems: [] }
  const resolved = await resolveQuery(authority, query)
  if (resolved.status === 'failed') return resolved
  if (resolved.status === 'nothing') return { ...nothing, problems: [resolved.reason] }
  const from = query.from === '' ? null : generalizedTimeOf(Date.parse(query.from))
  const until = earliest(query.before, query.to === '' ? '' : generalizedTimeOf(Date.parse(query.to) + DAY))
  const read = await readChanges(source, resolved.wanted, from, until, PAGE_SIZE + 1)
  if (read.status === 'failed') return read
  const changes = read.changes.slice(0, PAGE_SIZE)
  const isFull = read.changes.length > PAGE_SIZE
  return {
    ...page,
    changes: await show(source, changes),
    next: isFull ? (changes.at(-1)?.id ?? null) : read.reached,
    readBackTo: isFull || read.reached === null ? null : isoTimeOf(read.reached),
    problems: [...source.problems.values()],
  }
}

function earliest(one: string, other: string): string | null {
  if (one === '' || other === '') return one + other === '' ? null : one + other
  return one < other ? one : other
}

/** One change with its differences; null if there is none that this person may see. */
export async function readHistoryDetail(
  authority: Authority,
  id: string,
): Promise<{ readonly status: 'found'; readonly detail: ShownDetail } | SearchFailure | null> {
  if (authority.role === 'owner') return null
  const source = await openSource(authority)
  if (source.status === 'failed') return source
  const change = await readChange(source, id)
  if (change === null || 'status' in change) return change
  const [shown] = await show(source, [change])
  return shown === undefined ? null : { status: 'found', detail: shownDetail(shown, change, source.schema) }
}

/** Changes for a screen, with names. */
export async function show(
  source: Source,
  changes: readonly HistoryEntry[],
): Promise<readonly ShownChange[]> {
  const { authority, current, schema } = source
  const names = await namesOf(
    authority,
    changes.map(({ authorizationDn }) => authorizationDn),
  )
  const panel = { dn: directoryEnvironment().LDAP_BIND_DN }
  return changes.map((change) => shownChange(change, current.get(keyOf(change)), names, panel, schema))
}

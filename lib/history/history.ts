/**
 * history - the list of changes, and one of them, as a person may see them.
 *
 * LDAP round trips: two to find the log (the schema is kept), for each stretch of the log one and one for the
 * entries as they are now, one for the names of people.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Text } from '@/lib/words/text'
import { keyOf } from './current-entries'
import type { HistoryQuery } from './history-query'
import { isoTimeOf, generalizedTimeOf, millisecondsOf } from '@/lib/ldap/generalized-time'
import { namesOf, resolveQuery } from './people'
import { type Line, readEach, readLines } from './lines'
import { type ShownChange, shownChange, type ShownDetail, shownDetail, withOthers } from './shown-change'
import { CLOCKS, openSource, readChange, type Source } from './source'
import { findTogether, mayTakeBack, type Together, togetherOf } from './together'

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
  /** The task or the commit that the list is of; null if it is of all. */
  readonly of: ShownOf | null
}

/** What was made together, as the head of its list. */
export interface ShownOf {
  readonly id: string
  readonly title: Text | null
  readonly count: number
  readonly steps: number
  /** Who made it. */
  readonly name: string
  /** ISO 8601. */
  readonly time: string
  readonly isUndone: boolean
  readonly mayTakeBack: boolean
}

/** One page of the changes that this person may see. */
export async function listHistory(
  authority: Authority,
  query: HistoryQuery,
  size = ROWS_PER_PAGE,
): Promise<HistoryPage | SearchFailure> {
  const source = await openSource(authority)
  if (source.status === 'failed') return source
  const page = { status: 'page', source: source.log === null ? 'panelRecord' : 'serverLog' } as const
  const nothing = { ...page, changes: [], next: null, readBackTo: null, of: null }
  if (authority.role === 'owner') return { ...nothing, problems: [] }
  const resolved = await resolveQuery(authority, query)
  if (resolved.status === 'failed') return resolved
  if (resolved.status === 'nothing') return { ...nothing, problems: [resolved.reason] }
  const of = query.of === undefined || query.of === '' ? null : await findTogether(query.of)
  if (of === null && (query.of ?? '') !== '')
    return { ...nothing, problems: [{ key: 'history.together.gone' }] }
  const from = query.from === '' ? null : generalizedTimeOf(Date.parse(query.from))
  const until = query.to === '' ? null : generalizedTimeOf(Date.parse(query.to) + DAY)
  const before = query.before === '' ? null : query.before
  // An entry or an address is looked for change by change, and so is what was made together.
  const isPlain = of !== null || query.entry !== '' || query.address !== ''
  const read = await (isPlain ? readEach : readLines)(
    source,
    of === null ? resolved.wanted : { ...resolved.wanted, of: of.id },
    latest(from, of === null ? null : moved(of.begun, -CLOCKS)),
    earliest(earliest(until, before), of === null ? null : moved(of.lastBegun, CLOCKS)),
    size,
  )
  if (read.status === 'failed') return read
  return {
    ...page,
    changes: await show(source, read.lines, !isPlain),
    next: read.next,
    readBackTo: read.isCut && read.next !== null ? isoTimeOf(read.next) : null,
    problems: [...source.problems.values()],
    // Nothing of it is told to someone who may see none of it.
    of: of === null || read.lines.length === 0 ? null : shownOf(authority, of),
  }
}

function shownOf(authority: Authority, of: Together): ShownOf {
  const { id, title, count, steps, person, begun, isUndone } = of
  return {
    id,
    title,
    count,
    steps,
    name: person?.name ?? '',
    time: isoTimeOf(begun),
    isUndone,
    mayTakeBack: mayTakeBack(authority, of),
  }
}

/** Times of the log are compared as texts. */
function earliest(one: string | null, other: string | null): string | null {
  return one === null || other === null ? (one ?? other) : one < other ? one : other
}

function latest(one: string | null, other: string | null): string | null {
  return one === null || other === null ? (one ?? other) : one > other ? one : other
}

function moved(time: string, by: number): string {
  return generalizedTimeOf((millisecondsOf(time) ?? 0) + by)
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
  const [shown] = await show(source, [{ change, together: await togetherOf(change.commit) }], false)
  return shown === undefined ? null : { status: 'found', detail: shownDetail(shown, change, source.schema) }
}

/**
 * Changes for a screen, with names.
 * @param asOne whether a line stands for all changes that were made together
 */
export async function show(
  source: Source,
  lines: readonly Line[],
  asOne: boolean,
): Promise<readonly ShownChange[]> {
  const { authority, current, schema } = source
  const names = await namesOf(
    authority,
    lines.map(({ change }) => change.authorizationDn),
  )
  const panel = { dn: directoryEnvironment().LDAP_BIND_DN }
  return lines.map(({ change, together }) => {
    const shown = shownChange(change, current.get(keyOf(change)), names, panel, schema)
    return together === null ? shown : withOthers(shown, together, asOne)
  })
}

/**
 * list-view - pages of a long sorted list, sorted and kept by the server (RFC 2891 and virtual list view).
 *
 * The server sorts once and then hands out pages by a context id. It holds one such list per connection and
 * only so many in all (slapo-sssvlv(5)), so each list has a connection of its own, few are kept, and closing
 * the connection frees the server's memory. A kept list is a snapshot: it is used again only while the
 * directory's contextCSN (slapo-syncprov(5)) says that nothing was written since; without one each page is
 * sorted anew. Failures are SearchFailure values; 51 (busy) when the server has too many lists open.
 */
import 'server-only'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { valuesOf } from '@/lib/ldap/entry'
import { capabilities } from './capabilities'
import type { Connection } from './connection'
import { CONTROL, listViewControl, readListView, ResponseControl, sortControl } from './controls'
import { searchOn, searchResult } from './live-view'
import { serviceSettings, serviceView } from './service'
import { failure, openConnection, patience } from './session'

/** Fewer than a slapd with 16 threads allows to all clients together (sssvlv-max). */
const MOST_VIEWS = 4
const KEPT_MILLISECONDS = 60_000
export const BUSY = 51
/** virtualListViewError; the reason is in the response control. */
const LIST_VIEW_ERROR = 76
/** The list is shorter than the offset: by draft-ietf-ldapext-ldapv3-vlv-09, and as OpenLDAP numbers it. */
const OFFSET_RANGE_ERRORS = [61, 77]
/** Orders addresses and names without regard to case, also types without an ordering rule of their own. */
const ORDERING_RULE = 'caseIgnoreOrderingMatch'

export interface ListRequest {
  readonly search: SearchRequest
  readonly sortBy: string
  readonly descending: boolean
}

export interface ListPage {
  readonly status: 'page'
  readonly entries: readonly Entry[]
  /** Number of entries of the whole list; null when it was too long to be counted. */
  readonly total: number | null
}

interface View {
  readonly connection: Connection
  contextId: Buffer | null
  readonly stamp: string
  readonly until: number
  /** A context takes one request at a time. */
  turn: Promise<unknown>
}

const holder = globalThis as typeof globalThis & {
  postbookListViews?: Map<string, View>
  /** Sorting costs the server much, so one list is sorted at a time. */
  postbookListSort?: Promise<unknown>
}

function views(): Map<string, View> {
  return (holder.postbookListViews ??= new Map<string, View>())
}

/** The entries from `offset` (the first is 1), at most `count`. */
export async function readListPage(
  request: ListRequest,
  offset: number,
  count: number,
): Promise<ListPage | SearchFailure> {
  const key = JSON.stringify([serviceSettings(), request])
  const stamp = await contextStamp(request.search.base)
  const kept = await keptPage(key, stamp, request, offset, count)
  if (kept !== null) return kept
  const sorted = (holder.postbookListSort ?? Promise.resolve()).then(async () => {
    // Whoever was sorting before may have made the same list.
    const made = await keptPage(key, stamp, request, offset, count)
    if (made !== null) return made
    const page = await freshPage(key, stamp, request, offset, count)
    if (page.status === 'page' || page.resultCode !== BUSY) return page
    for (const other of [...views().keys()]) discard(other)
    return freshPage(key, stamp, request, offset, count)
  })
  holder.postbookListSort = sorted.catch(() => undefined)
  return sorted
}

async function keptPage(
  key: string,
  stamp: string,
  request: ListRequest,
  offset: number,
  count: number,
): Promise<ListPage | null> {
  const view = views().get(key)
  if (view === undefined) return null
  if (stamp !== '' && view.stamp === stamp && view.until > Date.now()) {
    const page = await inTurn(view, request, offset, count)
    if (page.status === 'page') return page
  }
  discard(key)
  return null
}

async function freshPage(
  key: string,
  stamp: string,
  request: ListRequest,
  offset: number,
  count: number,
): Promise<ListPage | SearchFailure> {
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const opened = await openConnection(settings)
  if (opened.status === 'failed') return opened
  const view: View = {
    connection: opened.connection,
    contextId: null,
    stamp,
    until: Date.now() + KEPT_MILLISECONDS,
    turn: Promise.resolve(),
  }
  const page = await inTurn(view, request, offset, count)
  if (page.status === 'failed' || stamp === '') {
    view.connection.close()
    return page
  }
  for (const oldest of views().keys()) {
    if (views().size < MOST_VIEWS) break
    discard(oldest)
  }
  views().set(key, view)
  return page
}

function discard(key: string): void {
  const view = views().get(key)
  if (view === undefined) return
  views().delete(key)
  // Whoever is reading from it still gets the answer.
  void view.turn.then(() => {
    view.connection.close()
  })
}

function inTurn(
  view: View,
  request: ListRequest,
  offset: number,
  count: number,
): Promise<ListPage | SearchFailure> {
  const page = view.turn.then(() => readPage(view, request, offset, count))
  view.turn = page
  return page
}

async function readPage(
  view: View,
  request: ListRequest,
  offset: number,
  count: number,
): Promise<ListPage | SearchFailure> {
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const catcher = new ResponseControl(CONTROL.listViewResponse)
  const controls = [
    sortControl(request.sortBy, ORDERING_RULE, request.descending),
    listViewControl(offset, count, view.contextId),
  ]
  const exchange = await searchOn(view.connection, request.search, patience(settings), controls, [catcher])
  const answer = catcher.value === null ? null : readListView(catcher.value)
  const result = searchResult(exchange)
  if (answer !== null && OFFSET_RANGE_ERRORS.includes(answer.resultCode))
    return { status: 'page', entries: [], total: answer.total }
  if (result.status === 'failed') {
    if (result.resultCode !== LIST_VIEW_ERROR) return result
    return failure('search', answer?.resultCode ?? BUSY, 'the server keeps no list view')
  }
  if (answer === null) return failure('search', 12, 'the server sorted no list')
  if (answer.resultCode !== 0) return failure('search', answer.resultCode, 'the server keeps no list view')
  view.contextId = answer.contextId
  return { status: 'page', entries: result.entries, total: answer.total }
}

/** What changes with every write below the base; empty when the server does not tell. */
export async function contextStamp(base: string): Promise<string> {
  const known = await capabilities()
  if (known.status === 'failed') return ''
  const within = base.toLowerCase()
  const context = known.namingContexts.find((name) => within.endsWith(name.toLowerCase()))
  if (context === undefined) return ''
  const result = await serviceView().search({
    base: context,
    scope: 'base',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: ['contextCSN'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  return result.status === 'complete' && result.entries[0] !== undefined
    ? valuesOf(result.entries[0], 'contextCSN').join(' ')
    : ''
}

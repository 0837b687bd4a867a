/**
 * entry-walk - reads many entries in parts (RFC 2696), for what has to look at each of them once.
 *
 * The parts come over a connection of their own, because a cookie belongs to its connection and stopping half-way
 * must not leave a search on the shared one. Never more than one part is held here. Server-side sorting is not
 * asked for, so the order is the server's own. Out: null when the walk came to its end or was stopped, else why
 * it could not go on.
 */
import 'server-only'
import { PagedResultsControl } from 'ldapts'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Authority } from './authority'
import type { Connection } from './connection'
import { pagedResultsControl } from './controls'
import { searchOn, searchResult } from './live-view'
import { serviceSettings } from './service'
import { openConnection, patience } from './session'

/** Takes one part; false ends the walk. The next part is read when this one was taken. */
export type TakePart = (entries: readonly Entry[]) => boolean | Promise<boolean>

/** Walks over all entries that match, in parts of this size. */
export async function walkEntries(
  _authority: Authority,
  search: SearchRequest,
  partSize: number,
  take: TakePart,
): Promise<SearchFailure | null> {
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const opened = await openConnection(settings)
  if (opened.status === 'failed') return opened
  try {
    return await walkOn(opened.connection, search, patience(settings), partSize, take)
  } finally {
    opened.connection.close()
  }
}

async function walkOn(
  connection: Connection,
  search: SearchRequest,
  milliseconds: number,
  partSize: number,
  take: TakePart,
): Promise<SearchFailure | null> {
  for (let cookie = Buffer.alloc(0); ;) {
    const exchange = await searchOn(connection, search, milliseconds, [pagedResultsControl(partSize, cookie)])
    const result = searchResult(exchange)
    if (result.status === 'failed') return result
    const isWanted = await take(result.entries)
    const controls = exchange.status === 'answered' ? exchange.controls : []
    const next = controls.find((control) => control instanceof PagedResultsControl)?.value?.cookie
    if (!isWanted || next === undefined || next.length === 0) return null
    cookie = Buffer.from(next)
  }
}

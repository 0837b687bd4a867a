/**
 * listing - one page of a list of entries, searched, sorted and paged by the server.
 *
 * Where the root DSE lists server-side sorting and virtual list view, the server does it all (list-view). Else
 * the list is walked in parts (RFC 2696) with nothing but the sort attribute, up to a cap, and sorted here; then
 * the entries of the page are read. Beyond the cap the rest of the list is left out, and `total` is null.
 */
import 'server-only'
import { PagedResultsControl } from 'ldapts'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { valueOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Authority } from './authority'
import { capabilities } from './capabilities'
import type { Connection } from './connection'
import { CONTROL, pagedResultsControl } from './controls'
import type { ListPage } from './list-view'
import { BUSY, readListPage } from './list-view'
import { searchOn, searchResult } from './live-view'
import { readEntry, serviceSettings } from './service'
import { openConnection, patience } from './session'

const PART = 1000
const CAP = 20_000

export interface PageRequest {
  readonly base: string
  readonly filter: Filter
  readonly attributes: readonly string[]
  /** Attribute; its first value without regard to case. */
  readonly sortBy: string
  readonly descending?: boolean
  /** Place of the first entry in the whole list, from 1. */
  readonly from: number
  /** How many entries. */
  readonly count: number
}

export type PageResult = ListPage | SearchFailure

/** Some entries of a sorted list. Behind its end there are none. */
export async function searchPage(authority: Authority, request: PageRequest): Promise<PageResult> {
  const known = await capabilities()
  if (known.status === 'failed') return known
  const { base, filter, sortBy, descending = false, from, count } = request
  const search: SearchRequest = {
    base,
    scope: 'sub',
    filter,
    attributes: request.attributes,
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  }
  if (known.controls.has(CONTROL.sortRequest) && known.controls.has(CONTROL.listViewRequest)) {
    const page = await readListPage({ search, sortBy, descending }, from, count)
    // A server that sorts for too many others can still be walked.
    if (page.status === 'page' || page.resultCode !== BUSY) return page
  }
  const keys = await walk({ ...search, attributes: [sortBy] })
  if (keys.status === 'failed') return keys
  const sorted = sortedDns(keys.entries, sortBy, descending).slice(from - 1, from - 1 + count)
  const read = await Promise.all(sorted.map((dn) => readEntry(authority, dn, request.attributes)))
  const entries: Entry[] = []
  for (const result of read) {
    if (result.status === 'failed') return result
    // An entry that was deleted in between is simply not in the list any more.
    if (result.status === 'found') entries.push(result.entry)
  }
  return { status: 'page', entries, total: keys.complete ? keys.entries.length : null }
}

interface Walk {
  readonly status: 'walked'
  readonly entries: readonly Entry[]
  readonly complete: boolean
}

async function walk(search: SearchRequest): Promise<Walk | SearchFailure> {
  const settings = serviceSettings()
  if ('status' in settings) return settings
  // A cookie belongs to its connection, and giving up half-way must not leave a search on the shared one.
  const opened = await openConnection(settings)
  if (opened.status === 'failed') return opened
  try {
    return await walkOn(opened.connection, search, patience(settings))
  } finally {
    opened.connection.close()
  }
}

async function walkOn(
  connection: Connection,
  search: SearchRequest,
  milliseconds: number,
): Promise<Walk | SearchFailure> {
  const entries: Entry[] = []
  for (let cookie = Buffer.alloc(0); ;) {
    const exchange = await searchOn(connection, search, milliseconds, [pagedResultsControl(PART, cookie)])
    const result = searchResult(exchange)
    if (result.status === 'failed') return result
    entries.push(...result.entries)
    const controls = exchange.status === 'answered' ? exchange.controls : []
    const paged = controls.find((control) => control instanceof PagedResultsControl)
    const next = paged?.value?.cookie
    if (next === undefined || next.length === 0) return { status: 'walked', entries, complete: true }
    if (entries.length >= CAP) return { status: 'walked', entries, complete: false }
    cookie = Buffer.from(next)
  }
}

function sortedDns(entries: readonly Entry[], sortBy: string, descending: boolean): readonly string[] {
  const keyed = entries.map((entry) => ({ dn: entry.dn, key: valueOf(entry, sortBy)?.toLowerCase() }))
  const direction = descending ? -1 : 1
  // As the server does, entries without the attribute come last.
  return keyed
    .sort((one, other) => {
      if (one.key === undefined || other.key === undefined)
        return Number(one.key === undefined) - Number(other.key === undefined)
      return one.key === other.key ? 0 : (one.key < other.key ? -1 : 1) * direction
    })
    .map(({ dn }) => dn)
}

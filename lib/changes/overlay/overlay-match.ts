/**
 * overlay-match - which touched entries a search finds, and where they stand among the others.
 *
 * The order of entries is the server's choice (slapd: by entry number when an index drives the search, else
 * as the tree is stored), so it is asked for: the search is repeated with an anchor for each newly matching
 * entry. An entry that the server does not list then has no known place.
 * Authority: RFC 4511 section 4.5.2; slapd-mdb(5).
 */
import type { DirectoryView, SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import { normalizeDn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Schema } from '@/lib/ldap/schema'
import { unpredictable } from './pending-entries'

/** An entry of the result, with the DN under which the live directory lists it. */
export interface PlacedEntry {
  readonly origin: string
  readonly entry: Entry
}

/** A touched entry that the live search did not find. */
export interface Newcomer {
  /** As it is now; null if the change adds it. */
  readonly before: Entry | null
  readonly entry: Entry
}

const BOOLEAN_SYNTAX = '1.3.6.1.4.1.1466.115.121.1.7'
/** Attributes that are usually indexed and tell entries apart, best first. */
const ANCHOR_ATTRIBUTES = ['mail', 'uid', 'dc', 'cn']

/** All entries of the result in the server's order. `request` is null if the base does not exist yet. */
export async function placeNewcomers(
  live: DirectoryView,
  request: SearchRequest | null,
  kept: readonly PlacedEntry[],
  newcomers: readonly Newcomer[],
  schema: Schema,
): Promise<readonly Entry[] | SearchFailure> {
  const added = newcomers.filter(({ before }) => before === null).map(({ entry }) => entry)
  const existing = newcomers.flatMap(({ before, entry }) => (before === null ? [] : [{ before, entry }]))
  const [only] = existing
  if (only === undefined) return [...kept.map(({ entry }) => entry), ...added]
  if (kept.length === 0 && existing.length === 1) return [only.entry, ...added]
  const everyOne = [...kept, ...newcomers].map(({ entry }) => entry)
  // An entry without any of the attributes asked for adds nothing, wherever it stands.
  if (everyOne.filter(({ attributes }) => attributes.length > 0).length < 2) return everyOne
  if (request === null) return unpredictable('order')
  const anchors = existing.map(({ before }) => anchorOf(before, request.filter, schema))
  const known = anchors.filter((anchor) => anchor !== null)
  if (known.length < anchors.length) return unpredictable('noAnchor')
  const listed = await live.search({
    ...request,
    filter: { type: 'or', filters: [request.filter, ...known] },
    attributes: ['1.1'],
    sizeLimit: 0,
  })
  if (listed.status === 'failed') return listed
  const all = new Map([
    ...kept.map(({ origin, entry }) => [keyOf(origin), entry] as const),
    ...existing.map(({ before, entry }) => [keyOf(before.dn), entry] as const),
  ])
  const ordered = listed.entries
    .map((entry) => all.get(keyOf(entry.dn)))
    .filter((entry) => entry !== undefined)
  if (ordered.length < all.size) return unpredictable('serverOrder')
  return [...ordered, ...added]
}

/** A filter that finds the entry as it is, by an attribute that the search uses itself if possible. */
function anchorOf(before: Entry, filter: Filter, schema: Schema): Filter | null {
  for (const attribute of [...anchorAttributes(filter, schema), ...ANCHOR_ATTRIBUTES]) {
    const value = valueOf(before, attribute)
    if (value !== undefined) return { type: 'equality', attribute, value }
  }
  return null
}

/** One long filter is asked of many entries. */
const anchorsOfFilter = new WeakMap<Filter, readonly string[]>()

function anchorAttributes(filter: Filter, schema: Schema): readonly string[] {
  const known = anchorsOfFilter.get(filter)
  if (known !== undefined) return known
  const compared = [...new Set(comparedAttributes(filter, schema))]
  anchorsOfFilter.set(filter, compared)
  return compared
}

function comparedAttributes(filter: Filter, schema: Schema): readonly string[] {
  switch (filter.type) {
    case 'and':
    case 'or':
      return filter.filters.flatMap((inner) => comparedAttributes(inner, schema))
    case 'equality': {
      const type = schema.attributeType(filter.attribute)
      const tellsApart = type !== undefined && type.oid !== '2.5.4.0' && type.syntax !== BOOLEAN_SYNTAX
      return tellsApart ? [filter.attribute] : []
    }
    case 'not':
    case 'substrings':
    case 'present':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'extensible':
      return []
  }
}

function keyOf(text: string): string {
  const dn = parseDn(text)
  return dn === null ? text : normalizeDn(dn)
}

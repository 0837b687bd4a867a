/**
 * filter-union - one filter for all entries that any of several filters matches.
 *
 * The filters come from one template with different keys. Parts of an `&` that are the same in all of them stand
 * once in the union, beside an `|` of the parts that differ, so that the server judges them once. That is the
 * distributive law, which also holds where an assertion is undefined (RFC 4511 section 4.5.1.7). Never fails;
 * filters without a common part become a plain `|`. The loops over many filters count their steps: an iterator
 * costs an object for each.
 */
import type { Filter } from '@/lib/ldap/filter'

/** Several filters taken apart by what they have in common. */
export interface SplitFilters {
  /** Parts of the `&` that are the same in all of them. */
  readonly common: readonly Filter[]
  /** Of each filter the other parts, in its order; as many for each. */
  readonly own: readonly (readonly Filter[])[]
}

/** Null if the filters have not the same number of parts. A filter that is no `&` is its own only part. */
export function splitFilters(filters: readonly Filter[]): SplitFilters | null {
  const parts = filters.map(conjunctsOf)
  const [first = []] = parts
  if (parts.some((list) => list.length !== first.length)) return null
  const varying = [...first.keys()].filter((at) => !isSameInAll(parts, at))
  const [at] = varying
  const own =
    at !== undefined && varying.length === 1
      ? parts.map((list) => onlyPart(list, at))
      : parts.map((list) => list.filter((_, place) => varying.includes(place)))
  return { common: first.filter((_, place) => !varying.includes(place)), own }
}

/** The union of filters, given as they are and taken apart; no filters at all match nothing. */
export function filterUnion(filters: readonly Filter[], split = splitFilters(filters)): Filter {
  const [only] = filters
  if (only !== undefined && filters.length === 1) return only
  const [first = []] = split?.own ?? []
  if (split === null || split.common.length === 0 || first.length === 0) return anyOf(filters)
  const alternatives = split.own.map((parts): Filter => {
    const [single] = parts
    return single !== undefined && parts.length === 1 ? single : { type: 'and', filters: parts }
  })
  return { type: 'and', filters: [anyOf(alternatives), ...split.common] }
}

function conjunctsOf(filter: Filter): readonly Filter[] {
  return filter.type === 'and' ? filter.filters : [filter]
}

function onlyPart(list: readonly Filter[], at: number): readonly Filter[] {
  const part = list[at]
  return part === undefined ? [] : [part]
}

function isSameInAll(lists: readonly (readonly Filter[])[], at: number): boolean {
  const first = lists[0]?.[at]
  for (let index = 1; index < lists.length; index += 1) {
    if (!isSame(lists[index]?.[at], first)) return false
  }
  return true
}

function isSame(one: Filter | undefined, other: Filter | undefined): boolean {
  // A template gives its constant parts as they are.
  if (one === other) return true
  if (one?.type === 'equality' && other?.type === 'equality') {
    return one.attribute === other.attribute && one.value === other.value
  }
  return JSON.stringify(one) === JSON.stringify(other)
}

/** An `|` whose members are no `|` themselves. */
function anyOf(filters: readonly Filter[]): Filter {
  if (!filters.some(({ type }) => type === 'or')) return { type: 'or', filters }
  return {
    type: 'or',
    filters: filters.flatMap((filter) => (filter.type === 'or' ? filter.filters : [filter])),
  }
}

/**
 * filter-union - one filter for all entries that any of several filters matches.
 *
 * The filters come from one template with different keys. Parts of an `&` that are the same in all of them stand
 * once in the union, beside an `|` of the parts that differ, so that the server judges them once. That is the
 * distributive law, which also holds where an assertion is undefined (RFC 4511 section 4.5.1.7). Never fails;
 * filters without a common part become a plain `|`.
 */
import type { Filter } from '@/lib/ldap/filter'

/** The union; no filters at all match nothing. */
export function filterUnion(filters: readonly Filter[]): Filter {
  const [only] = filters
  if (only !== undefined && filters.length === 1) return only
  const parts = filters.map(conjunctsOf)
  const varying = varyingPositions(parts)
  const [first = []] = parts
  if (varying === null || varying.length === 0 || varying.length === first.length) return anyOf(filters)
  const alternatives = parts.map((list): Filter => {
    const chosen = varying.flatMap((at) => list[at] ?? [])
    const [single] = chosen
    return single !== undefined && chosen.length === 1 ? single : { type: 'and', filters: chosen }
  })
  const common = first.filter((_, at) => !varying.includes(at))
  return { type: 'and', filters: [anyOf(alternatives), ...common] }
}

/** The parts of an `&`; any other filter is its own only part. */
export function conjunctsOf(filter: Filter): readonly Filter[] {
  return filter.type === 'and' ? filter.filters : [filter]
}

/** The positions at which these lists of parts are not all the same; null if they differ in length. */
export function varyingPositions(lists: readonly (readonly Filter[])[]): readonly number[] | null {
  const [first = []] = lists
  if (lists.some((list) => list.length !== first.length)) return null
  return [...first.keys()].filter((at) => lists.some((list) => !isSame(list[at], first[at])))
}

function isSame(one: Filter | undefined, other: Filter | undefined): boolean {
  if (one?.type === 'equality' && other?.type === 'equality') {
    return one.attribute === other.attribute && one.value === other.value
  }
  return JSON.stringify(one) === JSON.stringify(other)
}

/** An `|` whose members are no `|` themselves. */
function anyOf(filters: readonly Filter[]): Filter {
  return {
    type: 'or',
    filters: filters.flatMap((filter) => (filter.type === 'or' ? filter.filters : [filter])),
  }
}

/**
 * overlay-verdict - whether a search will find a touched entry, as far as that can be known.
 *
 * Three-valued: what the server notes by itself when an entry is written (times, who, numbers) and rules that are
 * not known here give `cannotTell`, unless the rest of the filter decides. A filter that reads nothing that the
 * change alters keeps the server's own verdict, whatever its rules are.
 * Authority: RFC 4511 section 4.5.1.7; RFC 4512 section 3.4 for operational attributes.
 */
import { isSubdescription, resolveDescription } from '@/lib/ldap/attribute-description'
import type { SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { matchFilter } from '@/lib/ldap/filter-match'
import type { Schema } from '@/lib/ldap/schema'

type Verdict = boolean | 'cannotTell'

/** Noted anew at every write of an entry. */
const NOTED = new Set(['modifytimestamp', 'modifiersname', 'entrycsn', 'contextcsn'])
/** Noted when an entry is added. */
const NOTED_AT_FIRST = new Set(['entryuuid', 'createtimestamp', 'creatorsname'])
const CHILDREN = new Set(['hassubordinates', 'numsubordinates'])

/** Whether a search finds the entry as it is; undefined is no match. */
export function judgeEntry(entry: Entry | null, filter: Filter, schema: Schema): Verdict {
  if (entry === null) return false
  const truth = matchFilter(filter, entry, schema)
  return truth === 'undefined' ? false : truth
}

/** Whether a search will find the entry as it will be. */
export function judgePending(entry: Entry, isNew: boolean, filter: Filter, schema: Schema): Verdict {
  const isUnknown = readBy(filter).some(
    (attribute) => attribute !== null && isNoted(attribute, isNew, schema),
  )
  if (!isUnknown) return judgeEntry(entry, filter, schema)
  const truth = judgeNoted(entry, isNew, filter, schema)
  return truth === 'undefined' ? false : truth
}

/** Whether the server will note a value of this attribute by itself. */
export function isNoted(attribute: string, isNew: boolean, schema: Schema): boolean {
  const name = nameOf(attribute, schema)
  return NOTED.has(name) || (isNew && NOTED_AT_FIRST.has(name))
}

/** Whether a search is about what is below its entries. */
export function countsChildren({ filter, attributes }: SearchRequest): boolean {
  return [...readBy(filter), ...attributes].some(
    (attribute) => attribute !== null && CHILDREN.has(attribute.toLowerCase()),
  )
}

/** Whether a filter reads the names of entries. */
export function namesEntries(filter: Filter): boolean {
  return leavesOf(filter).some(
    (leaf) => (leaf.type === 'extensible' && leaf.dnAttributes) || isEntryDn(leaf.attribute),
  )
}

/** Whether the filter reads only what is the same before and after; the name is not compared. */
export function readsUnchanged(
  filter: Filter,
  before: Entry,
  after: Entry,
  hidden: readonly string[],
  schema: Schema,
): boolean {
  const hiddenNames = hidden.map((attribute) => nameOf(attribute, schema))
  return readBy(filter).every((attribute) => {
    if (attribute === null || isNoted(attribute, false, schema)) return false
    if (hiddenNames.includes(nameOf(attribute, schema))) return false
    const values = [before, after].map((entry) => JSON.stringify(valuesOf(entry, attribute, schema)))
    return values[0] === values[1]
  })
}

/** One filter is asked of many entries. */
const readByFilter = new WeakMap<Filter, readonly (string | null)[]>()

/** The attributes that a filter reads, each once; null is an item without one. */
function readBy(filter: Filter): readonly (string | null)[] {
  let known = readByFilter.get(filter)
  if (known === undefined) {
    known = [...new Set(leavesOf(filter).map(({ attribute }) => attribute))]
    readByFilter.set(filter, known)
  }
  return known
}

type Leaf = Exclude<Filter, { readonly type: 'and' | 'or' | 'not' }>

function leavesOf(filter: Filter): readonly Leaf[] {
  switch (filter.type) {
    case 'and':
    case 'or':
      return filter.filters.flatMap(leavesOf)
    case 'not':
      return leavesOf(filter.filter)
    case 'equality':
    case 'substrings':
    case 'present':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'extensible':
      return [filter]
  }
}

/** Kleene's logic over the items, those about notes of the server unknown. */
function judgeNoted(entry: Entry, isNew: boolean, filter: Filter, schema: Schema): Verdict | 'undefined' {
  switch (filter.type) {
    case 'and':
    case 'or': {
      const decisive = filter.type === 'or'
      const truths = filter.filters.map((inner) => judgeNoted(entry, isNew, inner, schema))
      if (truths.includes(decisive)) return decisive
      if (truths.includes('cannotTell')) return 'cannotTell'
      return truths.includes('undefined') ? 'undefined' : !decisive
    }
    case 'not': {
      const truth = judgeNoted(entry, isNew, filter.filter, schema)
      return typeof truth === 'boolean' ? !truth : truth
    }
    case 'equality':
    case 'substrings':
    case 'present':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'extensible': {
      const isUnknown = filter.attribute !== null && isNoted(filter.attribute, isNew, schema)
      return isUnknown ? 'cannotTell' : matchFilter(filter, entry, schema)
    }
  }
}

/** The values that an assertion on the attribute sees, of subtypes and with options too. */
function valuesOf(entry: Entry, attribute: string, schema: Schema): readonly (readonly string[])[] {
  const wanted = resolveDescription(attribute, schema)
  return entry.attributes
    .filter(({ description }) => {
      const resolved = resolveDescription(description, schema)
      if (wanted === null || resolved === null) return description.toLowerCase() === attribute.toLowerCase()
      return isSubdescription(resolved, wanted)
    })
    .map(({ values }) => values)
}

function nameOf(attribute: string, schema: Schema): string {
  return (resolveDescription(attribute, schema)?.type.name ?? attribute).toLowerCase()
}

function isEntryDn(attribute: string | null): boolean {
  return attribute !== null && ['entrydn', '1.3.6.1.1.20'].includes(attribute.toLowerCase())
}

/**
 * filter-inversion - which lookup keys of a table can find a given entry.
 *
 * The query filter is read once with placeholders for its % fields. Each assertion with a field, solved
 * against the entry's own values, says what the key must look like: all must hold under `&`, one under `|`;
 * assertions without fields are simply tried on the entry. A search base with fields adds what the entry's
 * DN says. What cannot be solved (negations, comparisons, too many ways) leaves the answer open: then other
 * keys than those listed may find the entry, and the reason is given. Over-inclusive on purpose: the lookup
 * itself judges each key. Authority: ldap_table(5) query_filter, search_base; RFC 4515.
 */
import { formatDn, parentDn, parseDn } from '@/lib/ldap/dn'
import { isSubdescription, resolveDescription } from '@/lib/ldap/attribute-description'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { matchFilter } from '@/lib/ldap/filter-match'
import { parseFilter } from '@/lib/ldap/filter-parser'
import type { Schema } from '@/lib/ldap/schema'
import { parseTemplate, type Template } from '@/lib/postfix/key-expansion'
import type { Text } from '@/lib/words/text'
import {
  type Binding,
  emptyBinding,
  keyOf,
  type KeyField,
  mergeBindings,
  type PatternPart,
  solvePattern,
} from './value-pattern'

/** The two templates of a table that say what is searched for; LdapTableConfiguration fits. */
export interface QueryTemplates {
  readonly searchBase: string
  readonly queryFilter: string
}

/** A table's query, prepared for inversion. */
export interface KeyFinder {
  /** null when the filter cannot be read with placeholders in it. */
  readonly filter: Filter | null
  /** null when the base has no fields. */
  readonly base: string | null
}

export interface FoundKeys {
  /** As the entry spells them, each once; the caller folds them. */
  readonly keys: readonly string[]
  /** Why other keys may find the entry too; null if the list is complete. */
  readonly open: Text | null
}

const FIELDS: readonly KeyField[] = ['s', 'u', 'd', '1', '2', '3', '4', '5', '6', '7', '8', '9']
/** A private-use character stands for each field while the filter is parsed. */
const FIRST_PLACEHOLDER = 0xe5f0
const PLACEHOLDER = new RegExp(
  `[\\u{e5f0}-\\u{${(FIRST_PLACEHOLDER + FIELDS.length - 1).toString(16)}}]`,
  'u',
)

/** What is possible for a key: one of the bindings; null where nothing can be said. */
type Possible = readonly Binding[] | null

const ANYTHING: readonly Binding[] = [emptyBinding()]

/** Reads the templates of a table. */
export function keyFinder(templates: QueryTemplates): KeyFinder {
  const filter = parseTemplate(templates.queryFilter)
  const base = parseTemplate(templates.searchBase)
  const baseText = base === null ? '' : withPlaceholders(base)
  return {
    filter: filter === null ? null : parseFilter(withPlaceholders(filter)),
    base: PLACEHOLDER.test(baseText) ? baseText : null,
  }
}

/** The keys by which the table's query can find this entry. */
export function keysThatFind(finder: KeyFinder, entry: Entry, schema: Schema): FoundKeys {
  if (finder.filter === null) return { keys: [], open: { key: 'findings.open.unreadable' } }
  const byFilter = possible(finder.filter, entry, schema)
  if (byFilter === null) return { keys: [], open: { key: 'findings.open.notInvertible' } }
  const byBase = finder.base === null ? ANYTHING : possibleByBase(finder.base, entry)
  const bindings = combine(byFilter, byBase)
  if (bindings === null) return { keys: [], open: { key: 'findings.open.tooMany' } }
  const keys = bindings.map(keyOf)
  const known = keys.filter((key) => key !== null)
  return {
    keys: [...new Set(known)],
    open: known.length < keys.length ? { key: 'findings.open.part' } : null,
  }
}

/** Attribute types, in lower case, that the query filter reads; those compared with the key, and the others. */
export function filterAttributes(finder: KeyFinder): {
  readonly keyed: ReadonlySet<string>
  readonly fixed: ReadonlySet<string>
} {
  const keyed = new Set<string>()
  const fixed = new Set<string>()
  const visit = (filter: Filter): void => {
    switch (filter.type) {
      case 'and':
      case 'or':
        filter.filters.forEach(visit)
        return
      case 'not':
        visit(filter.filter)
        return
      case 'equality':
      case 'substrings':
      case 'present':
      case 'approximate':
      case 'greaterOrEqual':
      case 'lessOrEqual':
      case 'extensible':
        if (filter.attribute !== null)
          (mentionsKey(filter) ? keyed : fixed).add(filter.attribute.toLowerCase())
    }
  }
  if (finder.filter !== null) visit(finder.filter)
  return { keyed, fixed }
}

function withPlaceholders(template: Template): string {
  return template.parts
    .map((part) => {
      if (part.type === 'literal') return part.text
      const field = FIELDS.findIndex((name) => name === part.field.toLowerCase())
      return String.fromCharCode(FIRST_PLACEHOLDER + field)
    })
    .join('')
}

function possible(filter: Filter, entry: Entry, schema: Schema): Possible {
  if (!mentionsKey(filter)) {
    const verdict = matchFilter(filter, entry, schema)
    return verdict === true || verdict === 'cannotTell' ? ANYTHING : []
  }
  switch (filter.type) {
    case 'and':
      return filter.filters
        .map((inner) => possible(inner, entry, schema))
        .reduce((one, other) => combine(one, other), ANYTHING)
    case 'or': {
      const each = filter.filters.map((inner) => possible(inner, entry, schema))
      return each.includes(null) ? null : each.flatMap((bindings) => bindings ?? [])
    }
    case 'equality':
      return possibleByValues(valuesOfType(entry, filter.attribute, schema), [filter.value])
    case 'substrings':
      return possibleByValues(valuesOfType(entry, filter.attribute, schema), [
        filter.initial ?? '',
        ...filter.any,
        filter.final ?? '',
      ])
    case 'extensible':
      return filter.attribute === null || filter.dnAttributes
        ? null
        : possibleByValues(valuesOfType(entry, filter.attribute, schema), [filter.value])
    case 'not':
    case 'present':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
      return null
  }
}

/** The values that an assertion on this attribute sees: also under its other names, and of subtypes. */
function valuesOfType(entry: Entry, attribute: string, schema: Schema): readonly string[] {
  const wanted = resolveDescription(attribute, schema)
  if (wanted === null) return []
  return entry.attributes.flatMap(({ description, values }) => {
    const resolved = resolveDescription(description, schema)
    return resolved !== null && isSubdescription(resolved, wanted) ? values : []
  })
}

/** Pieces of text with anything between them, solved against each value. */
function possibleByValues(values: readonly string[], pieces: readonly string[]): Possible {
  const parts = pieces.flatMap((piece, at): readonly PatternPart[] =>
    at === 0 ? partsOf(piece) : [{ type: 'wildcard' }, ...partsOf(piece)],
  )
  const each = values.map((value) => solvePattern(parts, value))
  return each.includes(null) ? null : each.flatMap((bindings) => bindings ?? [])
}

/** The base must be the entry or above it; text that does not fit says nothing, so that no key is lost. */
function possibleByBase(base: string, entry: Entry): Possible {
  const texts: string[] = []
  for (let dn = parseDn(entry.dn); dn !== null && dn.length > 0; dn = parentDn(dn)) texts.push(formatDn(dn))
  const bindings = possibleByValues(texts, [base.replace(/\s*,\s*/g, ',')])
  return bindings === null || bindings.length === 0 ? ANYTHING : bindings
}

/** Both at once. Null where one says nothing is still bounded by the other. */
function combine(one: Possible, other: Possible): Possible {
  if (one === null || other === null) return narrower(one ?? other)
  const merged = one.flatMap((first) =>
    other.map((second) => mergeBindings(first, second)).filter((binding) => binding !== null),
  )
  return merged.length > 1000 ? null : merged
}

/** Beside something unknown, a list counts only if it determines the key or excludes every key. */
function narrower(bindings: Possible): Possible {
  return bindings?.every((binding) => keyOf(binding) !== null) === true ? bindings : null
}

/** Whether a filter with placeholders compares something with the key. */
export function mentionsKey(filter: Filter): boolean {
  switch (filter.type) {
    case 'and':
    case 'or':
      return filter.filters.some(mentionsKey)
    case 'not':
      return mentionsKey(filter.filter)
    case 'present':
      return false
    case 'substrings':
      return [filter.initial ?? '', ...filter.any, filter.final ?? ''].some((text) => PLACEHOLDER.test(text))
    case 'equality':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'extensible':
      return PLACEHOLDER.test(filter.value)
  }
}

/** Text with placeholders, as literals and fields. */
export function partsOf(text: string): readonly PatternPart[] {
  const parts: PatternPart[] = []
  let literal = ''
  for (const character of text) {
    const field = FIELDS[(character.codePointAt(0) ?? 0) - FIRST_PLACEHOLDER]
    if (field === undefined) {
      literal += character
      continue
    }
    if (literal !== '') parts.push({ type: 'literal', text: literal })
    literal = ''
    parts.push({ type: 'field', field })
  }
  return literal === '' ? parts : [...parts, { type: 'literal', text: literal }]
}

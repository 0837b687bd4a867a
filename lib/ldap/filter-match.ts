/**
 * filter-match - whether an entry matches a filter (RFC 4511 section 4.5.1.7), judged as slapd does.
 *
 * Three-valued: an unknown attribute, an illegal assertion value or a missing matching rule make an item
 * undefined, which is no match, also under `!`. An attribute that the entry lacks is a plain false. A rule that
 * the server has and this code has not gives `cannotTell`, never a guess. The order of the checks is that of
 * slapd's get_filter and test_filter, where the kind of result depends on it.
 */
import type { AttributeDescription } from './attribute-description'
import { isSubdescription, resolveDescription } from './attribute-description'
import { parseDn } from './dn'
import type { Attribute, Entry } from './entry'
import type { Filter } from './filter'
import { findMatchingRule } from './matching-rules'
import type { MatchingRule } from './matching-rules'
import type { Schema } from './schema'
import { isSubclass } from './schema'

export type Truth = boolean | 'undefined' | 'cannotTell'

/** A filter made ready for many entries. */
export type EntryTest = (entry: Entry) => Truth

/** Whether the entry matches. The entry must hold its operational attributes for them to be found. */
export function matchFilter(filter: Filter, entry: Entry, schema: Schema): Truth {
  let tests = testsOf.get(schema)
  if (tests === undefined) testsOf.set(schema, (tests = new WeakMap()))
  let test = tests.get(filter)
  if (test === undefined) tests.set(filter, (test = compileFilter(filter, schema)))
  return test(entry)
}

/** Filters made ready before: one filter is mostly asked of many entries. */
const testsOf = new WeakMap<Schema, WeakMap<Filter, EntryTest>>()

/** The test for a filter; assertion values are prepared once. */
export function compileFilter(filter: Filter, schema: Schema): EntryTest {
  switch (filter.type) {
    case 'and': {
      const tests = filter.filters.map((member) => compileFilter(member, schema))
      return (entry) => combine(tests, entry, false)
    }
    case 'or': {
      const tests = filter.filters.map((member) => compileFilter(member, schema))
      return (entry) => combine(tests, entry, true)
    }
    case 'not': {
      const test = compileFilter(filter.filter, schema)
      return (entry) => {
        const truth = test(entry)
        return typeof truth === 'boolean' ? !truth : truth
      }
    }
    case 'present': {
      const description = resolveDescription(filter.attribute, schema)
      if (description === null) return () => 'undefined'
      return (entry) => attributesOf(entry, description, schema).length > 0
    }
    case 'equality':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
      return compileAssertion(filter, schema)
    case 'substrings':
      return compileSubstrings(filter, schema)
    case 'extensible':
      return compileExtensible(filter, schema)
  }
}

/** Kleene's logic; `decisive` is the value that settles a list at once: false for and, true for or. */
function combine(tests: readonly EntryTest[], entry: Entry, decisive: boolean): Truth {
  let result: Truth = !decisive
  for (const test of tests) {
    const truth = test(entry)
    if (truth === decisive) return decisive
    if (typeof truth !== 'boolean' && result !== 'cannotTell') result = truth
  }
  return result
}

function attributesOf(entry: Entry, wanted: AttributeDescription, schema: Schema): readonly Attribute[] {
  return entry.attributes.filter(({ description, values }) => {
    const resolved = resolveDescription(description, schema)
    return resolved !== null && values.length > 0 && isSubdescription(resolved, wanted)
  })
}

type Assertion = Extract<Filter, { type: 'equality' | 'approximate' | 'greaterOrEqual' | 'lessOrEqual' }>

function compileAssertion(filter: Assertion, schema: Schema): EntryTest {
  const description = resolveDescription(filter.attribute, schema)
  if (description === null) return () => 'undefined'
  const { type } = description
  const isOrdering = filter.type === 'greaterOrEqual' || filter.type === 'lessOrEqual'
  const ruleName = isOrdering ? type.ordering : type.equality
  if (ruleName === null) return () => 'undefined'
  if (isObjectClass(type.oid)) {
    const test = compileClass(description, filter.value, schema)
    return isOrdering ? () => 'undefined' : test
  }
  const rule = findMatchingRule(ruleName)
  if (rule === undefined) return () => 'cannotTell'
  const asserted = rule.prepare(filter.value, 'whole', schema)
  if (asserted === null) return () => 'undefined'
  const accepts = comparison(filter.type, rule, asserted)
  // Words that only sound alike may match too, which depends on how the server was built.
  const otherwise = filter.type === 'approximate' && rule.hasApproximate ? 'cannotTell' : false
  return (entry) => anyValue(attributesOf(entry, description, schema), rule, schema, accepts, otherwise)
}

/** Comparable forms of equal values are equal strings, so only an order needs the rule. */
function comparison(
  type: Assertion['type'],
  rule: MatchingRule,
  asserted: string,
): (value: string) => boolean {
  switch (type) {
    case 'greaterOrEqual':
      return (value) => rule.compare(value, asserted) >= 0
    case 'lessOrEqual':
      return (value) => rule.compare(value, asserted) <= 0
    case 'equality':
    case 'approximate':
      return (value) => value === asserted
  }
}

/** True if a value is accepted; `otherwise` if none is; undefined if a stored value is illegal for the rule. */
function anyValue(
  attributes: readonly Attribute[],
  rule: MatchingRule,
  schema: Schema,
  accepts: (prepared: string) => boolean,
  otherwise: Truth,
): Truth {
  if (attributes.length === 0) return false
  let result = otherwise
  for (const value of attributes.flatMap(({ values }) => values)) {
    const prepared = rule.prepare(value, 'whole', schema)
    if (prepared === null) result = 'undefined'
    else if (accepts(prepared)) return true
  }
  return result
}

/** objectClass and structuralObjectClass match their superclasses too (slapd: objectSubClassMatch). */
function isObjectClass(oid: string): boolean {
  return oid === '2.5.4.0' || oid === '2.5.21.9'
}

function compileClass(description: AttributeDescription, value: string, schema: Schema): EntryTest {
  const asserted = schema.objectClass(value)
  if (asserted === undefined) return () => 'undefined'
  return (entry) =>
    attributesOf(entry, description, schema)
      .flatMap(({ values }) => values)
      .some((name) => {
        const objectClass = schema.objectClass(name)
        return objectClass !== undefined && isSubclass(objectClass, asserted)
      })
}

function compileSubstrings(filter: Extract<Filter, { type: 'substrings' }>, schema: Schema): EntryTest {
  const description = resolveDescription(filter.attribute, schema)
  if (description === null) return () => 'undefined'
  const { substrings, equality } = description.type
  if (substrings === null || equality === null) return () => 'undefined'
  const rule = findMatchingRule(equality)
  if (rule === undefined || findMatchingRule(substrings) === undefined) return () => 'cannotTell'
  // slapd prepares the parts with the equality rule.
  const initial = filter.initial === null ? '' : rule.prepare(filter.initial, 'initial', schema)
  const any = filter.any.map((piece) => rule.prepare(piece, 'any', schema))
  const final = filter.final === null ? '' : rule.prepare(filter.final, 'final', schema)
  const pieces = any.filter((piece) => piece !== null)
  if (initial === null || final === null || pieces.length < any.length) return () => 'undefined'
  const accepts = (value: string): boolean => hasPieces(value, initial, pieces, final)
  return (entry) => anyValue(attributesOf(entry, description, schema), rule, schema, accepts, false)
}

/** Whether a value begins and ends so and holds the pieces between in order, without overlap. */
function hasPieces(value: string, initial: string, any: readonly string[], final: string): boolean {
  if (!value.startsWith(initial)) return false
  let at = initial.length
  for (const piece of any) {
    const found = value.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return value.length - final.length >= at && value.endsWith(final)
}

function compileExtensible(filter: Extract<Filter, { type: 'extensible' }>, schema: Schema): EntryTest {
  const description = filter.attribute === null ? null : resolveDescription(filter.attribute, schema)
  if (filter.attribute !== null && description === null) return () => 'undefined'
  const ruleName = filter.matchingRule ?? description?.type.equality ?? null
  if (ruleName === null || !schema.knowsMatchingRule(ruleName)) return () => 'undefined'
  const rule = findMatchingRule(ruleName)
  // What slapd makes of an ordering or substrings rule here is its own affair.
  if (rule?.use !== 'equality') return () => 'cannotTell'
  if (description !== null && !isUsable(rule, description)) return () => 'undefined'
  const asserted = rule.prepare(filter.value, 'whole', schema)
  if (asserted === null) return () => 'undefined'
  const accepts = (value: string): boolean => value === asserted
  return (entry) => {
    const isWanted = (name: string): boolean => {
      const resolved = resolveDescription(name, schema)
      if (resolved === null) return false
      if (description !== null) return isSubdescription(resolved, description)
      return isUsable(rule, resolved) && !COMPUTED.includes(resolved.type.oid)
    }
    const named = filter.dnAttributes ? namingAttributes(entry) : []
    const attributes = [...entry.attributes, ...named].filter((attribute) => isWanted(attribute.description))
    return anyValue(attributes, rule, schema, accepts, false)
  }
}

/** entryDN, hasSubordinates, subschemaSubentry: not stored, so slapd overlooks them when no attribute is named. */
const COMPUTED = ['1.3.6.1.1.20', '2.5.18.9', '2.5.18.10']

/** Whether the server applies the rule to attributes of this type (slapd: mr_usable_with_at). */
function isUsable(rule: MatchingRule, { type }: AttributeDescription): boolean {
  const own = type.equality === null ? undefined : findMatchingRule(type.equality)
  return own === rule || (type.syntax !== null && rule.syntaxes.includes(type.syntax))
}

/** The attributes in the entry's DN, its own RDN and those above. */
function namingAttributes(entry: Entry): readonly Attribute[] {
  return (parseDn(entry.dn) ?? [])
    .flat()
    .map(({ attribute, value }) => ({ description: attribute, values: [value] }))
}

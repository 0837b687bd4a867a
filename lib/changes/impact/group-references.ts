/**
 * group-references - the entries whose results come from other entries: groups that name them by DN or by URL.
 *
 * In: a table with special_result_attribute, and entries that a change touches. Out: the untouched entries that
 * refer to them, through other groups too. A DN is looked for by equality; URLs are read from all entries that
 * have some, and count when they may find a touched entry before or after. A failed search is a problem in
 * words. LDAP round trips: one for each level of nesting, none for a table without such attributes.
 * Authority: ldap_table(5) special_result_attribute; RFC 4516.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { isWithin, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { matchFilter } from '@/lib/ldap/filter-match'
import { parseFilter } from '@/lib/ldap/filter-parser'
import type { Schema } from '@/lib/ldap/schema'
import { SYNTAX } from '@/lib/ldap/syntaxes'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import { extendsName } from '@/lib/postfix/ldap-table-values'
import { isLdapUrl, parseLdapUrl } from '@/lib/postfix/ldap-url'
import type { Text } from '@/lib/words/text'
import { searchProblem } from '@/lib/changes/search-problem'

export interface Referrers {
  readonly entries: readonly Entry[]
  /** Why they could not be found; null if they could. */
  readonly problem: Text | null
}

const NO_REFERRERS: Referrers = { entries: [], problem: null }

/** Where to search, and how. */
export interface ReferenceScope {
  readonly authority: Authority
  /** All groups are below it. */
  readonly base: string
  readonly schema: Schema
}

/** The entries that lead a lookup of the table to one of these, each once. */
export async function findReferrers(
  { authority, base, schema }: ReferenceScope,
  { specialResultAttributes }: LdapTableConfiguration,
  targets: readonly Entry[],
): Promise<Referrers> {
  if (specialResultAttributes.length === 0 || targets.length === 0) return NO_REFERRERS
  const holdsDns = (attribute: string): boolean => schema.attributeType(attribute)?.syntax === SYNTAX.dn
  const found = new Map<string, Entry>()
  let level: readonly Entry[] = targets
  while (level.length > 0) {
    const filters = specialResultAttributes.flatMap((attribute): readonly Filter[] =>
      holdsDns(attribute)
        ? level.map(({ dn }): Filter => ({ type: 'equality', attribute, value: dn }))
        : [{ type: 'present', attribute }],
    )
    const result = await search(authority, {
      base,
      scope: 'sub',
      filter: { type: 'or', filters },
      attributes: ['*', '+'],
      sizeLimit: 0,
      timeLimit: 0,
      dereference: 0,
    })
    if (result.status === 'failed') {
      return { entries: [...found.values()], problem: searchProblem(result) }
    }
    const aims = level
    const fresh = result.entries.filter(
      (entry) => !found.has(entry.dn) && refersTo(entry, specialResultAttributes, aims, schema),
    )
    for (const entry of fresh) found.set(entry.dn, entry)
    level = fresh
  }
  return { entries: [...found.values()], problem: null }
}

function refersTo(
  entry: Entry,
  names: readonly string[],
  targets: readonly Entry[],
  schema: Schema,
): boolean {
  const values = entry.attributes
    .filter(({ description }) => names.some((name) => extendsName(description, name)))
    .flatMap((attribute) => attribute.values)
  return values.some((value) =>
    isLdapUrl(value) ? findsAny(value, targets, schema) : namesAny(value, targets),
  )
}

function namesAny(value: string, targets: readonly Entry[]): boolean {
  const dn = parseDn(value)
  return dn === null || targets.some((target) => isBoth(target.dn, value))
}

function isBoth(one: string, other: string): boolean {
  const [first, second] = [parseDn(one), parseDn(other)]
  return first !== null && second !== null && isWithin(first, second) && isWithin(second, first)
}

function findsAny(value: string, targets: readonly Entry[], schema: Schema): boolean {
  const url = parseLdapUrl(value)
  if ('code' in url) return false
  const filter = parseFilter(url.filter)
  const base = parseDn(url.dn)
  if (filter === null || base === null) return false
  return targets.some((target) => {
    const dn = parseDn(target.dn)
    if (dn === null || !isWithin(dn, base)) return false
    const truth = matchFilter(filter, target, schema)
    return truth === true || truth === 'cannotTell'
  })
}

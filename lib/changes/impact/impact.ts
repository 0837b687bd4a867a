/**
 * impact - which lookups a change can touch: for each table of the site, the keys to ask before and after.
 *
 * A table is touched where the change alters an attribute that its query filter compares or its result gives.
 * When only compared values change, the keys that come or go count; when the result or another condition
 * changes, all keys by which the entry is found. Every affected address is asked in each table that takes
 * addresses, and its domain in each that takes domains: "it is no mailbox" is part of the answer.
 * Keys that cannot be listed are reported as open. Authority: ldap_table(5); postconf(5) for the parameters.
 */
import { resolveDescription } from '@/lib/ldap/attribute-description'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { foldCase } from '@/lib/postfix/case-folding'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import type { LookupFlags } from '@/lib/postfix/lookup-table'
import { changedAttributes, type EntryImage, valueDifference } from '@/lib/changes/entry-image'
import { filterAttributes, type KeyFinder, keyFinder, keysThatFind } from './filter-inversion'
import { ADDRESS_ATTRIBUTES } from '@/lib/changes/findings/finding-facts'
import { inTurns } from '@/lib/changes/portions'
import type { Text } from '@/lib/words/text'
import type { Referrers } from './group-references'

/** One table of the site, as far as its keys matter. */
export interface QueriedTable {
  /** main.cf parameter that names it. */
  readonly parameter: string
  /** null if it is no LDAP table; then only affected addresses are asked. */
  readonly configuration: LdapTableConfiguration | null
}

export interface TableImpact {
  /** Folded, each once. */
  readonly keys: readonly string[]
  /** Why other keys may change too; null if these are all. */
  readonly open: Text | null
}

export interface Impact {
  /** For each table, in the order given. */
  readonly tables: readonly TableImpact[]
  /** Folded addresses whose delivery may change; catch-alls as @domain. */
  readonly addresses: readonly string[]
  /** Folded domains of which every address may be concerned: by a domain table, or by a catch-all. */
  readonly domains: readonly string[]
}

const NO_REFERRERS: Referrers = { entries: [], problem: null }

/** Whether the keys of tables of this parameter are domains, and not addresses. */
export function takesDomains(parameter: string): boolean {
  return parameter.endsWith('_domains') || parameter === 'mydestination'
}

/**
 * The impact of a change on the tables of the site. A stored value is found without its outer blanks too.
 * @param referrers for each table the untouched entries whose results come from touched ones
 */
export async function impactOf(
  tables: readonly QueriedTable[],
  images: readonly EntryImage[],
  referrers: readonly Referrers[],
  schema: Schema,
  flags: LookupFlags,
): Promise<Impact> {
  const fold = (key: string): string => (flags.fold ? foldCase(key, flags.utf8) : key)
  const spellings = (key: string): readonly string[] => [fold(key), fold(key.trim().replace(/\s+/g, ' '))]
  const own: TableImpact[] = []
  for (const [at, { configuration }] of tables.entries())
    own.push(await ownImpact(configuration, images, referrers[at] ?? NO_REFERRERS, schema, spellings))
  const keys = own.flatMap((impact, at) => (takesDomains(tables[at]?.parameter ?? '') ? [] : impact.keys))
  const each = await inTurns(images, (image) =>
    ADDRESS_ATTRIBUTES.flatMap((attribute) => {
      const { added, removed } = valueDifference(image, attribute)
      return [...removed, ...added]
    }),
  )
  const values = each.flat()
  const addresses = unique([...keys, ...values.map(fold)].filter((key) => key.includes('@')))
  const domains = unique(addresses.map((address) => address.slice(address.lastIndexOf('@') + 1)))
  const ownDomains = own.flatMap((impact, at) =>
    takesDomains(tables[at]?.parameter ?? '') ? impact.keys : impact.keys.filter((key) => !key.includes('@')),
  )
  const catchAlls = keys.filter((key) => key.startsWith('@')).map((key) => key.slice(1))
  return {
    addresses,
    domains: unique([...ownDomains, ...catchAlls]),
    tables: own.map((impact, at) => {
      const asked = takesDomains(tables[at]?.parameter ?? '') ? domains : addresses
      return { keys: unique([...impact.keys, ...asked]).filter((key) => key !== ''), open: impact.open }
    }),
  }
}

/** Attribute types, in lower case, that a table's answers depend on. */
export function attributesOfTable(configuration: LdapTableConfiguration): ReadonlySet<string> {
  const { keyed, fixed } = filterAttributes(keyFinder(configuration))
  return new Set([...keyed, ...fixed, ...resultAttributes(configuration)])
}

async function ownImpact(
  configuration: LdapTableConfiguration | null,
  images: readonly EntryImage[],
  referrers: Referrers,
  schema: Schema,
  spellings: (key: string) => readonly string[],
): Promise<TableImpact> {
  if (configuration === null) return { keys: [], open: null }
  const finder = keyFinder(configuration)
  const query = queryOf(configuration, finder, schema)
  const each = [
    ...(await inTurns(images, (image) => impactOfImage(query, image, schema))),
    ...(await inTurns(referrers.entries, (entry) => keysThatFind(finder, entry, schema))),
  ]
  const unsearched: Text | null =
    referrers.problem === null
      ? null
      : { key: 'findings.open.groups', values: { problem: referrers.problem } }
  return {
    keys: unique(each.flatMap(({ keys }) => keys.flatMap(spellings))),
    open: each.find(({ open }) => open !== null)?.open ?? unsearched,
  }
}

/** A table's query with the names of the attribute types that its answers depend on. */
interface TableQuery {
  readonly finder: KeyFinder
  /** Compared with the key. */
  readonly keyed: ReadonlySet<string>
  /** Given as results, or compared with something else. */
  readonly others: ReadonlySet<string>
}

function queryOf(configuration: LdapTableConfiguration, finder: KeyFinder, schema: Schema): TableQuery {
  const { keyed, fixed } = filterAttributes(finder)
  const names = (attributes: Iterable<string>): ReadonlySet<string> =>
    new Set([...attributes].map((attribute) => nameOf(attribute, schema)))
  return { finder, keyed: names(keyed), others: names([...fixed, ...resultAttributes(configuration)]) }
}

function nameOf(description: string, schema: Schema): string {
  return (resolveDescription(description, schema)?.type.name ?? description).toLowerCase()
}

function impactOfImage(
  { finder, keyed, others }: TableQuery,
  image: EntryImage,
  schema: Schema,
): TableImpact {
  const changed = changedAttributes(image).map((attribute) => nameOf(attribute, schema))
  const touches = (names: ReadonlySet<string>): boolean => changed.some((name) => names.has(name))
  const moved = image.before === null || image.after === null || image.before.dn !== image.after.dn
  const wholly = moved || touches(others)
  if (!wholly && !touches(keyed)) return { keys: [], open: null }
  const before = keysOf(finder, image.before, schema)
  const after = keysOf(finder, image.after, schema)
  const kept = wholly ? [] : before.keys.filter((key) => after.keys.includes(key))
  const keys = [...before.keys, ...after.keys].filter((key) => !kept.includes(key))
  return { keys, open: before.open ?? after.open }
}

function keysOf(finder: KeyFinder, entry: Entry | null, schema: Schema): TableImpact {
  return entry === null ? { keys: [], open: null } : keysThatFind(finder, entry, schema)
}

function resultAttributes(configuration: LdapTableConfiguration): readonly string[] {
  return [
    ...configuration.terminalResultAttributes,
    ...configuration.leafResultAttributes,
    ...configuration.resultAttributes,
    ...configuration.specialResultAttributes,
  ].map((attribute) => attribute.toLowerCase())
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

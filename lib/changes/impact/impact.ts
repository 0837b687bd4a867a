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
export function impactOf(
  tables: readonly QueriedTable[],
  images: readonly EntryImage[],
  referrers: readonly Referrers[],
  schema: Schema,
  flags: LookupFlags,
): Impact {
  const fold = (key: string): string => (flags.fold ? foldCase(key, flags.utf8) : key)
  const spellings = (key: string): readonly string[] => [fold(key), fold(key.trim().replace(/\s+/g, ' '))]
  const own = tables.map(({ configuration }, at) =>
    ownImpact(configuration, images, referrers[at] ?? NO_REFERRERS, schema, spellings),
  )
  const keys = own.flatMap((impact, at) => (takesDomains(tables[at]?.parameter ?? '') ? [] : impact.keys))
  const values = images.flatMap((image) =>
    ADDRESS_ATTRIBUTES.flatMap((attribute) => {
      const { added, removed } = valueDifference(image, attribute)
      return [...removed, ...added]
    }),
  )
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

function ownImpact(
  configuration: LdapTableConfiguration | null,
  images: readonly EntryImage[],
  referrers: Referrers,
  schema: Schema,
  spellings: (key: string) => readonly string[],
): TableImpact {
  if (configuration === null) return { keys: [], open: null }
  const finder = keyFinder(configuration)
  const each = [
    ...images.map((image) => impactOfImage(configuration, finder, image, schema)),
    ...referrers.entries.map((entry) => keysThatFind(finder, entry, schema)),
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

function impactOfImage(
  configuration: LdapTableConfiguration,
  finder: KeyFinder,
  image: EntryImage,
  schema: Schema,
): TableImpact {
  const nameOf = (description: string): string =>
    (resolveDescription(description, schema)?.type.name ?? description).toLowerCase()
  const changed = new Set(changedAttributes(image).map(nameOf))
  const touches = (attributes: Iterable<string>): boolean =>
    [...attributes].some((attribute) => changed.has(nameOf(attribute)))
  const { keyed, fixed } = filterAttributes(finder)
  const moved = image.before === null || image.after === null || image.before.dn !== image.after.dn
  const wholly = moved || touches(fixed) || touches(resultAttributes(configuration))
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

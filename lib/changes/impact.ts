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
import { changedAttributes, type EntryImage, valueDifference } from './entry-image'
import { filterAttributes, type KeyFinder, keyFinder, keysThatFind } from './filter-inversion'
import { ADDRESS_ATTRIBUTES } from './finding-facts'

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
  readonly open: string | null
}

export interface Impact {
  /** For each table, in the order given. */
  readonly tables: readonly TableImpact[]
  /** Folded addresses whose delivery may change; catch-alls as @domain. */
  readonly addresses: readonly string[]
}

/** Whether the keys of tables of this parameter are domains, and not addresses. */
export function takesDomains(parameter: string): boolean {
  return parameter.endsWith('_domains') || parameter === 'mydestination'
}

/** The impact of a change on the tables of the site. */
export function impactOf(
  tables: readonly QueriedTable[],
  images: readonly EntryImage[],
  schema: Schema,
  flags: LookupFlags,
): Impact {
  const fold = (key: string): string => (flags.fold ? foldCase(key, flags.utf8) : key)
  const own = tables.map((table) => ownImpact(table.configuration, images, schema, fold))
  const keys = own.flatMap((impact, at) => (takesDomains(tables[at]?.parameter ?? '') ? [] : impact.keys))
  const values = images.flatMap((image) =>
    ADDRESS_ATTRIBUTES.flatMap((attribute) => {
      const { added, removed } = valueDifference(image, attribute)
      return [...removed, ...added]
    }),
  )
  const addresses = unique([...keys, ...values.map(fold)].filter((key) => key.includes('@')))
  const domains = unique(addresses.map((address) => address.slice(address.lastIndexOf('@') + 1)))
  return {
    addresses,
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
  schema: Schema,
  fold: (key: string) => string,
): TableImpact {
  if (configuration === null) return { keys: [], open: null }
  const finder = keyFinder(configuration)
  const each = images.map((image) => impactOfImage(configuration, finder, image, schema))
  return {
    keys: unique(each.flatMap(({ keys }) => keys.map(fold))),
    open: each.find(({ open }) => open !== null)?.open ?? null,
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
  const follows = configuration.specialResultAttributes.length > 0
  const references = follows ? 'it follows references from other entries.' : null
  return { keys, open: before.open ?? after.open ?? references }
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

/**
 * key-search - LDAP searches that find the entries behind many keys of a table at once.
 *
 * The way back of filter-inversion: which entries can be found by some address of a domain, and which entries
 * give a certain address as their result. Filters are wider than need be, never narrower: where the schema has
 * no substring rule, presence is asked; what is found is judged by its own keys and values afterwards.
 * Authority: ldap_table(5); RFC 4512 section 4.1.2 (SUBSTR) and RFC 4511 section 4.5.1.7.
 */
import { formatDn, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Schema } from '@/lib/ldap/schema'
import { parseTemplate } from '@/lib/postfix/key-expansion'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import { extendsName } from '@/lib/postfix/ldap-table-values'
import { type KeyFinder, mentionsKey, partsOf } from './filter-inversion'
import type { PatternPart } from './value-pattern'

const ANY_ENTRY: Filter = { type: 'present', attribute: 'objectClass' }

/** The part of a table's search base that is the same for every key; empty if there is none. */
export function fixedBase({ searchBase }: LdapTableConfiguration, finder: KeyFinder): string {
  const template = parseTemplate(searchBase)
  const text =
    finder.base ?? template?.parts.map((part) => (part.type === 'literal' ? part.text : '')).join('')
  const dn = parseDn(text ?? '') ?? []
  const last = dn.findLastIndex((rdn) =>
    rdn.some(({ value }) => partsOf(value).some(({ type }) => type === 'field')),
  )
  return formatDn(dn.slice(last + 1))
}

/** Finds every entry that some address of the domain finds. */
export function filterForDomain(finder: KeyFinder, domain: string, schema: Schema): Filter {
  return finder.filter === null ? ANY_ENTRY : widened(finder.filter, domain, schema)
}

function widened(filter: Filter, domain: string, schema: Schema): Filter {
  if (!mentionsKey(filter)) return filter
  switch (filter.type) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((inner) => widened(inner, domain, schema)) }
    case 'equality':
      return fitting(filter.attribute, [filter.value], domain, schema)
    case 'substrings': {
      const pieces = [filter.initial ?? '', ...filter.any, filter.final ?? '']
      return fitting(filter.attribute, pieces, domain, schema)
    }
    case 'not':
      return ANY_ENTRY
    case 'present':
    case 'approximate':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'extensible':
      return filter.attribute === null ? ANY_ENTRY : { type: 'present', attribute: filter.attribute }
  }
}

function fitting(attribute: string, pieces: readonly string[], domain: string, schema: Schema): Filter {
  const parts = pieces.flatMap((piece, at): readonly PatternPart[] =>
    at === 0 ? partsOf(piece) : [{ type: 'wildcard' }, ...partsOf(piece)],
  )
  const texts = ['']
  const put = (text: string): void => {
    texts.push((texts.pop() ?? '') + text)
  }
  for (const part of parts) {
    if (part.type === 'literal') put(part.text)
    else if (part.type === 'field' && part.field === 'd') put(domain)
    else {
      texts.push('')
      if (part.type === 'field' && part.field === 's') put(`@${domain}`)
    }
  }
  return withPieces(attribute, texts, schema)
}

/** Pieces of text with anything between them, as far as the server can compare so. */
function withPieces(attribute: string, texts: readonly string[], schema: Schema): Filter {
  const [initial = '', ...rest] = texts
  const final = rest.at(-1)
  if (final === undefined) return { type: 'equality', attribute, value: initial }
  const any = rest.slice(0, -1).filter((text) => text !== '')
  const comparable = typeof schema.attributeType(attribute)?.substrings === 'string'
  if (!comparable || [initial, ...any, final].every((text) => text === ''))
    return { type: 'present', attribute }
  return {
    type: 'substrings',
    attribute,
    initial: initial === '' ? null : initial,
    any,
    final: final === '' ? null : final,
  }
}

/** Addresses that are looked for as results. */
export interface WantedResults {
  readonly addresses: readonly string[]
  /** Domains of which so many are wanted that all are asked for. */
  readonly domains: readonly string[]
  /** Characters of recipient_delimiter: `user+x@domain` is delivered by way of `user@domain`. */
  readonly delimiters: string
}

/** Finds every entry whose result may be one of these addresses; null if the table has no plain results. */
export function filterForResults(
  configuration: LdapTableConfiguration,
  wanted: WantedResults,
  schema: Schema,
): Filter | null {
  const attributes = plainResults(configuration)
  const isPlain = configuration.resultFormat === '%s'
  const filters = attributes.flatMap((attribute): readonly Filter[] => {
    const substrings = typeof schema.attributeType(attribute)?.substrings === 'string'
    if (!isPlain || (wanted.domains.length > 0 && !substrings)) return [{ type: 'present', attribute }]
    const texts = new Set(wanted.addresses.flatMap((address) => [address, domainPart(address)]))
    return [
      ...[...texts].map((value): Filter => ({ type: 'equality', attribute, value })),
      ...wanted.domains.map((domain) => withPieces(attribute, ['', `@${domain}`], schema)),
      ...(substrings ? wanted.addresses : []).flatMap((address) =>
        Array.from(wanted.delimiters, (delimiter) =>
          withPieces(attribute, [localPart(address) + delimiter, domainPart(address)], schema),
        ),
      ),
    ]
  })
  return filters.length === 0 ? null : { type: 'or', filters }
}

/** Whether a result of the entry is one of these folded addresses, or an `@domain` that stands for one. */
export function leadsTo(
  entry: Entry,
  configuration: LdapTableConfiguration,
  addresses: ReadonlySet<string>,
  delimiters: string,
): boolean {
  if (configuration.resultFormat !== '%s') return true
  const names = plainResults(configuration)
  return entry.attributes
    .filter(({ description }) => names.some((name) => extendsName(description, name)))
    .flatMap(({ values }) => values)
    .flatMap((value) => value.toLowerCase().split(/[\s,<>]+/))
    .some((value) => addresses.has(value) || addresses.has(withoutExtension(value, delimiters)))
}

function withoutExtension(address: string, delimiters: string): string {
  const local = localPart(address)
  const cut = Array.from(local).findIndex((character, at) => at > 0 && delimiters.includes(character))
  return cut < 0 ? address : local.slice(0, cut) + domainPart(address)
}

function plainResults(configuration: LdapTableConfiguration): readonly string[] {
  return [
    ...configuration.terminalResultAttributes,
    ...configuration.leafResultAttributes,
    ...configuration.resultAttributes,
  ]
}

function localPart(address: string): string {
  return address.slice(0, Math.max(address.lastIndexOf('@'), 0))
}

function domainPart(address: string): string {
  return address.slice(address.lastIndexOf('@'))
}

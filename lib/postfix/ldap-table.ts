/**
 * ldap-table - one LDAP table of ldap_table(5), ready to be asked.
 *
 * In: a checked configuration and access to directories. Out: a LookupTable. A lookup is found, not found, a
 * temporary error (any failure of connecting, binding or searching, and any limit) or a configuration error
 * (the table cannot be opened, or its result is not UTF-8); these are never mixed up.
 *
 * Authority: dict_ldap_open and dict_ldap_lookup (dict_ldap.c), dict_utf8_lookup (dict_utf8.c) of Postfix 3.7.
 */
import type { SearchResult } from '@/lib/ldap/directory-view'
import { decodeOctets, encodeOctets, isUtf8 } from '@/lib/ldap/octets'
import { fatal, fatalOf, warning } from './diagnostic'
import { filterTemplate } from './filter-template'
import { hasFields, keyRequirements, parseTemplate } from './key-expansion'
import { ldapErrorText } from './ldap-error-text'
import { lookupTogether } from './ldap-table-batch'
import type { LdapTableConfiguration } from './ldap-table-configuration'
import { connectTable, prepareKey, searchTable, type KeyQuery, type ReadyLdapTable } from './ldap-table-query'
import { ValueCollector, type Collecting, type NestedSearch } from './ldap-table-values'
import type { Diagnostic, LookupResult } from './lookup-result'
import type { LookupFlags, LookupTable } from './lookup-table'
import type { MatchList } from './match-list'
import type { TableAccess } from './table-access'

export interface LdapTableOptions {
  /** The parsed `domain` list; needed where the configuration has one. */
  readonly domain?: MatchList | undefined
  /** What reading the configuration logged. */
  readonly diagnostics?: readonly Diagnostic[]
}

/** Opens a table; nothing is connected yet. A bad template, or a `domain` that was not parsed, is a problem. */
export function openLdapTable(
  configuration: LdapTableConfiguration,
  access: Pick<TableAccess, 'openDirectory'>,
  options: LdapTableOptions = {},
): LookupTable {
  const { name } = configuration
  const diagnostics = options.diagnostics ?? []
  const searchBase = parseTemplate(configuration.searchBase)
  const queryFilter = parseTemplate(configuration.queryFilter)
  const resultFormat = parseTemplate(configuration.resultFormat)
  if (searchBase === null || queryFilter === null || resultFormat === null) {
    const bad = fatal('cf.template', `db_common_parse: ${name}: Invalid query or result template`)
    return unusableTable(name, [...diagnostics, bad])
  }
  if (configuration.domain !== '' && options.domain === undefined) {
    return unusableTable(name, [...diagnostics, fatal('domain.open', `${name}: the domain list is not open`)])
  }
  const table: ReadyLdapTable = {
    configuration,
    view: access.openDirectory(configuration.server),
    domain: options.domain ?? null,
    searchBase,
    queryFilter,
    filterTemplate: filterTemplate(queryFilter),
    resultFormat,
    needs: keyRequirements([searchBase, queryFilter], resultFormat),
    attributes: [
      ...configuration.terminalResultAttributes,
      ...configuration.leafResultAttributes,
      ...configuration.resultAttributes,
      ...configuration.specialResultAttributes,
    ],
  }
  return {
    name,
    problem: null,
    diagnostics,
    async lookup(key, flags) {
      const prepared = await prepareKey(table, key, flags, () => connectTable(table))
      if (prepared.type === 'answered') return prepared.result
      return evaluate(table, prepared.query, flags, await searchFor(table, prepared.query))
    },
    lookupMany: (keys, flags) =>
      lookupTogether(
        table,
        keys,
        flags,
        (query) => searchFor(table, query),
        (query, result) => evaluate(table, query, flags, result),
      ),
  }
}

/** A table that cannot be opened: its problem is the last, fatal, of these messages. */
export function unusableTable(name: string, diagnostics: readonly Diagnostic[]): LookupTable {
  const problem = fatalOf(diagnostics)?.text ?? `${name}: the table cannot be opened`
  const last = diagnostics.slice(-1)
  const result: LookupResult = {
    status: 'configurationError',
    diagnostics: last,
    steps: [],
    skipped: problem,
  }
  return {
    name,
    problem,
    diagnostics,
    lookup: () => Promise.resolve(result),
    lookupMany: (keys) => Promise.resolve(keys.map(() => result)),
  }
}

function searchFor(table: ReadyLdapTable, query: KeyQuery): Promise<SearchResult> {
  return searchTable(table, query.base, table.configuration.scope, query.filter, table.attributes)
}

/**
 * The answer of a lookup from the result of its first search; follows special attributes, which alone takes
 * further searches and therefore time.
 */
function evaluate(
  table: ReadyLdapTable,
  query: KeyQuery,
  flags: LookupFlags,
  result: SearchResult,
): LookupResult | Promise<LookupResult> {
  const { scope } = table.configuration
  if (result.status === 'complete' && result.entries.length === 0) {
    const steps = [{ base: query.base, scope, filter: query.filter, entries: [] }]
    return { status: 'notFound', diagnostics: [], steps, skipped: null }
  }
  const collector = new ValueCollector(table, query.key)
  collector.record(query.base, scope, query.filter, result)
  if (result.status === 'failed') {
    const { diagnostics, steps } = collector
    const explained = { diagnostics, steps, skipped: null }
    if (result.resultCode === 32 && hasFields(table.searchBase)) return { status: 'notFound', ...explained }
    diagnostics.push(searchProblem(table, query, result.resultCode))
    return { status: 'temporaryError', ...explained }
  }
  const collecting = collector.collect(result.entries, 1)
  const { value: search } = collecting.next()
  if (search === undefined) return conclusion(table, query, flags, collector)
  return collectRest(collecting, search).then(() => conclusion(table, query, flags, collector))
}

async function collectRest(collecting: Collecting, first: NestedSearch): Promise<void> {
  for (let search: NestedSearch | undefined = first; search !== undefined;) {
    search = collecting.next(await search()).value
  }
}

/** The answer when all values are collected. */
function conclusion(
  table: ReadyLdapTable,
  query: KeyQuery,
  flags: LookupFlags,
  collector: ValueCollector,
): LookupResult {
  const { values, diagnostics, steps } = collector
  const explained = { diagnostics, steps, skipped: null }
  if (collector.lastCode !== 0) {
    const text = ldapErrorText(collector.lastCode)
    const message = `dict_ldap_lookup: Had some trouble with entries returned by search: ${text}`
    diagnostics.push(warning(`search.trouble:${text}`, message))
  }
  if (collector.hasFailed()) return { status: 'temporaryError', ...explained }
  if (values.length === 0) return { status: 'notFound', ...explained }
  const value = wellFormed(values.join(','))
  if (flags.utf8 && !isUtf8(value)) {
    const { name } = table.configuration
    const message = `${name}: key "${query.key.whole}": non-UTF-8 value "${value}": malformed UTF-8 or invalid codepoint`
    diagnostics.push(warning('result.non-utf8', message))
    return { status: 'configurationError', ...explained }
  }
  return { status: 'found', value, values, ...explained }
}

function searchProblem(table: ReadyLdapTable, query: KeyQuery, resultCode: number): Diagnostic {
  const text = ldapErrorText(resultCode)
  if (resultCode === 32) {
    const source = table.configuration.name.replace(/^[^:]*:/, '')
    const message = `dict_ldap_lookup: ${source}: Search base '${query.base}' not found: 32: ${text}`
    return warning('search.base-not-found:32', message)
  }
  return warning(`search.error:${resultCode}`, `dict_ldap_lookup: Search error ${resultCode}: ${text} `)
}

/** Joined parts can complete a UTF-8 sequence that was cut in each of them. */
function wellFormed(text: string): string {
  return isUtf8(text) ? text : decodeOctets(encodeOctets(text))
}

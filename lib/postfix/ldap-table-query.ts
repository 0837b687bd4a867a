/**
 * ldap-table-query - from a lookup key to the search that an LDAP table makes, and the search itself.
 *
 * The steps stand in Postfix's order: UTF-8 check, case folding, `domain` list, connect and bind, expansion of
 * search base and query filter. Each of the first four can be the end of the lookup without any search; a
 * suppressed key is found out only after connecting, so that a server that cannot be reached is an error.
 *
 * Authority: dict_utf8_lookup (dict_utf8.c), dict_ldap_lookup, dict_ldap_connect and search_st (dict_ldap.c),
 * db_common_check_domain and db_common_expand (db_common.c) of Postfix 3.7.
 */
import type {
  DirectoryView,
  Scope,
  SearchFailure,
  SearchRequest,
  SearchResult,
} from '@/lib/ldap/directory-view'
import { isUtf8 } from '@/lib/ldap/octets'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { foldCase } from './case-folding'
import { error, warning } from './diagnostic'
import type { FilterTemplate } from './filter-template'
import {
  expandKey,
  quoteForBase,
  quoteForFilter,
  splitKey,
  suppressionOf,
  type KeyParts,
  type KeyRequirements,
  type Template,
} from './key-expansion'
import { ldapErrorText } from './ldap-error-text'
import type { LdapTableConfiguration } from './ldap-table-configuration'
import type { Diagnostic, LookupResult } from './lookup-result'
import type { LookupFlags } from './lookup-table'
import type { MatchList } from './match-list'
import { unusableUri } from './server-uris'
import type { ServerSettings } from './table-access'

/** The timeout with which the client library waits for ever. Any lower one ends each search at once, but no bind. */
const NO_TIMEOUT = -1

/** A configuration made ready for lookups. */
export interface ReadyLdapTable {
  readonly configuration: LdapTableConfiguration
  readonly view: DirectoryView
  readonly domain: MatchList | null
  readonly searchBase: Template
  readonly queryFilter: Template
  /** The query filter parsed, where it can be filled in afterwards. */
  readonly filterTemplate: FilterTemplate | null
  readonly resultFormat: Template
  readonly needs: KeyRequirements
  /** What every search asks for: terminal, leaf, ordinary and special names. */
  readonly attributes: readonly string[]
}

/** The search that one key leads to. */
export interface KeyQuery {
  readonly key: KeyParts
  readonly base: string
  readonly filter: string
}

/** An answer without a search. */
interface AnsweredKey {
  readonly type: 'answered'
  readonly result: LookupResult
}

/** Either the search to make, or the answer without one. */
export type PreparedKey = { readonly type: 'query'; readonly query: KeyQuery } | AnsweredKey

/** Either the key as it goes on, or the answer without any search. */
type AdmittedKey = { readonly type: 'admitted'; readonly key: KeyParts } | AnsweredKey

/** Connects and binds; null when ready, else what Postfix logs. */
export type Connect = () => Promise<Diagnostic | null>

/** Takes a key through all steps before the search. */
export async function prepareKey(
  table: ReadyLdapTable,
  typedKey: string,
  flags: LookupFlags,
  connect: Connect,
): Promise<PreparedKey> {
  const admitted = admitKey(table, typedKey, flags)
  if (admitted.type === 'answered') return admitted
  const { key } = admitted
  if (table.domain !== null) {
    const { answer, diagnostics } = await table.domain.match(key.domain ?? '')
    if (answer === 'error') return answered('temporaryError', diagnostics)
    if (answer === 'no')
      return notAsked(`The table does not serve the domain ${key.domain ?? ''}.`, diagnostics)
  }
  const problem = await connect()
  return problem === null ? queryOf(table, key) : answered('temporaryError', [problem])
}

/** The first steps, up to the `domain` list: UTF-8 check, case folding, and whether the list can be asked. */
function admitKey(table: ReadyLdapTable, typedKey: string, flags: LookupFlags): AdmittedKey {
  if (!isUtf8(typedKey)) {
    const { name } = table.configuration
    const text = `${name}: non-UTF-8 key "${typedKey}": malformed UTF-8 or invalid codepoint`
    return notAsked('The key is not valid UTF-8.', flags.utf8 ? [warning('key.non-utf8', text)] : [])
  }
  const key = splitKey(flags.fold ? foldCase(typedKey, flags.utf8) : typedKey)
  // An empty domain goes on: a table in the list may know every key.
  if (table.domain !== null && (key.domain === null || key.user === '')) {
    return notAsked('The table is restricted to some domains, and the key is no address.', [])
  }
  return { type: 'admitted', key }
}

/** All of these steps for a table that is connected and has no `domain` list. */
export function prepareConnected(table: ReadyLdapTable, typedKey: string, flags: LookupFlags): PreparedKey {
  const admitted = admitKey(table, typedKey, flags)
  return admitted.type === 'answered' ? admitted : queryOf(table, admitted.key)
}

/** The last steps, with a connection: whether the key has what the table needs, and the search for it. */
function queryOf(table: ReadyLdapTable, key: KeyParts): PreparedKey {
  const reason = suppressionOf(key, table.needs)
  if (reason !== null) {
    const empty = warning('key.empty', `table "${table.configuration.name}": empty query string -- ignored`)
    return notAsked(reason, key.whole === '' ? [empty] : [])
  }
  const base = expandKey(table.searchBase, key, quoteForBase)
  return { type: 'query', query: { key, base, filter: expandKey(table.queryFilter, key, quoteForFilter) } }
}

/** Connects and binds where Postfix does before it searches: without a bind the search itself connects. */
export async function connectTable(table: ReadyLdapTable): Promise<Diagnostic | null> {
  const { uris, bind, bindDn, startTls, timeout } = table.configuration.server
  if (unusableUri(uris) !== null) {
    return warning('connect.init', `dict_ldap_connect: Unable to init LDAP server ${uris.join(' ')}`)
  }
  if (bind === 'none' && !startTls) return null
  const failure =
    uris.length === 0 ? noServer('connect') : timeout === 0 ? timedOut('bind') : await table.view.ready()
  if (failure === null) return null
  const reason = `${failure.resultCode}`
  const text = ldapErrorText(failure.resultCode)
  if (startTls && failure.stage !== 'bind') {
    const message = `dict_ldap_connect: Unable to set STARTTLS: ${reason}: ${text}`
    return error(`connect.starttls:${reason}`, message)
  }
  const who = bindDn === '' ? 'empty or implicit' : bindDn
  const message = `dict_ldap_connect: Unable to bind to server ${uris.join(' ')} with dn ${who}: ${reason} (${text})`
  return warning(`connect.bind:${reason}`, message)
}

/** One search of the table with its limits; what the client library or slapd refuses fails here alike. */
export async function searchTable(
  table: ReadyLdapTable,
  base: string,
  scope: Scope,
  filterText: string,
  attributes: readonly string[],
): Promise<SearchResult> {
  const { sizeLimit, server } = table.configuration
  if (server.timeout === 0) return failure(-9, 'The timeout must not be zero.')
  if (/^[ \t\n]*$/.test(filterText)) return failure(2, 'The search filter is empty.')
  const filter = parseFilter(filterText)
  if (filter === null) return failure(-7, `Bad search filter: ${filterText}`)
  if (server.timeout < NO_TIMEOUT) return timedOut('search')
  if (server.uris.length === 0) return noServer('search')
  if (sizeLimit < 0) return failure(2, 'The size limit is negative.')
  return table.view.search({ base, scope, filter, attributes, sizeLimit, ...searchOptions(server) })
}

/** Whether a search gets as far as the server. */
export function reachesServer({ configuration }: ReadyLdapTable): boolean {
  const { sizeLimit, server } = configuration
  return sizeLimit >= 0 && (server.timeout > 0 || server.timeout === NO_TIMEOUT) && server.uris.length > 0
}

/** What stands in every search. */
export function searchOptions(server: ServerSettings): Pick<SearchRequest, 'timeLimit' | 'dereference'> {
  return { timeLimit: Math.max(server.timeout, 0), dereference: server.dereference }
}

/** The answer of a lookup that failed before or in its first search. */
function answered(
  status: 'notFound' | 'temporaryError' | 'configurationError',
  diagnostics: readonly Diagnostic[],
  skipped: string | null = null,
): AnsweredKey {
  return { type: 'answered', result: { status, diagnostics, steps: [], skipped } }
}

function notAsked(reason: string, diagnostics: readonly Diagnostic[]): AnsweredKey {
  return answered('notFound', diagnostics, reason)
}

function failure(resultCode: number, diagnostic: string): SearchFailure {
  return { status: 'failed', stage: 'search', resultCode, diagnostic }
}

function timedOut(stage: 'bind' | 'search'): SearchFailure {
  return {
    status: 'failed',
    stage,
    resultCode: -5,
    diagnostic: 'The timeout has passed before anything could happen.',
  }
}

function noServer(stage: 'connect' | 'search'): SearchFailure {
  return { status: 'failed', stage, resultCode: -1, diagnostic: 'No usable server is named.' }
}

/**
 * ldap-table-parameters - the parameters of ldap_table(5), checked, with the defaults of Debian's build.
 *
 * In: the name `ldap:/path.cf` or `ldap:prefix` and a source of values. Out: the table's configuration, or the
 * fatal message with which Postfix would stop; warnings in Postfix's order. Unknown parameters are ignored, as
 * Postfix ignores them.
 *
 * Authority: ldap_table(5); dict_ldap_open (dict_ldap.c) of Postfix 3.7, whose order of reading is kept.
 */
import type { Dereference, Scope } from '@/lib/ldap/directory-view'
import { fatal, warning } from './diagnostic'
import { hasFields, parseTemplate } from './key-expansion'
import type { LdapTableConfiguration } from './ldap-table-configuration'
import type { Diagnostic } from './lookup-result'
import { ParameterReader, type ParameterLookup } from './parameter-reader'
export type { ParameterFailure } from './parameter-reader'
import { serverUris, splitNames } from './server-uris'
import type { SaslSettings, ServerSettings } from './table-access'

export type LdapTableParameters =
  | {
      readonly status: 'valid'
      readonly configuration: LdapTableConfiguration
      readonly diagnostics: readonly Diagnostic[]
    }
  | { readonly status: 'invalid'; readonly diagnostics: readonly Diagnostic[] }

/** Gives what parsing and opening a `domain` list logs, at the point where Postfix opens it. */
export type DomainCheck = (domain: string) => readonly Diagnostic[]

const SCOPES: ReadonlyMap<string, Scope> = new Map([
  ['sub', 'sub'],
  ['one', 'one'],
  ['base', 'base'],
])

const BINDS: ReadonlyMap<string, ServerSettings['bind']> = new Map([
  ['no', 'none'],
  ['none', 'none'],
  ['yes', 'simple'],
  ['simple', 'simple'],
  ['sasl', 'sasl'],
])

/** Reads and checks all parameters of one table. */
export function ldapTableConfiguration(
  name: string,
  parameters: ParameterLookup,
  checkDomain?: DomainCheck,
): LdapTableParameters {
  const source = name.slice(name.indexOf(':') + 1)
  const reader = new ParameterReader(source, parameters)
  const server = readServer(reader, source)
  const scope = readScope(reader, source)
  const timeout = reader.integer('timeout', 10)
  const templates = readTemplates(reader, source)
  const domain = reader.string('domain', '')
  if (domain !== '' && checkDomain !== undefined && !reader.failed) reader.log(...checkDomain(domain))
  const attributes = readAttributes(reader)
  const bind = readBind(reader)
  warnOfCache(reader, source)
  const limits = readLimits(reader)
  const connection = readConnection(reader, source, server.version)
  if (reader.failed) return { status: 'invalid', diagnostics: reader.diagnostics }
  const { version, ...rest } = connection
  const configuration: LdapTableConfiguration = {
    name,
    server: { uris: server.uris, version, ...bind, timeout, ...rest },
    ...templates,
    scope,
    domain,
    ...attributes,
    ...limits,
  }
  return { status: 'valid', configuration, diagnostics: reader.diagnostics }
}

function readServer(reader: ParameterReader, source: string): { uris: readonly string[]; version: 2 | 3 } {
  const host = reader.string('server_host', 'localhost', true)
  const port = reader.integer('server_port', 389)
  const number = reader.integer('version', 3, 2)
  if (number !== 2 && number !== 3) {
    reader.log(warning('cf.version', `dict_ldap_open: ${source} Unknown version ${number}, using 3.`))
  }
  const { uris, version, diagnostics } = serverUris(host, port, number === 2 ? 2 : 3)
  reader.log(...diagnostics)
  return { uris, version }
}

function readScope(reader: ParameterReader, source: string): Scope {
  const text = reader.string('scope', 'sub', true)
  const scope = SCOPES.get(text.toLowerCase())
  if (scope === undefined) {
    const message = `dict_ldap_open: ${source}: Unrecognized value ${text} specified for scope; using sub`
    reader.log(warning('cf.scope', message))
  }
  return scope ?? 'sub'
}

type Templates = Pick<LdapTableConfiguration, 'searchBase' | 'queryFilter' | 'resultFormat'>

function readTemplates(reader: ParameterReader, source: string): Templates {
  const searchBase = reader.string('search_base', '')
  const queryFilter = reader.string('query_filter', '(mailacceptinggeneralid=%s)')
  checkTemplate(reader, source, 'query', searchBase)
  const query = checkTemplate(reader, source, 'query', queryFilter)
  if (query !== null && !hasFields(query)) {
    const message = `dict_ldap_open: ${source}: Fixed query_filter ${queryFilter} is probably useless`
    reader.log(warning('cf.fixed-filter', message))
  }
  const format = reader.string('result_format', '')
  const resultFormat = format === '' ? reader.string('result_filter', '%s', true) : format
  checkTemplate(reader, source, 'result', resultFormat)
  return { searchBase, queryFilter, resultFormat }
}

function checkTemplate(
  reader: ParameterReader,
  source: string,
  kind: 'query' | 'result',
  text: string,
): ReturnType<typeof parseTemplate> {
  const template = parseTemplate(text)
  if (template === null) {
    const message = `db_common_parse: ${source}: Invalid ${kind} template: ${text}`
    reader.log(fatal(`cf.template:${kind}`, message))
  }
  return template
}

type ResultAttributes = Pick<
  LdapTableConfiguration,
  'terminalResultAttributes' | 'leafResultAttributes' | 'resultAttributes' | 'specialResultAttributes'
>

function readAttributes(reader: ParameterReader): ResultAttributes {
  return {
    terminalResultAttributes: splitNames(reader.string('terminal_result_attribute', '')),
    leafResultAttributes: splitNames(reader.string('leaf_result_attribute', '')),
    resultAttributes: splitNames(reader.string('result_attribute', 'maildrop')),
    specialResultAttributes: splitNames(reader.string('special_result_attribute', '')),
  }
}

type BindSettings = Pick<ServerSettings, 'bind' | 'bindDn' | 'bindPassword'> & {
  readonly sasl?: SaslSettings
}

function readBind(reader: ParameterReader): BindSettings {
  const text = reader.string('bind', 'yes', true)
  const bind = BINDS.get(text.toLowerCase())
  if (bind === undefined) {
    reader.refuse('bad-value', 'bind', () => `unsupported parameter value: bind = ${text}`)
  }
  const identity = {
    bind: bind ?? 'none',
    bindDn: reader.string('bind_dn', ''),
    bindPassword: reader.string('bind_pw', ''),
  }
  if (bind !== 'sasl') return identity
  const sasl = {
    mechanisms: reader.string('sasl_mechs', ''),
    realm: reader.string('sasl_realm', ''),
    authorizationId: reader.string('sasl_authz_id', ''),
    minimumStrength: reader.integer('sasl_minssf', 0, 0, 4096),
  }
  return { ...identity, sasl }
}

/** The cache went away in Postfix 2.0; its parameters are still checked. */
function warnOfCache(reader: ParameterReader, source: string): void {
  const ignore = (parameter: string): void => {
    reader.log(warning(`cf.ignored:${parameter}`, `dict_ldap_open: ${source} ignoring ${parameter}`))
  }
  if (reader.boolean('cache', false)) ignore('cache')
  if (reader.integer('cache_expiry', -1) >= 0) ignore('cache_expiry')
  if (reader.integer('cache_size', -1) >= 0) ignore('cache_size')
}

type Limits = Pick<LdapTableConfiguration, 'recursionLimit' | 'expansionLimit' | 'sizeLimit'>

function readLimits(reader: ParameterReader): Limits {
  const recursionLimit = reader.integer('recursion_limit', 1000, 1)
  const expansionLimit = reader.integer('expansion_limit', 0)
  return { recursionLimit, expansionLimit, sizeLimit: reader.integer('size_limit', expansionLimit) }
}

type Connection = Pick<ServerSettings, 'version' | 'dereference' | 'chaseReferrals' | 'startTls' | 'tls'>

function readConnection(reader: ParameterReader, source: string, version: 2 | 3): Connection {
  const number = reader.integer('dereference', 0)
  if (number < 0 || number > 3) {
    const message = `dict_ldap_open: ${source} Unrecognized value ${number} specified for dereference; using 0`
    reader.log(warning('cf.dereference', message))
  }
  const chaseReferrals = reader.boolean('chase_referrals', false)
  const startTls = reader.boolean('start_tls', false)
  if (startTls && version !== 3) {
    const message = `dict_ldap_open: ${source} start_tls requires protocol version 3`
    reader.log(warning('cf.starttls-needs-v3', message))
  }
  const tls = {
    requireCertificate: reader.boolean('tls_require_cert', false),
    caFile: reader.string('tls_ca_cert_file', ''),
    caDirectory: reader.string('tls_ca_cert_dir', ''),
    certificateFile: reader.string('tls_cert', ''),
    keyFile: reader.string('tls_key', ''),
    cipherSuite: reader.string('tls_cipher_suite', ''),
  }
  reader.integer('debuglevel', 0)
  return {
    version: startTls ? 3 : version,
    dereference: isDereference(number) ? number : 0,
    chaseReferrals,
    startTls,
    tls,
  }
}

function isDereference(number: number): number is Dereference {
  return number === 0 || number === 1 || number === 2 || number === 3
}

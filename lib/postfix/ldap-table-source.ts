/**
 * ldap-table-source - opens LDAP tables by the names that main.cf gives them.
 *
 * `ldap:/path.cf` reads a file, `ldap:prefix` the parameters `prefix_NAME` of main.cf, and `proxy:` before
 * either asks through proxymap(8), which serves the tables that an explicit proxy_read_maps lists. A table that
 * Postfix could not open is returned with its problem, so that a lookup is a configuration error.
 *
 * Authority: ldap_table(5), proxymap(8), DATABASE_README; dict_open (dict_open.c), cfg_parser_alloc
 * (cfg_parser.c), dict_ldap_open (dict_ldap.c) of Postfix 3.7.
 */
import { parseConfigurationFile } from './configuration-file'
import { fatal } from './diagnostic'
import { openLdapTable, unusableTable } from './ldap-table'
import { ldapTableConfiguration, type DomainCheck } from './ldap-table-parameters'
import type { Diagnostic } from './lookup-result'
import type { LookupTable, TableOpener } from './lookup-table'
import { parseMatchList, type MatchList } from './match-list'
import type { ParameterLookup } from './parameter-reader'
import type { TableAccess } from './table-access'

/** Opens `ldap:` tables; any other type is given to `openOther`, without which it is unknown. */
export function openTable(
  name: string,
  access: TableAccess,
  mainParameter: ParameterLookup,
  openOther: TableOpener = unknownType,
): LookupTable {
  if (name.startsWith('proxy:')) return openProxied(name, access, mainParameter, openOther)
  if (!name.startsWith('ldap:')) return openOther(name)
  const source = name.slice('ldap:'.length)
  if (source === '')
    return unusableTable(name, [fatal('table.name', `open dictionary: expecting "ldap:name" form`)])
  const read = readParameters(source, access, mainParameter)
  if (read.parameters === null) return unusableTable(name, read.diagnostics)
  let domain: MatchList | undefined
  const checkDomain: DomainCheck = (text) => {
    const parsed = parseMatchList(text, {
      access,
      openTable: (other) => openTable(other, access, mainParameter, openOther),
      utf8: utf8Mode(mainParameter),
      name: source,
    })
    if (parsed.status === 'valid') domain = parsed.list
    return parsed.diagnostics
  }
  const checked = ldapTableConfiguration(name, read.parameters, checkDomain)
  const diagnostics = [...read.diagnostics, ...checked.diagnostics]
  if (checked.status === 'invalid') return unusableTable(name, diagnostics)
  return openLdapTable(checked.configuration, access, { domain, diagnostics })
}

/** Whether lookups are in UTF-8 mode: smtputf8_enable, by default only with a compatibility_level of 1 or more. */
export function utf8Mode(mainParameter: ParameterLookup): boolean {
  const enabled = mainParameter('smtputf8_enable')
  if (typeof enabled === 'string') return /^yes$/i.test(enabled)
  const level = mainParameter('compatibility_level')
  return typeof level === 'string' && Number.parseInt(level, 10) >= 1
}

interface ReadParameters {
  /** null if the table cannot be opened; the last diagnostic says why. */
  readonly parameters: ParameterLookup | null
  readonly diagnostics: readonly Diagnostic[]
}

function readParameters(source: string, access: TableAccess, mainParameter: ParameterLookup): ReadParameters {
  if (!/^[./]/.test(source)) {
    return { parameters: (parameter) => mainParameter(`${source}_${parameter}`), diagnostics: [] }
  }
  const file = access.readFile(source)
  if (file.status !== 'read') {
    const problem =
      file.status === 'directory'
        ? fatal('cf.read', `read ${source}: Is a directory`)
        : fatal(
            'cf.open',
            `open ${source}: ${file.status === 'missing' ? 'No such file or directory' : file.reason}`,
          )
    return { parameters: null, diagnostics: [problem] }
  }
  const parsed = parseConfigurationFile(file.octets, source)
  const parameters = parsed.status === 'parsed' ? parsed.parameters : null
  return {
    parameters: parameters === null ? null : (parameter) => parameters.get(parameter),
    diagnostics: parsed.diagnostics,
  }
}

/** The proxied table under its full name; only an explicit proxy_read_maps can keep it from being served. */
function openProxied(
  name: string,
  access: TableAccess,
  mainParameter: ParameterLookup,
  openOther: TableOpener,
): LookupTable {
  const served = mainParameter('proxy_read_maps')
  if (typeof served === 'string' && !served.split(/[, \t\r\n]+/).includes(name)) {
    const text = `proxymap service is not configured for table "${name.slice('proxy:'.length)}"`
    return unusableTable(name, [fatal('table.proxy', text)])
  }
  const table = openTable(name.slice('proxy:'.length), access, mainParameter, openOther)
  return {
    name,
    problem: table.problem,
    diagnostics: table.diagnostics,
    lookup: (key, flags) => table.lookup(key, flags),
    lookupMany: (keys, flags) => table.lookupMany(keys, flags),
  }
}

function unknownType(name: string): LookupTable {
  const type = name.split(':', 1)[0] ?? ''
  return unusableTable(name, [fatal('domain.dict-type', `unsupported dictionary type: ${type}`)])
}

/**
 * postfix-configuration - the LDAP tables that the site's Postfix really uses.
 *
 * Read from POSTFIX_CONFIG_DIRECTORY: every `ldap:` table that a parameter set in main.cf names. Without that
 * setting the three tables of a Postfix and Dovecot server with the postfix-book schema, asked as the service
 * account (default-main-cf). What was read is kept until one of the files changes. A table that Postfix could
 * not open makes the whole configuration broken: its daemons would stop too, and a preview without that table
 * would promise too much. Authority: ldap_table(5), postconf(5).
 */
import 'server-only'
import { statSync } from 'node:fs'
import { liveAccess } from '@/lib/directory/files'
import { serviceSettings } from '@/lib/directory/service'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import { directoryEnvironment } from '@/lib/environment'
import { parseConfigurationFile } from '@/lib/postfix/configuration-file'
import { fatalOf } from '@/lib/postfix/diagnostic'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import { ldapTableConfiguration } from '@/lib/postfix/ldap-table-parameters'
import type { LookupFlags, LookupTable } from '@/lib/postfix/lookup-table'
import type { MainCf } from '@/lib/postfix/main-cf'
import { readMainCf } from '@/lib/postfix/main-cf'
import { type TableReference, tablesOfMainCf } from '@/lib/postfix/main-cf-tables'
import { tableOpener } from '@/lib/postfix/map-opening'
import type { ParameterLookup } from '@/lib/postfix/parameter-reader'
import type { TableAccess } from '@/lib/postfix/table-access'
import { DEFAULT_CONFIG_DIRECTORY, withDefaultMainCf } from './default-main-cf'
import { localHost } from './local-host'

export interface SiteTable {
  /** main.cf parameter that names the table, for example `virtual_alias_maps`. */
  readonly parameter: string
  /** For example `ldap:/etc/postfix/ldap/ldap-aliases.cf`. */
  readonly name: string
  readonly configuration: LdapTableConfiguration | null
  /** Opens the table on the live directory or on another view of it. */
  open(access: TableAccess): LookupTable
}

export type SiteTables =
  | {
      readonly status: 'ready'
      /** The LDAP tables. */
      readonly tables: readonly SiteTable[]
      /** Tables of other kinds that take addresses or domains; one that cannot be evaluated here says so. */
      readonly otherTables: readonly SiteTable[]
      readonly flags: LookupFlags
    }
  | { readonly status: 'broken'; readonly message: string }

interface Kept {
  readonly directory: string
  /** Each file that was read, with what tells whether it has changed. */
  readonly files: ReadonlyMap<string, string>
  readonly result: SiteTables
}

const holder = globalThis as typeof globalThis & { postbookSiteTables?: Kept }

/** The site's tables as they are now. */
export function siteTables(): SiteTables {
  const source = configSource()
  if (source.status === 'broken') return source
  const { directory, access } = source
  const kept = holder.postbookSiteTables
  if (kept?.directory === directory && [...kept.files].every(([path, stamp]) => stampOf(path) === stamp)) {
    return kept.result
  }
  const files = new Map<string, string>()
  const readFile: TableAccess['readFile'] = (path) => {
    files.set(path, stampOf(path))
    return access.readFile(path)
  }
  const result = readTables(directory, { ...access, readFile })
  holder.postbookSiteTables = { directory, files, result }
  return result
}

export type ConfigSource =
  | { readonly status: 'ready'; readonly directory: string; readonly access: TableAccess }
  | { readonly status: 'broken'; readonly message: string }

/** Where main.cf is read from: the folder of the settings, or the default one in memory. */
export function configSource(): ConfigSource {
  const directory = configured()
  if (typeof directory === 'object') return directory
  if (directory !== '') return { status: 'ready', directory, access: liveAccess }
  const server = serviceSettings()
  if ('status' in server) return { status: 'broken', message: server.diagnostic }
  return {
    status: 'ready',
    directory: DEFAULT_CONFIG_DIRECTORY,
    access: withDefaultMainCf(liveAccess, server),
  }
}

function configured(): string | Extract<SiteTables, { status: 'broken' }> {
  try {
    return directoryEnvironment().POSTFIX_CONFIG_DIRECTORY
  } catch (error) {
    if (error instanceof ConfigurationProblem) return { status: 'broken', message: error.message }
    throw error
  }
}

function stampOf(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false })
  return status === undefined ? '' : [status.ino, status.size, status.mtimeMs, status.ctimeMs].join(' ')
}

function readTables(directory: string, access: TableAccess): SiteTables {
  const read = readMainCf(directory, access, localHost())
  if (read.status === 'failed') return { status: 'broken', message: read.message }
  const mainCf = read.parameters
  const open = tableOpener(mainCf, access)
  const tables = new Map<string, SiteTable>()
  for (const { parameter, name } of ldapTablesOf(mainCf)) {
    const table = open(name)
    if (table.problem !== null) return { status: 'broken', message: brokenTable(parameter, table) }
    tables.set(`${parameter} ${name}`, {
      parameter,
      name,
      configuration: configurationOf(name, mainCf, access),
      open: (other) => tableOpener(mainCf, other)(name),
    })
  }
  const flags = { fold: true, utf8: mainCf.value('smtputf8_enable').toLowerCase() === 'yes' }
  return { status: 'ready', tables: [...tables.values()], otherTables: otherTablesOf(mainCf), flags }
}

/** A list that mail is looked up in, unlike a cache of TLS sessions or a list of restrictions. */
const TAKES_ADDRESSES = /^mydestination$|_(?:maps|domains)$/

function otherTablesOf(mainCf: MainCf): readonly SiteTable[] {
  const set = new Set(mainCf.names)
  return tablesOfMainCf(mainCf)
    .filter(({ parameter, name }) => {
      return set.has(parameter) && TAKES_ADDRESSES.test(parameter) && !name.startsWith('ldap:')
    })
    .map(({ parameter, name }) => ({
      parameter,
      name,
      configuration: null,
      open: (access) => tableOpener(mainCf, access)(name),
    }))
}

function ldapTablesOf(mainCf: MainCf): readonly TableReference[] {
  const set = new Set(mainCf.names)
  const references = tablesOfMainCf(mainCf).filter(({ parameter, name }) => {
    // A list that only defaults to the tables of another parameter would show each answer twice.
    return set.has(parameter) && name.startsWith('ldap:') && !name.startsWith('ldap://')
  })
  // What describes a table (prefix_server_host and so on) is not asked by Postfix as a table.
  const prefixes = references.map(({ name }) => `${name.slice('ldap:'.length)}_`)
  return references.filter(({ parameter }) => !prefixes.some((prefix) => parameter.startsWith(prefix)))
}

/** One sentence that names file and parameter. A line of the file is left out: it could hold the password. */
function brokenTable(parameter: string, table: LookupTable): string {
  const text = fatalOf(table.diagnostics)?.text ?? table.problem ?? 'it cannot be opened'
  return `Postfix cannot use the table ${table.name} of ${parameter}: ${text.replace(/: ".*$/s, '').replace(/\.$/, '')}.`
}

function configurationOf(name: string, mainCf: MainCf, access: TableAccess): LdapTableConfiguration | null {
  const source = name.slice('ldap:'.length)
  const parameters = /^[./]/.test(source)
    ? parametersOfFile(source, access)
    : (parameter: string) => mainCf.setting(`${source}_${parameter}`)
  if (parameters === null) return null
  const parsed = ldapTableConfiguration(name, parameters)
  return parsed.status === 'valid' ? parsed.configuration : null
}

function parametersOfFile(path: string, access: TableAccess): ParameterLookup | null {
  const file = access.readFile(path)
  if (file.status !== 'read') return null
  const parsed = parseConfigurationFile(file.octets, path)
  return parsed.status === 'parsed' ? (parameter) => parsed.parameters.get(parameter) : null
}

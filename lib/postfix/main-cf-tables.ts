/**
 * main-cf-tables - which tables a configuration names, and in which parameter.
 *
 * Every parameter that main.cf sets is searched for `type:name` items, and the domain lists whose default is
 * another parameter. Inside `proxy:`, `unionmap:{}` and `pipemap:{}` the tables behind are named. A word with
 * a colon that is no known table type (a transport, a socket) is passed over. Never fails.
 *
 * Authority: DATABASE_README "Postfix lookup table types", postconf(5).
 */
import { mapNames } from './map-list-names'
import type { MainCf } from './main-cf'

export interface TableReference {
  /** The parameter that names the table. */
  readonly parameter: string
  /** `type:name` of the table itself, for example `ldap:/etc/postfix/ldap/ldap-aliases.cf`. */
  readonly name: string
  /** The item of the parameter as it is written, for example `proxy:ldap:/etc/postfix/ldap/ldap-aliases.cf`. */
  readonly written: string
}

const TABLE_TYPES = new Set(
  'btree cdb cidr dbm environ fail hash inline internal ldap lmdb memcache mongodb mysql netinfo nis nisplus pcre pgsql pipemap proxy randmap regexp sdbm socketmap sqlite static tcp texthash unionmap unix'.split(
    ' ',
  ),
)

/** Types whose word also stands for a socket or a service outside of lists of tables. */
const ALSO_SOCKETS = new Set(['unix', 'tcp'])

/** Parameters whose default names the tables of another one, and which Postfix then does ask. */
const LISTS_BY_DEFAULT = ['virtual_alias_domains', 'virtual_mailbox_domains']

/** These only repeat what other parameters name. */
const REPETITIONS = new Set(['proxy_read_maps', 'proxy_write_maps'])

/** Every table that a parameter names, in the order of the parameters in main.cf. */
export function tablesOfMainCf(mainCf: MainCf): readonly TableReference[] {
  const parameters = [...new Set([...mainCf.names, ...LISTS_BY_DEFAULT])]
  return parameters
    .filter((parameter) => !REPETITIONS.has(parameter))
    .flatMap((parameter) => tablesOfValue(parameter, mainCf.value(parameter)))
}

function tablesOfValue(parameter: string, value: string): readonly TableReference[] {
  const list =
    /_(?:maps|domains|access|destination|database)$/.test(parameter) || parameter === 'mydestination'
  const references: TableReference[] = []
  for (const item of mapNames(value)) {
    const written = item.replace(/^!+/, '')
    const type = tableType(written)
    if (type === null) {
      // Restriction lists may stand in braces: { check_recipient_access ldap:name }.
      const inner = /^\{(.*)\}$/s.exec(written)?.[1]
      if (inner !== undefined) references.push(...tablesOfValue(parameter, inner))
    } else if (list || !ALSO_SOCKETS.has(type)) {
      for (const name of innerTables(written)) references.push({ parameter, name, written })
    }
  }
  return references
}

function tableType(item: string): string | null {
  const type = /^(\w+):./s.exec(item)?.[1]
  return type !== undefined && TABLE_TYPES.has(type) ? type : null
}

function innerTables(name: string): readonly string[] {
  const argument = name.slice(name.indexOf(':') + 1)
  const type = tableType(name)
  if (type === 'proxy') return innerTables(argument)
  if (type !== 'unionmap' && type !== 'pipemap') return [name]
  return mapNames(argument.replace(/^\{|\}$/g, '')).flatMap(innerTables)
}

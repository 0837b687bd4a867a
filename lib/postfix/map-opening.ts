/**
 * map-opening - opens a table by its `type:name`, whatever its type.
 *
 * ldap and proxy (ldap-table-source.ts; proxy as the table behind it), static, inline, texthash, fail, unionmap and
 * pipemap are evaluated. Every other type, also a name without a type, gives a table with a problem: Postfix
 * may well know an answer there, so a lookup in it is an error marked NOT_EVALUATED and never "not found".
 *
 * Authority: dict_open(3), DATABASE_README.
 */
import { openTable } from './ldap-table-source'
import type { LookupTable, TableOpener } from './lookup-table'
import type { MainCf } from './main-cf'
import {
  failTable,
  inlineTable,
  notEvaluatedTable,
  pipeTable,
  staticTable,
  textTable,
  unionTable,
} from './plain-maps'
import type { TableAccess } from './table-access'

/** An opener for the tables of one configuration; equal names give the same table. */
export function tableOpener(mainCf: MainCf, access: TableAccess): TableOpener {
  const opened = new Map<string, LookupTable>()
  const open = (name: string): LookupTable => {
    const known = opened.get(name)
    if (known !== undefined) return known
    const table = openAny(name, mainCf, access, open)
    opened.set(name, table)
    return table
  }
  return open
}

function openAny(name: string, mainCf: MainCf, access: TableAccess, open: TableOpener): LookupTable {
  const colon = name.indexOf(':')
  const argument = name.slice(colon + 1)
  switch (colon === -1 ? '' : name.slice(0, colon)) {
    case 'ldap':
    case 'proxy':
      return openTable(name, access, (parameter) => mainCf.setting(parameter), open)
    case 'static':
      return staticTable(name, argument)
    case 'inline':
      return inlineTable(name, argument)
    case 'texthash':
      return textTable(name, argument, access)
    case 'fail':
      return failTable(name)
    case 'unionmap':
      return unionTable(name, argument, open)
    case 'pipemap':
      return pipeTable(name, argument, open)
    default:
      return notEvaluatedTable(name)
  }
}

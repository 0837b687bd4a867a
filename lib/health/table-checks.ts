/**
 * table-checks - judges of the LDAP tables that main.cf names. Pure.
 *
 * Authority: ldap_table(5); db_common_parse (db_common.c) for the fields of a template; dict_ldap_get_values
 * (dict_ldap.c): an attribute that the server does not know yields nothing.
 */
import { isWithin, parseDn } from '@/lib/ldap/dn'
import type { Example } from './health-check'
import type { PostureContext } from './posture-checks'
import type { PostureFacts, TableFacts } from './posture-facts'

const OF_MAIL = [
  'virtual_mailbox_domains',
  'virtual_alias_domains',
  'virtual_mailbox_maps',
  'virtual_alias_maps',
]
const OF_ADDRESSES = ['virtual_mailbox_maps', 'virtual_alias_maps']

/** Tables that gave no answer to a harmless key. */
export function failingTables({ tables }: PostureFacts): readonly Example[] {
  return tables.flatMap((table) => (table.problem === null ? [] : [tableExample(table, table.problem)]))
}

/** Tables behind proxymap(8) that it would refuse to serve. */
export function unservedTables({ tables }: PostureFacts): readonly Example[] {
  return tables.filter(({ isUnserved }) => isUnserved).map((table) => tableExample(table))
}

/** Tables that ask the same whatever the key is. */
export function filtersWithoutKey({ tables }: PostureFacts): readonly Example[] {
  return tables
    .filter(
      ({ configuration }) => !hasField(configuration.queryFilter) && !hasField(configuration.searchBase),
    )
    .map((table) => tableExample(table, `query_filter = ${table.configuration.queryFilter}`))
}

function hasField(template: string): boolean {
  return /%[sudSUD1-9]/.test(template.replaceAll('%%', ''))
}

/** Tables that ask for attributes that the directory does not know. */
export function unknownResultAttributes(
  { tables }: PostureFacts,
  { schema }: PostureContext,
): readonly Example[] {
  return tables.flatMap((table) => {
    const { configuration: asked } = table
    const names = [
      ...asked.terminalResultAttributes,
      ...asked.leafResultAttributes,
      ...asked.resultAttributes,
      ...asked.specialResultAttributes,
    ]
    const unknown = names.filter((name) => schema.attributeType(name.split(';', 1)[0] ?? '') === undefined)
    return unknown.length === 0 ? [] : [tableExample(table, unknown.join(', '))]
  })
}

/** Files with a password that everybody on the machine may read. */
export function openSecrets({ tables }: PostureFacts): readonly Example[] {
  const files = new Set(tables.flatMap(({ openSecret }) => (openSecret === null ? [] : [openSecret])))
  return [...files].map((text) => ({ text, about: null, place: null }))
}

/** Servers to which a password goes over a network in clear text. */
export function clearTextServers({ tables }: PostureFacts): readonly Example[] {
  return tables.flatMap((table) => {
    const { uris, bind, startTls } = table.configuration.server
    const open = bind === 'simple' && !startTls ? uris.filter(isClear) : []
    return open.length === 0 ? [] : [tableExample(table, open.join(', '))]
  })
}

/** Servers that anybody on the way could pretend to be: TLS without a look at the certificate. */
export function uncheckedCertificates({ tables }: PostureFacts): readonly Example[] {
  return tables.flatMap((table) => {
    const { uris, startTls, tls } = table.configuration.server
    const secured = uris.filter((uri) => isFar(uri) && (startTls || /^ldaps:/i.test(uri)))
    return tls.requireCertificate || secured.length === 0 ? [] : [tableExample(table, secured.join(', '))]
  })
}

function isClear(uri: string): boolean {
  return /^ldap:/i.test(uri) && isFar(uri)
}

/** Whether the server is reached over a network. */
function isFar(uri: string): boolean {
  if (/^ldapi:/i.test(uri)) return false
  const host = /^ldaps?:\/\/(\[[^\]]*\]|[^:/?]*)/i.exec(uri)?.[1]?.toLowerCase() ?? ''
  return !/^(|localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
}

/** Tables that look where the panel never does. */
export function basesOutside({ tables }: PostureFacts, { bases }: PostureContext): readonly Example[] {
  const own = bases.map(parseDn).filter((base) => base !== null)
  return tables
    .filter(({ parameter }) => OF_MAIL.includes(parameter))
    .flatMap((table) => {
      const base = parseDn(table.configuration.searchBase)
      if (base === null || own.some((one) => isWithin(base, one) || isWithin(one, base))) return []
      return [tableExample(table, `search_base = ${table.configuration.searchBase}`)]
    })
}

/** Of the tables of mailboxes and aliases, those that let disabled mailboxes pass while others do not. */
export function enabledDisagrees({ tables }: PostureFacts): readonly Example[] {
  const asked = tables.filter(({ parameter }) => OF_ADDRESSES.includes(parameter))
  const [heeding, others] = [asked.filter(heedsEnabled), asked.filter((table) => !heedsEnabled(table))]
  return heeding.length === 0 ? [] : others.map((table) => tableExample(table))
}

/** The tables of mailboxes and aliases, where none of them heeds mailEnabled and there are disabled mailboxes. */
export function disabledReceive({ tables }: PostureFacts, { survey }: PostureContext): readonly Example[] {
  const asked = tables.filter(({ parameter }) => OF_ADDRESSES.includes(parameter))
  if (survey.sums.disabled === 0 || asked.some(heedsEnabled)) return []
  return asked.map((table) => tableExample(table))
}

function heedsEnabled({ configuration }: TableFacts): boolean {
  return /mailEnabled/i.test(configuration.queryFilter)
}

function tableExample({ parameter, name }: TableFacts, about: string | null = null): Example {
  return { text: name, about: about === null ? parameter : `${parameter}: ${about}`, place: null }
}

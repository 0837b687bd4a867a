/**
 * default-main-cf - a main.cf in memory, for a site whose Postfix configuration is not given.
 *
 * Hosted domains, mailboxes and aliases as a Postfix and Dovecot server with the postfix-book schema asks for
 * them, under the bases of the settings, as the service account. It is read by the same code as a real one.
 * Authority: ldap_table(5), section "Supplying ldap parameters in main.cf"; `$` is written `$$` (postconf(5)),
 * and a `%` in a base `%%`.
 */
import 'server-only'
import { directoryEnvironment } from '@/lib/environment'
import { encodeOctets } from '@/lib/ldap/octets'
import type { ServerSettings, TableAccess } from '@/lib/postfix/table-access'

/** The folder in which the main.cf in memory seems to stand. */
export const DEFAULT_CONFIG_DIRECTORY = '/postbook-default'

interface DefaultTable {
  readonly parameter: string
  readonly prefix: string
  readonly base: 'LDAP_DOMAINS_BASE' | 'LDAP_MAIL_BASE'
  readonly filter: string
  readonly attribute: string
}

const DEFAULT_TABLES: readonly DefaultTable[] = [
  {
    parameter: 'virtual_mailbox_domains',
    prefix: 'ldap-virtual-domains',
    base: 'LDAP_DOMAINS_BASE',
    filter: '(&(objectClass=dNSDomain)(dc=%s))',
    attribute: 'dc',
  },
  {
    parameter: 'virtual_mailbox_maps',
    prefix: 'ldap-vmailbox',
    base: 'LDAP_MAIL_BASE',
    filter: '(&(objectClass=inetOrgPerson)(mail=%s))',
    attribute: 'mail',
  },
  {
    parameter: 'virtual_alias_maps',
    prefix: 'ldap-aliases',
    base: 'LDAP_MAIL_BASE',
    filter: '(&(objectClass=PostfixBookMailAccount)(mailAlias=%s))',
    attribute: 'mail',
  },
]

/** Access that finds the default main.cf, asked on this server, beside the files that are really there. */
export function withDefaultMainCf(access: TableAccess, server: ServerSettings): TableAccess {
  const octets = encodeOctets(mainCfText(server))
  return {
    ...access,
    readFile: (path) =>
      path === `${DEFAULT_CONFIG_DIRECTORY}/main.cf` ? { status: 'read', octets } : access.readFile(path),
  }
}

function mainCfText(server: ServerSettings): string {
  const lines = DEFAULT_TABLES.flatMap((table) => {
    const settings = [...connectionSettings(server), ...searchSettings(table)]
    return [
      `${table.parameter} = ldap:${table.prefix}`,
      ...settings.map(([name, value]) => `${table.prefix}_${name} = ${value.replaceAll('$', '$$$$')}`),
    ]
  })
  return [
    'compatibility_level = 3.6',
    'virtual_transport = lmtp:unix:private/dovecot-lmtp',
    ...lines,
    '',
  ].join('\n')
}

function connectionSettings(server: ServerSettings): readonly (readonly [string, string])[] {
  const yesOrNo = (yes: boolean): string => (yes ? 'yes' : 'no')
  return [
    ['server_host', server.uris.join(' ')],
    ['version', String(server.version)],
    ['timeout', String(server.timeout)],
    ['bind_dn', server.bindDn],
    ['bind_pw', server.bindPassword],
    ['start_tls', yesOrNo(server.startTls)],
    ['tls_require_cert', yesOrNo(server.tls.requireCertificate)],
    ['tls_ca_cert_file', server.tls.caFile],
  ]
}

function searchSettings(table: DefaultTable): readonly (readonly [string, string])[] {
  return [
    ['search_base', directoryEnvironment()[table.base].replaceAll('%', '%%')],
    ['query_filter', table.filter],
    ['result_attribute', table.attribute],
  ]
}

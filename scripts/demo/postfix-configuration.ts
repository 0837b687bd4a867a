/**
 * postfix-configuration - main.cf and the three ldap_table(5) files of the demo, as Postfix would have them.
 *
 * The tables bind with the read-only account; their password makes them files for the owner alone.
 * A file whose text is the same is left alone. Times are set back a little: Postfix reads a file again and
 * again until it is a few seconds old (dict.c, dict_load_fp), which would make each first lookup slow.
 * Authority: postconf(5), ldap_table(5).
 */
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOMAINS_BASE, MAIL_BASE, POSTFIX_DN } from './names'

interface TableText {
  readonly file: string
  readonly searchBase: string
  readonly queryFilter: string
  readonly resultAttribute: string
}

const TABLES: readonly TableText[] = [
  {
    file: 'ldap-virtual-domains.cf',
    searchBase: DOMAINS_BASE,
    queryFilter: '(&(objectClass=dNSDomain)(dc=%s))',
    resultAttribute: 'dc',
  },
  {
    file: 'ldap-vmailbox.cf',
    searchBase: MAIL_BASE,
    queryFilter: '(&(objectClass=inetOrgPerson)(mail=%s))',
    resultAttribute: 'mail',
  },
  {
    file: 'ldap-aliases.cf',
    searchBase: MAIL_BASE,
    queryFilter: '(&(objectClass=PostfixBookMailAccount)(mailAlias=%s))',
    resultAttribute: 'mail',
  },
]

/** Writes the Postfix configuration into a folder, for a directory at this address. */
export function writePostfixConfiguration(folder: string, uri: string, password: string): void {
  const tables = join(folder, 'ldap')
  mkdirSync(tables, { recursive: true, mode: 0o700 })
  writeWhenChanged(join(folder, 'main.cf'), mainConfiguration(tables))
  for (const table of TABLES)
    writeWhenChanged(join(tables, table.file), tableConfiguration(table, uri, password))
}

function mainConfiguration(tables: string): string {
  return `# Of the demo. Enough for postmap and for the panel; no Postfix runs with it.
compatibility_level = 3.6
myhostname = mail.example.net
mydestination = localhost
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
virtual_mailbox_domains = ldap:${tables}/ldap-virtual-domains.cf
virtual_mailbox_maps = ldap:${tables}/ldap-vmailbox.cf
virtual_alias_maps = ldap:${tables}/ldap-aliases.cf
virtual_transport = lmtp:unix:private/dovecot-lmtp
`
}

function tableConfiguration(table: TableText, uri: string, password: string): string {
  return `server_host = ${uri}
version = 3
bind = yes
bind_dn = ${POSTFIX_DN}
bind_pw = ${password}
search_base = ${table.searchBase}
query_filter = ${table.queryFilter}
result_attribute = ${table.resultAttribute}
`
}

function writeWhenChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  writeFileSync(file, text, { mode: 0o600 })
  const before = Date.now() / 1000 - 10
  utimesSync(file, before, before)
}

/**
 * ldap-table-configuration - one LDAP table of ldap_table(5), checked and with its defaults filled in.
 */
import type { Scope } from '@/lib/ldap/directory-view'
import type { ServerSettings } from './table-access'

export interface LdapTableConfiguration {
  /** As written in main.cf, for example `ldap:/etc/postfix/ldap/ldap-aliases.cf`. */
  readonly name: string
  readonly server: ServerSettings
  /** Template with % fields. */
  readonly searchBase: string
  /** Template with % fields, RFC 4515 text around them. */
  readonly queryFilter: string
  readonly scope: Scope
  /** The items of `domain`, as written; empty does not restrict. */
  readonly domain: string
  /** Template with % fields. */
  readonly resultFormat: string
  readonly terminalResultAttributes: readonly string[]
  readonly leafResultAttributes: readonly string[]
  readonly resultAttributes: readonly string[]
  readonly specialResultAttributes: readonly string[]
  /** 0 is no limit. */
  readonly expansionLimit: number
  readonly sizeLimit: number
  readonly recursionLimit: number
}

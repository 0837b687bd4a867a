/**
 * lookup-table - the generic lookup table interface, Postfix's DICT (dict_open(3)).
 */
import type { LookupResult } from './lookup-result'

/** How the asking program treats keys. */
export interface LookupFlags {
  /** Fold the key to lower case first; postmap -f turns it off. */
  readonly fold: boolean
  /** smtputf8_enable; postmap -u turns it off for the table. */
  readonly utf8: boolean
}

export interface LookupTable {
  /** As written in main.cf, for example `ldap:/etc/postfix/ldap/ldap-aliases.cf`. */
  readonly name: string
  /** Why this table cannot be opened or evaluated; null if it can. A lookup then is a configurationError. */
  readonly problem: string | null
  lookup(key: string, flags: LookupFlags): Promise<LookupResult>
  /** Same answers as lookup for each key, in the order of the keys, in few round trips. */
  lookupMany(keys: readonly string[], flags: LookupFlags): Promise<readonly LookupResult[]>
}

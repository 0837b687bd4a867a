/**
 * lookup-table - the generic lookup table interface, Postfix's DICT (dict_open(3)).
 */
import type { Diagnostic, LookupResult } from './lookup-result'

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
  /** What opening the table logs, in order; it ends with the fatal one where there is a problem. */
  readonly diagnostics: readonly Diagnostic[]
  lookup(key: string, flags: LookupFlags): Promise<LookupResult>
  /** Same answers as lookup for each key, in the order of the keys, in few round trips. */
  lookupMany(keys: readonly string[], flags: LookupFlags): Promise<readonly LookupResult[]>
}

/** Opens a table by its `type:name`; a table that cannot be opened has a problem. */
export type TableOpener = (name: string) => LookupTable

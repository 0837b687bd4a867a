/**
 * alias - an alias address with the mailboxes that it leads to, as the panel shows and edits it. Pure.
 *
 * An alias is no entry of its own: it is a value of mailAlias of each mailbox that it leads to (its holders).
 * Strings and lists only, so that it crosses to the browser.
 */
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { sameAddress } from './mailbox-fields'

/** A mailbox that an alias leads to, or can lead to. */
export interface AliasHolder {
  /** entryUUID. */
  readonly id: string
  readonly dn: string
  readonly entryCsn: string
  readonly mail: string
  readonly name: string
  /** mailEnabled, absent counts as enabled. */
  readonly enabled: boolean
}

export interface Alias {
  readonly address: string
  /** Those that the person may see, by address. */
  readonly holders: readonly AliasHolder[]
  /** Number of further mailboxes that it leads to, which the person may not see. */
  readonly hidden: number
}

/** Attributes that {@link readAliasHolder} needs. */
export const HOLDER_ATTRIBUTES = [
  'cn',
  'displayName',
  'mail',
  'mailAlias',
  'mailEnabled',
  'entryUUID',
  'entryCSN',
] as const

/** The mailbox in an entry read with {@link HOLDER_ATTRIBUTES}. */
export function readAliasHolder(entry: Entry): AliasHolder {
  const mail = valueOf(entry, 'mail') ?? ''
  return {
    id: valueOf(entry, 'entryUUID') ?? '',
    dn: entry.dn,
    entryCsn: valueOf(entry, 'entryCSN') ?? '',
    mail,
    name: valueOf(entry, 'displayName') ?? valueOf(entry, 'cn') ?? mail,
    enabled: valueOf(entry, 'mailEnabled') !== 'FALSE',
  }
}

/** How an entry spells an alias; null if it does not have it. */
export function spellingOf(entry: Entry, address: string): string | null {
  return valuesOf(entry, 'mailAlias').find((value) => sameAddress(value, address)) ?? null
}

/**
 * finding-facts - what the findings of a change are judged from, gathered beforehand by lookups and searches.
 *
 * Plain data, so that every judgement is a pure function with a test of its own.
 */
import type { AddressReport } from '@/lib/changes/impact/address-outcome'
import type { EntryImage } from '@/lib/changes/entry-image'
import type { LookupChange } from '@/lib/changes/preview-result'
import type { Text } from '@/lib/words/text'

/** An entry, not part of the change, that has an address which the change adds to another entry. */
export interface Holder {
  readonly address: string
  readonly dn: string
  /** What people call the entry: its mail addresses, then its names. */
  readonly names: readonly string[]
  readonly attribute: string
}

export interface FindingFacts {
  readonly images: readonly EntryImage[]
  readonly lookups: readonly LookupChange[]
  /** Every affected address, followed through the site before and after; a catch-all as `@domain`. */
  readonly reports: readonly AddressReport[]
  /** Lower-case domains, of addresses that the change adds, that no table hosts after it. */
  readonly unhosted: readonly string[]
  readonly holders: readonly Holder[]
  /** Paused aliases of other mailboxes that the change gives away, by what people call these mailboxes. */
  readonly kept: readonly { readonly address: string; readonly name: string }[]
  /** Lookups whose result is over a limit of the table after the change, and was not before. */
  readonly overLimit: readonly { readonly map: string; readonly key: string }[]
  /** People who can sign in as postmaster now, all of whom the change locks out; else empty. */
  readonly lockedOut: readonly string[]
  /** Tables of which not every key that may change could be listed, and why. */
  readonly openTables: readonly { readonly map: string; readonly reason: Text }[]
  /** Attributes that the change writes and a table uses, but whose values the table's account does not see. */
  readonly unreadable: readonly {
    readonly map: string
    readonly attribute: string
    readonly dn: string
  }[]
  /** Why answers after the change could not be predicted. */
  readonly unpredictable: readonly Text[]
  /** Why searches for these facts failed; then a finding may be missing, and that is said. */
  readonly unsearched: readonly Text[]
  /** Attributes, in lower case, whose equality rule tells upper from lower case. */
  readonly caseExact: ReadonlySet<string>
}

/** Attributes that hold addresses by which an entry is found. */
export const ADDRESS_ATTRIBUTES = ['mail', 'mailAlias', 'mailGroupMember'] as const

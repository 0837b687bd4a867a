/**
 * domain-count - how many mailboxes and aliases domains have, as plain data.
 */
import type { SearchFailure } from '@/lib/ldap/directory-view'

export interface DomainCount {
  /** Entries with a mail in the domain. */
  readonly mailboxes: number
  /** Values of mailAlias in the domain. */
  readonly aliases: number
  /** When it was counted, in milliseconds. */
  readonly at: number
}

/** By the names of the domains, in lower case; or why they were not counted. */
export type DomainCounts =
  { readonly status: 'counted'; readonly of: ReadonlyMap<string, DomainCount> } | SearchFailure

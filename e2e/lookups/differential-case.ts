/**
 * differential-case - what one run of the differential test asks: a directory, tables over it, keys for each.
 *
 * Plain data, so that fast-check can shrink it and a failing case can be kept as a file. Texts hold place-holders,
 * because each run has its own subtree and its own server. Strings are as in lib/ldap/octets.ts.
 */
import type { Entry } from '@/lib/ldap/entry'

export interface TableCase {
  /** The lines of the .cf file. */
  readonly lines: readonly string[]
  /** Which main.cf: smtputf8_enable yes, no, or neither set. */
  readonly profile: Profile
  /** False for postmap -f. */
  readonly fold: boolean
  /** False for postmap -u. */
  readonly utf8: boolean
  readonly keys: readonly string[]
}

export const PROFILES = ['utf8', 'ascii', 'unset'] as const
export type Profile = (typeof PROFILES)[number]

export interface LookupCase {
  readonly entries: readonly Entry[]
  readonly tables: readonly TableCase[]
}

/** What stands in the texts of a case. */
export interface Placeholders {
  /** DN of the subtree that belongs to this run alone. */
  readonly BASE: string
  readonly URI: string
  readonly PORT: string
  /** Folder with list files. */
  readonly FOLDER: string
}

/** The text with its place-holders filled in. */
export function filled(text: string, placeholders: Placeholders): string {
  return text
    .replaceAll('@BASE@', placeholders.BASE)
    .replaceAll('@URI@', placeholders.URI)
    .replaceAll('@PORT@', placeholders.PORT)
    .replaceAll('@FOLDER@', placeholders.FOLDER)
}

/** An entry with its place-holders filled in, in DN and values. */
export function filledEntry(entry: Entry, placeholders: Placeholders): Entry {
  return {
    dn: filled(entry.dn, placeholders),
    attributes: entry.attributes.map(({ description, values }) => ({
      description,
      values: values.map((value) => filled(value, placeholders)),
    })),
  }
}

/** The outcome of one lookup, as far as postmap shows it. */
export type Outcome =
  | { readonly status: 'found'; readonly value: string }
  | { readonly status: 'notFound' | 'temporaryError' | 'configurationError' }

/** Whether two outcomes are the same. */
export function isSameOutcome(one: Outcome, other: Outcome): boolean {
  if (one.status === 'found' && other.status === 'found') return one.value === other.value
  return one.status === other.status
}

/** One key for which the programs do not agree. */
export interface Difference {
  readonly table: TableCase
  readonly key: string
  readonly real: Outcome
  readonly single: Outcome
  readonly together: Outcome
  /** What postmap wrote to standard error. */
  readonly stderr: string
}

/**
 * preview-result - what a person is shown before a change is saved and after it was, as plain data.
 *
 * Crosses from server to browser: strings, numbers and lists only, and never a password.
 */
import type { LookupStatus } from '@/lib/postfix/lookup-result'

export interface LookupAnswer {
  readonly status: LookupStatus
  /** What postmap would print; null unless found. */
  readonly value: string | null
  /** The values before joining. */
  readonly values: readonly string[]
  /** Why there is no answer, for errors; else null. */
  readonly problem: string | null
}

export type LookupDifference = 'added' | 'lost' | 'changed' | 'same'

export interface LookupChange {
  /** main.cf parameter, for example `virtual_alias_maps`. */
  readonly parameter: string
  /** For example `ldap:/etc/postfix/ldap/ldap-aliases.cf`. */
  readonly map: string
  readonly key: string
  readonly before: LookupAnswer
  readonly after: LookupAnswer
  readonly difference: LookupDifference
  /** The shell command that asks the same question. */
  readonly command: string
}

export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string
  readonly severity: 'blocks' | 'confirm' | 'notice'
  /** One plain sentence. */
  readonly message: string
  readonly addresses: readonly string[]
}

export interface AttributeDifference {
  readonly attribute: string
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

export interface EntryDifference {
  readonly dn: string
  readonly attributes: readonly AttributeDifference[]
}

export interface Rehearsal {
  readonly status: 'accepted' | 'refused' | 'unavailable'
  readonly resultCode: number | null
  readonly message: string
  /** Attribute that the refusal names, if it does. */
  readonly attribute: string | null
}

export interface Preview {
  /** SHA-256 in hex over the change, the entryCSNs it rests on and every answer shown. */
  readonly checksum: string
  readonly ldif: string
  readonly entries: readonly EntryDifference[]
  readonly lookups: readonly LookupChange[]
  readonly findings: readonly Finding[]
  readonly rehearsal: Rehearsal
}

/** A lookup that is not what the preview had promised. */
export interface BrokenPromise {
  readonly lookup: LookupChange
  readonly now: LookupAnswer
}

export type CommitResult =
  | { readonly status: 'asPreviewed'; readonly lookups: readonly LookupChange[] }
  | {
      readonly status: 'alarm'
      readonly lookups: readonly LookupChange[]
      readonly broken: readonly BrokenPromise[]
    }
  /** Nothing was written: the directory, or an answer, is not what the person saw. */
  | { readonly status: 'stale'; readonly preview: Preview }
  | { readonly status: 'notConfirmed' | 'blocked'; readonly preview: Preview }
  | {
      readonly status: 'refused'
      readonly resultCode: number
      readonly message: string
      readonly attribute: string | null
    }
  | { readonly status: 'forbidden' | 'unavailable'; readonly message: string }

/** What the person said yes to. */
export interface Approval {
  /** Of the preview that was seen. */
  readonly checksum: string
  /** Codes of the findings that were confirmed. */
  readonly confirmed: readonly string[]
}

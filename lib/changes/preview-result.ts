/**
 * preview-result - what a person is shown before a change is saved and after it was, as plain data.
 *
 * Crosses from server to browser: strings, numbers and lists only, and never a password.
 */
import type { LookupStatus } from '@/lib/postfix/lookup-result'
import type { Trace } from '@/lib/postfix/trace'
import type { Text } from '@/lib/words/text'

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

/** What becomes of mail to an address: a trace without its steps. */
export type TraceSummary = Omit<Trace, 'steps'>

/** An address that the change touches, or whose mail it changes. */
export interface AddressChange {
  readonly address: string
  readonly before: TraceSummary
  readonly after: TraceSummary
}

export interface Finding {
  /** Stable, kebab-case. */
  readonly code: string
  readonly severity: 'blocks' | 'confirm' | 'notice'
  /** One plain sentence. */
  readonly message: Text
  readonly addresses: readonly string[]
  /** The value that brings it about, where that is none of the addresses: a catch-all. */
  readonly cause?: string
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
  readonly message: Text
  /** Attribute that the refusal names, if it does. */
  readonly attribute: string | null
}

export interface Preview {
  /** SHA-256 in hex over the change, the entryCSNs it rests on, every answer and every address shown. */
  readonly checksum: string
  readonly ldif: string
  readonly entries: readonly EntryDifference[]
  readonly lookups: readonly LookupChange[]
  /** Those that the change names, then those whose mail it changes through aliases, catch-alls and domains. */
  readonly addresses: readonly AddressChange[]
  readonly findings: readonly Finding[]
  readonly rehearsal: Rehearsal
}

/** A lookup that is not what the preview had promised. */
export interface BrokenPromise {
  readonly lookup: LookupChange
  readonly now: LookupAnswer
}

export type CommitResult =
  | {
      readonly status: 'asPreviewed'
      readonly lookups: readonly LookupChange[]
      /** Names the commit, so that it can be taken back; null if there was nothing to write. */
      readonly journal: string | null
    }
  | {
      readonly status: 'alarm'
      readonly lookups: readonly LookupChange[]
      readonly broken: readonly BrokenPromise[]
      readonly journal: string | null
    }
  /** Nothing was written: the directory, or an answer, is not what the person saw. */
  | { readonly status: 'stale'; readonly preview: Preview }
  | { readonly status: 'notConfirmed' | 'blocked'; readonly preview: Preview }
  | {
      readonly status: 'refused'
      readonly resultCode: number
      readonly message: Text
      readonly attribute: string | null
    }
  | { readonly status: 'forbidden' | 'unavailable'; readonly message: Text }
  /** Some writes were made, or it is not known. The journal holds the rest, to be continued or undone. */
  | {
      readonly status: 'partial'
      /** DNs of the entries that were written, that were not, and of which it is not known. */
      readonly written: readonly string[]
      readonly notWritten: readonly string[]
      readonly unknown: readonly string[]
      /** Names the commit for recovery.ts. */
      readonly journal: string
      /** What happened, and what is in the directory now. */
      readonly message: Text
    }

/** What the person said yes to. */
export interface Approval {
  /** Of the preview that was seen. */
  readonly checksum: string
  /** Codes of the findings that were confirmed. */
  readonly confirmed: readonly string[]
}

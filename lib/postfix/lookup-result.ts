/**
 * lookup-result - the four outcomes of a table lookup, kept apart everywhere.
 *
 * found (non-empty string), notFound, temporaryError (retry later) and configurationError: as in Postfix,
 * where a null result is told apart by dict->error (dict.h: DICT_ERR_NONE, DICT_ERR_RETRY, DICT_ERR_CONFIG).
 */
import type { Scope } from '@/lib/ldap/directory-view'

/** A message that Postfix would log, in the order in which it would. */
export interface Diagnostic {
  readonly severity: 'warning' | 'error' | 'fatal'
  /** Stable code, as in the recorded corpus where that has one. */
  readonly code: string
  readonly text: string
}

/** What one search did, so that a person can follow it. */
export interface LookupStep {
  readonly base: string
  readonly scope: Scope
  /** RFC 4515 text with the key filled in. */
  readonly filter: string
  /** DNs of the entries that matched; null when the search failed. */
  readonly entries: readonly string[] | null
}

interface Explained {
  readonly diagnostics: readonly Diagnostic[]
  readonly steps: readonly LookupStep[]
  /** Why no query was made at all, for a person; null if one was. */
  readonly skipped: string | null
}

export type LookupResult = Explained &
  (
    | {
        readonly status: 'found'
        /** What postmap prints: all values joined with commas. */
        readonly value: string
        /** The values before joining. */
        readonly values: readonly string[]
      }
    | { readonly status: 'notFound' | 'temporaryError' | 'configurationError' }
  )

export type LookupStatus = LookupResult['status']

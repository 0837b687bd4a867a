/**
 * directory-view - the port through which all lookup code sees a directory.
 *
 * Implemented by the live directory (lib/directory), by the live directory with pending changes laid over
 * it (lib/changes/overlay/overlay) and by an in-memory directory (memory-directory). A failure is a value, never an
 * empty list of entries: "could not ask" and "nothing there" stay apart.
 */
import type { Entry } from './entry'
import type { Filter } from './filter'

/** `subordinate` is a subtree without its top (draft-sermersheim-ldap-subordinate-scope). */
export type Scope = 'base' | 'one' | 'sub' | 'subordinate'

/** RFC 4511 section 4.5.1.3: 0 never, 1 in searching, 2 finding the base, 3 always. */
export type Dereference = 0 | 1 | 2 | 3

export interface SearchRequest {
  /** Base DN as text, sent as it is: the server judges it. */
  readonly base: string
  readonly scope: Scope
  readonly filter: Filter
  /** Attribute descriptions to return; empty asks for all user attributes, ['1.1'] for none. */
  readonly attributes: readonly string[]
  /** Most entries; 0 is no limit. When there are more, the search fails with code 4. */
  readonly sizeLimit: number
  /** Seconds; 0 is no limit. */
  readonly timeLimit: number
  readonly dereference: Dereference
}

/** A search that gave no answer. Entries received before the failure are not to be used. */
export interface SearchFailure {
  readonly status: 'failed'
  readonly stage: 'connect' | 'startTls' | 'bind' | 'search'
  /** RFC 4511 result code; negative for failures on this side, as in OpenLDAP (-1 server down, -5 timeout, -7 bad filter). */
  readonly resultCode: number
  readonly diagnostic: string
}

export interface SearchAnswer {
  readonly status: 'complete'
  /** In the server's order; search references are left out. */
  readonly entries: readonly Entry[]
}

export type SearchResult = SearchAnswer | SearchFailure

export interface DirectoryView {
  /** Connects and binds if that has not been done; null when ready. */
  ready(): Promise<SearchFailure | null>
  /** Never throws for a refusal or a lost connection: that is a SearchFailure. */
  search(request: SearchRequest): Promise<SearchResult>
}

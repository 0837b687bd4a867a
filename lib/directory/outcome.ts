/**
 * outcome - what a read or a write of the directory came to, as data. Refusals are never thrown.
 */
import type { Entry } from '@/lib/ldap/entry'
import type { SearchFailure } from '@/lib/ldap/directory-view'

export type EntryResult =
  { readonly status: 'found'; readonly entry: Entry } | { readonly status: 'notFound' } | SearchFailure

export type WriteResult =
  | { readonly status: 'done' }
  | {
      readonly status: 'refused'
      /** RFC 4511 result code, also 122 (assertion failed, RFC 4528). Nothing was changed. */
      readonly resultCode: number
      readonly diagnostic: string
    }
  /** The connection broke. `sent` false: surely not carried out; true: unknown, the entry has to be read again. */
  | { readonly status: 'connectionLost'; readonly sent: boolean; readonly diagnostic: string }

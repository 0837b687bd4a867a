/**
 * change-record - one change of one entry as data (RFC 2849 change records, RFC 4511 sections 4.6 to 4.9).
 *
 * Every edit of every screen becomes a list of these; preview and commit take the same list.
 */
import type { Attribute } from './entry'

/** One modification of a modify request; `increment` is RFC 4525. */
export interface Modification {
  readonly operation: 'add' | 'delete' | 'replace' | 'increment'
  readonly attribute: string
  /** Empty with delete and replace removes the attribute. */
  readonly values: readonly string[]
}

export type ChangeRecord =
  | { readonly type: 'add'; readonly dn: string; readonly attributes: readonly Attribute[] }
  | { readonly type: 'modify'; readonly dn: string; readonly modifications: readonly Modification[] }
  | { readonly type: 'delete'; readonly dn: string }
  | {
      readonly type: 'modifyDn'
      readonly dn: string
      readonly newRdn: string
      readonly deleteOldRdn: boolean
      /** null keeps the parent. */
      readonly newSuperior: string | null
    }

/**
 * candidate - somebody who can be chosen for a task, or was: as plain data.
 */
export interface Candidate {
  /** entryUUID; empty when there is no such entry. */
  readonly id: string
  readonly dn: string
  readonly name: string
  readonly mail: string
}

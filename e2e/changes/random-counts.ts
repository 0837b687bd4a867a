/**
 * random-counts - how much a run of random lists has compared, so that a run that compared nothing is seen.
 */

export interface Counts {
  applied: number
  refused: number
  committed: number
  undone: number
  listed: number
  changed: number
  unpredicted: number
  otherOrder: number
  addresses: number
}

/** Before the first list. */
export function noneCounted(): Counts {
  return {
    applied: 0,
    refused: 0,
    committed: 0,
    undone: 0,
    listed: 0,
    changed: 0,
    unpredicted: 0,
    otherOrder: 0,
    addresses: 0,
  }
}

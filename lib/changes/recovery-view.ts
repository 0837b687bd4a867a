/**
 * recovery-view - what continuing or undoing a commit that was cut off answers to the browser.
 */
import type { BrokenPromise, LookupChange, Preview } from './preview-result'

export type RecoveryDirection = 'continue' | 'undo'

export type RecoveryOutcome =
  | {
      readonly status: 'done'
      readonly lookups: readonly LookupChange[]
      readonly broken: readonly BrokenPromise[]
    }
  | {
      readonly status: 'look'
      readonly preview: Preview
      readonly reason: 'outdated' | 'notConfirmed' | 'blocked'
    }
  /** Nothing more was done; why, and what is in the directory. */
  | { readonly status: 'refused'; readonly message: string }

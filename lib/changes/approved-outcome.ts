/**
 * approved-outcome - what came of a change that a person approved, as a screen shows it. Pure.
 */
import type { BrokenPromise, CommitResult, LookupChange, Preview } from './preview-result'

export type ApprovedOutcome =
  | {
      readonly status: 'done'
      readonly lookups: readonly LookupChange[]
      /** Answers that are not as previewed; empty is the promise kept. */
      readonly broken: readonly BrokenPromise[]
    }
  /** Nothing was written: answers changed since the preview, or a finding waits for a yes. */
  | {
      readonly status: 'look'
      readonly preview: Preview
      readonly reason: 'outdated' | 'notConfirmed' | 'blocked'
    }
  /** Why, and what is in the directory. */
  | { readonly status: 'refused'; readonly message: string }

/** A commit that was not even tried, and why. */
export interface NotTried {
  readonly status: 'finished' | 'running' | 'missing' | 'forbidden' | 'refused' | 'unavailable'
  readonly message: string
}

/** The outcome of a commit. */
export function approvedOutcome(result: CommitResult | NotTried): ApprovedOutcome {
  switch (result.status) {
    case 'asPreviewed':
      return { status: 'done', lookups: result.lookups, broken: [] }
    case 'alarm':
      return { status: 'done', lookups: result.lookups, broken: result.broken }
    case 'stale':
      return { status: 'look', preview: result.preview, reason: 'outdated' }
    case 'notConfirmed':
    case 'blocked':
      return { status: 'look', preview: result.preview, reason: result.status }
    case 'refused':
    case 'forbidden':
    case 'unavailable':
    case 'partial':
    case 'finished':
    case 'running':
    case 'missing':
      return { status: 'refused', message: result.message }
  }
}

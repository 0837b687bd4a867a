/**
 * approved-outcome - what came of a change that a person approved, as a screen shows it. Pure.
 */
import type { Text } from '@/lib/words/text'
import type { CommitResult } from './preview-result'
import { shownPreview, type ShownPreview, type ShownProof, shownProof } from './shown-preview'

export type ApprovedOutcome =
  | ({ readonly status: 'done' } & ShownProof)
  /** Nothing was written: answers changed since the preview, or a finding waits for a yes. */
  | {
      readonly status: 'look'
      readonly preview: ShownPreview
      readonly reason: 'outdated' | 'notConfirmed' | 'blocked'
    }
  /** Why, and what is in the directory. */
  | { readonly status: 'refused'; readonly message: Text }

/** A commit that was not even tried, and why. */
export interface NotTried {
  readonly status: 'finished' | 'running' | 'missing' | 'forbidden' | 'refused' | 'unavailable'
  readonly message: Text
}

/** The outcome of a commit. */
export function approvedOutcome(result: CommitResult | NotTried): ApprovedOutcome {
  switch (result.status) {
    case 'asPreviewed':
    case 'alarm':
      return { status: 'done', ...shownProof(result) }
    case 'stale':
      return { status: 'look', preview: shownPreview(result.preview), reason: 'outdated' }
    case 'notConfirmed':
    case 'blocked':
      return { status: 'look', preview: shownPreview(result.preview), reason: result.status }
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

/**
 * undo-state - what the preview of an undo, and the undo itself, answer to the browser.
 */
import type { BrokenPromise, LookupChange, Preview } from '@/lib/changes/preview-result'
import type { ShownChange } from './shown-change'

/** Why there is no undo. */
export type NoUndo =
  /** Something happened since; sentences. */
  | {
      readonly status: 'conflict'
      readonly obstacles: readonly string[]
      readonly later: readonly ShownChange[]
    }
  /** The change cannot be undone by anyone; why. */
  | { readonly status: 'impossible' | 'refused'; readonly message: string }

export type UndoPreview =
  | {
      readonly status: 'previewed'
      readonly preview: Preview
      readonly cautions: readonly string[]
      /** Later changes of the same entry, which stay. */
      readonly later: readonly ShownChange[]
    }
  | NoUndo

export type UndoOutcome =
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
  | NoUndo

/**
 * undo-state - what the preview of an undo, and the undo itself, answer to the browser.
 */
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'
import type { ShownChange } from './shown-change'

/** Why there is no undo. */
export type NoUndo =
  /** Something happened since; sentences. */
  | {
      readonly status: 'conflict'
      readonly obstacles: readonly Text[]
      readonly later: readonly ShownChange[]
    }
  /** The change cannot be undone by anyone; why. */
  | { readonly status: 'impossible' | 'refused'; readonly message: Text }

export type UndoPreview =
  | {
      readonly status: 'previewed'
      readonly preview: ShownPreview
      readonly cautions: readonly Text[]
      /** Later changes of the same entry, which stay. */
      readonly later: readonly ShownChange[]
    }
  | NoUndo

export type UndoOutcome = ApprovedOutcome | NoUndo

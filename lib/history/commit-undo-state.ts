/**
 * commit-undo-state - what the undo of a commit in one click answers to the browser.
 */
import type { ShownProof } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'

export type CommitUndo =
  /** All is as before the commit; `already` if it was before this call, too. */
  | ({ readonly status: 'undone'; readonly already: boolean } & ShownProof)
  /** Nothing was written: what the commit has left is not there any more, in words. */
  | { readonly status: 'changedSince'; readonly obstacles: readonly Text[] }
  /** Nothing was written: what undoing brings about has to be looked at first, in words. */
  | { readonly status: 'look'; readonly findings: readonly Text[] }
  /** Why not, and what is in the directory. */
  | { readonly status: 'refused'; readonly message: Text }

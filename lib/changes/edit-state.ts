/**
 * edit-state - what the preview and the save of any form answer to the browser, as plain data.
 *
 * `Field` names the fields of the form; `State` is what the form edits, as it is in the directory.
 */
import type { Problem } from '@/lib/entries/problem'
import type { Text } from '@/lib/words/text'
import type { ShownPreview, ShownProof } from './shown-preview'

/** Nothing could be shown or written; the form stays as it is. */
export interface Refused<Field extends string = string> {
  readonly status: 'refused'
  readonly message: Text
  /** The field that the refusal belongs to, if one. */
  readonly field: Field | null
}

/** What is edited is not any more what the form was opened with; null when it is gone. */
export interface Stale<State> {
  readonly status: 'stale'
  readonly current: State | null
}

export type EditPreview<Field extends string, State> =
  | {
      readonly status: 'previewed'
      readonly preview: ShownPreview
      /** Of the parts that the preview leaves out. */
      readonly problems: readonly Problem<Field>[]
    }
  | Stale<State>
  | Refused<Field>

/** Nothing was written: answers changed since the preview, or a finding waits for a yes. */
export interface LookAgain {
  readonly status: 'look'
  readonly preview: ShownPreview
  readonly reason: 'outdated' | 'notConfirmed' | 'blocked'
}

/** The change is made; with the lookups as previewed, asked again after the write. */
export interface Saved<State> extends ShownProof {
  readonly status: 'saved'
  /** What the form edits, read again after the write; null when the edit took it away. */
  readonly current: State | null
}

export type EditOutcome<Field extends string, State> =
  | Saved<State>
  | { readonly status: 'invalid'; readonly problems: readonly Problem<Field>[] }
  | LookAgain
  | Stale<State>
  | Refused<Field>

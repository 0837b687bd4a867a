/**
 * mailbox-state - what the preview and the save of a mailbox form answer to the browser.
 */
import type { FieldProblem, MailboxField } from '@/lib/entries/mailbox-fields'
import type { Mailbox } from '@/lib/entries/mailbox'
import type { BrokenPromise, LookupChange, Preview } from './preview-result'

/** Why nothing could be shown or written, as sentences; the form stays as it is. */
interface Refused {
  readonly status: 'refused'
  readonly message: string
  /** The field that the refusal belongs to, if one. */
  readonly field: MailboxField | null
}

/** The entry is not any more what the form was opened with; null when it is gone. */
interface Stale {
  readonly status: 'stale'
  readonly current: Mailbox | null
}

export type MailboxPreview =
  | { readonly status: 'previewed'; readonly preview: Preview; readonly problems: readonly FieldProblem[] }
  | Stale
  | Refused

export type MailboxSave =
  | {
      readonly status: 'saved'
      readonly mailbox: Mailbox
      /** The lookups as previewed, asked again after the write. */
      readonly lookups: readonly LookupChange[]
      /** Answers that are not as previewed; empty is the promise kept. */
      readonly broken: readonly BrokenPromise[]
    }
  | { readonly status: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Nothing was written: answers changed since the preview, or a finding waits for a yes. */
  | {
      readonly status: 'look'
      readonly preview: Preview
      readonly reason: 'outdated' | 'notConfirmed' | 'blocked'
    }
  | Stale
  | Refused

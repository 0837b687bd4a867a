/**
 * edit-news - what a long save tells the browser while it is made, as plain data: how far it is, then its outcome.
 *
 * `written` counts up to `total`; the last piece of news is the outcome.
 */
import type { EditOutcome } from './edit-state'
import type { Progress } from './progress'

export type EditNews<Field extends string, State> =
  | { readonly status: 'progress'; readonly progress: Progress }
  | { readonly status: 'done'; readonly outcome: EditOutcome<Field, State> }

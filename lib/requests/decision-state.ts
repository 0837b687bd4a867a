/**
 * decision-state - what looking at a request, saying yes and saying no answer to the browser, as plain data.
 */
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Text } from '@/lib/words/text'
import type { AliasRequest } from './request'

export type RequestField = 'aliases'

/** A request with what a yes would do now. */
export interface LookedAt {
  readonly status: 'open' | 'decided'
  readonly request: AliasRequest
  /** Planned anew; null when it is decided. */
  readonly preview: EditPreview<RequestField, AliasRequest> | null
}

/** What became of a yes; `saved` with the request as it is now. */
export type Granted = EditOutcome<RequestField, AliasRequest>

/** Why the no was not recorded; null if it was. */
export type RefusedRequest = Text | null

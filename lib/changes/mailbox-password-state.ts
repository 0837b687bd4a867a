/**
 * mailbox-password-state - what the tasks around a new mailbox and its password answer to the browser, as plain data.
 */
import type { Text } from '@/lib/words/text'

export type PasswordOutcome =
  /** `generated` is the password, told this one time; null where it was typed. */
  | { readonly status: 'set'; readonly generated: string | null }
  | { readonly status: 'refused'; readonly message: Text }

/** A mailbox that was just created. */
export interface CreatedMailbox {
  /** entryUUID. */
  readonly id: string
  readonly name: string
  readonly mail: string
  /** null where none was wanted. */
  readonly password: PasswordOutcome | null
}

/**
 * mailbox-choices - what a box for choosing a mailbox asks the panel, and what it is answered. Plain data.
 */
import type { AliasHolder } from '@/lib/entries/alias'
import type { Text } from '@/lib/words/text'

export type MailboxChoices =
  | { readonly status: 'found'; readonly mailboxes: readonly AliasHolder[] }
  | { readonly status: 'refused'; readonly message: Text }

/** Server action: a few mailboxes that contain this text. */
export type FindMailboxes = (text: string) => Promise<MailboxChoices>

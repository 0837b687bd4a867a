import { mayChangeAttribute } from '@/lib/changes/authorization'
import { attributeOf, MAILBOX_FIELDS, type MailboxField } from '@/lib/entries/mailbox-attributes'

/** The fields of the mailbox form that a person of this role may not change. */
export function lockedFields(role: Parameters<typeof mayChangeAttribute>[0]): readonly MailboxField[] {
  return MAILBOX_FIELDS.filter((field) => !mayChangeAttribute(role, attributeOf(field)))
}

/**
 * new-mailbox-fields - the form of a new mailbox: its fields, and what a duplicate takes from its model.
 *
 * Free of zod, so that the browser can use it at no cost.
 */
import { EMPTY_FORM, type MailboxForm } from './mailbox'
import type { MailboxField } from './mailbox-attributes'

export type NewMailboxField = MailboxField | 'uid' | 'mail' | 'password'

export interface NewMailbox {
  readonly uid: string
  readonly mail: string
  /** DN of the entry below which it goes. */
  readonly parent: string
  readonly form: MailboxForm
}

/** What colleagues have in common. Addresses, telephone numbers and names are a person's own. */
const SHARED = [
  'title',
  'employeeType',
  'preferredLanguage',
  'o',
  'street',
  'postalCode',
  'l',
  'postalAddress',
  'mailQuota',
  'mailEnabled',
  'mailUidNumber',
  'mailGidNumber',
  'mailGroupMember',
  'ou',
  'departmentNumber',
  'description',
] as const satisfies readonly MailboxField[]

/** The form of a mailbox that is to be like this one. */
export function formLike(model: MailboxForm): MailboxForm {
  return SHARED.reduce<MailboxForm>((form, field) => ({ ...form, [field]: model[field] }), EMPTY_FORM)
}

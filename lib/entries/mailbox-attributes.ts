/**
 * mailbox-attributes - which attributes the mailbox form edits, and as what: one text, or a list of values.
 *
 * Of inetOrgPerson (RFC 2798) those that people use, of the Postfix Book schema all but mail, which has a task of
 * its own. A text is the first value of its attribute; further values are left alone. A field is called as its
 * attribute is; only mailAlias is called aliases. Free of zod, so that the browser can use it at no cost.
 */

/** Fields with one text. */
export const TEXT_FIELDS = [
  'cn',
  'givenName',
  'sn',
  'displayName',
  'initials',
  'title',
  'employeeNumber',
  'employeeType',
  'preferredLanguage',
  'o',
  'street',
  'postalCode',
  'l',
  'postalAddress',
  'mailEnabled',
  'mailQuota',
  'mailHomeDirectory',
  'mailStorageDirectory',
  'mailUidNumber',
  'mailGidNumber',
  'mailSieveRuleSource',
] as const

/** Fields with a list of values. */
export const LIST_FIELDS = [
  'aliases',
  'mailForwardingAddress',
  'mailGroupMember',
  'telephoneNumber',
  'mobile',
  'homePhone',
  'facsimileTelephoneNumber',
  'ou',
  'departmentNumber',
  'roomNumber',
  'description',
  'labeledURI',
] as const

export type TextField = (typeof TEXT_FIELDS)[number]
export type ListField = (typeof LIST_FIELDS)[number]
export type MailboxField = TextField | ListField

export const MAILBOX_FIELDS: readonly MailboxField[] = [...TEXT_FIELDS, ...LIST_FIELDS]

/** The attribute that a field edits. */
export function attributeOf(field: MailboxField): string {
  return field === 'aliases' ? 'mailAlias' : field
}

/** The field that edits an attribute; null if none does. */
export function fieldOfAttribute(attribute: string): MailboxField | null {
  const name = attribute.toLowerCase()
  return MAILBOX_FIELDS.find((field) => attributeOf(field).toLowerCase() === name) ?? null
}

/** Whether a field holds a list. */
export function isListField(field: string): field is ListField {
  return LIST_FIELDS.some((other) => other === field)
}

/** Attributes without an equality rule: their values cannot be named one by one (RFC 4511 section 4.6). */
const WITHOUT_EQUALITY: readonly MailboxField[] = ['mailSieveRuleSource', 'facsimileTelephoneNumber']

/** Whether the server can take away one value of the attribute and leave the others. */
export function hasEquality(field: MailboxField): boolean {
  return !WITHOUT_EQUALITY.includes(field)
}

/**
 * mailbox - an inetOrgPerson + PostfixBookMailAccount entry as the panel shows and edits it.
 *
 * MailboxForm holds what can be edited, as text that people read: a quota with its unit, a postal address in lines.
 * Mailbox adds what is only shown. Strings and lists only, so that both cross to the browser; never a password.
 */
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { attributeOf, LIST_FIELDS, type ListField, TEXT_FIELDS, type TextField } from './mailbox-attributes'
import { linesOfPostalAddress } from './postal-address'
import { formatQuota } from './quota'

/** The edited attributes; an empty text or list means that the attribute is absent. Lists in the directory's order. */
export type MailboxForm = Readonly<Record<TextField, string>> & Readonly<Record<ListField, readonly string[]>>

export interface Mailbox {
  /** entryUUID: how pages address the entry. */
  readonly id: string
  readonly dn: string
  /** The state of the entry that the form was filled from (RFC 4528 assertion on it guards the write). */
  readonly entryCsn: string
  readonly uid: string
  readonly mail: string
  /** Values of mail after the first. */
  readonly otherMails: readonly string[]
  /** mailEnabled, absent counts as enabled. */
  readonly enabled: boolean
  readonly quota: string
  readonly storageDirectory: string
  readonly forwardingAddresses: readonly string[]
  readonly form: MailboxForm
}

/** Attributes that {@link readMailbox} needs. */
export const MAILBOX_ATTRIBUTES = ['*', 'entryUUID', 'entryCSN'] as const

/** The mailbox in an entry read with {@link MAILBOX_ATTRIBUTES}. */
export function readMailbox(entry: Entry): Mailbox {
  const [mail = '', ...otherMails] = valuesOf(entry, 'mail')
  return {
    id: valueOf(entry, 'entryUUID') ?? '',
    dn: entry.dn,
    entryCsn: valueOf(entry, 'entryCSN') ?? '',
    uid: valueOf(entry, 'uid') ?? '',
    mail,
    otherMails,
    enabled: isEnabled(entry),
    quota: valueOf(entry, 'mailQuota') ?? '',
    storageDirectory: valueOf(entry, 'mailStorageDirectory') ?? '',
    forwardingAddresses: [...valuesOf(entry, 'mailForwardingAddress')],
    form: readForm(entry),
  }
}

/** Whether a mailbox is enabled; an absent mailEnabled counts as enabled. */
export function isEnabled(entry: Entry): boolean {
  return valueOf(entry, 'mailEnabled')?.toUpperCase() !== 'FALSE'
}

/** The form as this entry fills it. */
export function readForm(entry: Entry): MailboxForm {
  const texts = TEXT_FIELDS.map((field) => [field, shownText(field, valueOf(entry, field) ?? '')] as const)
  const lists = LIST_FIELDS.map((field) => [field, [...valuesOf(entry, attributeOf(field))]] as const)
  return { ...textsOf(texts), ...listsOf(lists) }
}

/** The form of nobody. */
export const EMPTY_FORM: MailboxForm = readForm({ dn: '', attributes: [] })

/** A record of every text field. */
export function textsOf(
  texts: readonly (readonly [TextField, string])[],
): Readonly<Record<TextField, string>> {
  return Object.fromEntries(texts) as Record<TextField, string>
}

/** A record of every list field. */
export function listsOf(
  lists: readonly (readonly [ListField, readonly string[]])[],
): Readonly<Record<ListField, readonly string[]>> {
  return Object.fromEntries(lists) as Record<ListField, readonly string[]>
}

/** A stored value as the form shows it. */
export function shownText(field: TextField, value: string): string {
  if (field === 'mailQuota') return formatQuota(value)
  return field === 'postalAddress' ? linesOfPostalAddress(value) : value
}

/** What to call the person in lists and headings. */
export function nameOf(mailbox: Mailbox): string {
  return mailbox.form.displayName || mailbox.form.cn || mailbox.mail
}

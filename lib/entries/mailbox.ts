/**
 * mailbox - an inetOrgPerson + PostfixBookMailAccount entry as the panel shows and edits it.
 *
 * MailboxForm holds what can be edited, as text; Mailbox adds what is only shown. Strings and lists only, so
 * that both cross to the browser.
 */
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'

/** The edited attributes; an empty text means that the attribute is absent. */
export interface MailboxForm {
  readonly givenName: string
  readonly sn: string
  readonly cn: string
  readonly displayName: string
  /** In the directory's order. */
  readonly aliases: readonly string[]
}

export interface Mailbox {
  /** entryUUID: how pages address the entry. */
  readonly id: string
  readonly dn: string
  /** The state of the entry that the form was filled from (RFC 4528 assertion on it guards the write). */
  readonly entryCsn: string
  readonly uid: string
  readonly mail: string
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
  return {
    id: valueOf(entry, 'entryUUID') ?? '',
    dn: entry.dn,
    entryCsn: valueOf(entry, 'entryCSN') ?? '',
    uid: valueOf(entry, 'uid') ?? '',
    mail: valueOf(entry, 'mail') ?? '',
    enabled: valueOf(entry, 'mailEnabled') !== 'FALSE',
    quota: valueOf(entry, 'mailQuota') ?? '',
    storageDirectory: valueOf(entry, 'mailStorageDirectory') ?? '',
    forwardingAddresses: [...valuesOf(entry, 'mailForwardingAddress')],
    form: {
      givenName: valueOf(entry, 'givenName') ?? '',
      sn: valueOf(entry, 'sn') ?? '',
      cn: valueOf(entry, 'cn') ?? '',
      displayName: valueOf(entry, 'displayName') ?? '',
      aliases: [...valuesOf(entry, 'mailAlias')],
    },
  }
}

/** What to call the person in lists and headings. */
export function nameOf(mailbox: Mailbox): string {
  return mailbox.form.displayName || mailbox.form.cn || mailbox.mail
}

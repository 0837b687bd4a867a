/**
 * mailbox-row - a mailbox as a list shows it: a few of its attributes, read without the form of the rest. Pure.
 */
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { isEnabled } from './mailbox'
import { formatQuota } from './quota'

export interface MailboxRow {
  /** entryUUID. */
  readonly id: string
  readonly uid: string
  /** What to call the person. */
  readonly name: string
  readonly mail: string
  readonly aliases: readonly string[]
  readonly enabled: boolean
  readonly forwardingAddresses: readonly string[]
  /** With its unit; empty where there is none. */
  readonly quota: string
}

/** Attributes that {@link readMailboxRow} needs. */
export const MAILBOX_ROW_ATTRIBUTES = [
  'cn',
  'displayName',
  'mail',
  'mailAlias',
  'mailEnabled',
  'mailForwardingAddress',
  'mailQuota',
  'uid',
  'entryUUID',
] as const

/** The row of an entry read with {@link MAILBOX_ROW_ATTRIBUTES}. */
export function readMailboxRow(entry: Entry): MailboxRow {
  const mail = valueOf(entry, 'mail') ?? ''
  return {
    id: valueOf(entry, 'entryUUID') ?? '',
    uid: valueOf(entry, 'uid') ?? '',
    name: valueOf(entry, 'displayName') || valueOf(entry, 'cn') || mail,
    mail,
    aliases: valuesOf(entry, 'mailAlias'),
    enabled: isEnabled(entry),
    forwardingAddresses: valuesOf(entry, 'mailForwardingAddress'),
    quota: formatQuota(valueOf(entry, 'mailQuota') ?? ''),
  }
}

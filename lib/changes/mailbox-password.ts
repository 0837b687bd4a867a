/**
 * mailbox-password - sets the password of a mailbox for a person who may do that.
 *
 * Typed, or generated here and told once: 20 letters and digits, 99 bits, without those that look alike. The server
 * sets and hashes it (RFC 3062). Only a postmaster sets the password of a postmaster, because whoever sets it can
 * sign in with it. The change is recorded with its person like any other (commit-record), without the password.
 */
import 'server-only'
import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import type { PasswordChange } from '@/lib/directory/password'
import { resetPassword } from '@/lib/directory/password-reset'
import { readRoleFacts } from '@/lib/directory/sign-in'
import type { wantedPassword } from '@/lib/entries/new-mailbox'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'
import { refusalOfAuthority } from './authorization'
import { recordCommit } from './commit/commit-record'
import { microsecondsNow } from './commit/commit-time'
import type { PasswordOutcome } from './mailbox-password-state'

export type WantedPassword = Exclude<z.infer<typeof wantedPassword>, { kind: 'none' }>

const SYMBOLS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 5

/**
 * Sets the password of the mailbox with this entryUUID.
 * @param creation the commit that has made the mailbox just now: with it the password is taken back, too
 */
export async function setMailboxPassword(
  authority: Authority,
  id: string,
  wanted: WantedPassword,
  creation: string | null = null,
): Promise<PasswordOutcome> {
  const read = await readMailboxEntry(authority, id)
  if (read.status === 'notFound') return refused({ key: 'mailbox.password.gone' })
  if (read.status === 'failed') return refused(unanswered(read.diagnostic))
  const { entry } = read
  const forbidden = await refusalOf(authority, entry)
  if (forbidden !== null) return refused(forbidden)
  const password = wanted.kind === 'typed' ? wanted.password : generatedPassword()
  if (password === '') return refused({ key: 'mailbox.password.empty' })
  const begun = microsecondsNow()
  const change = await resetPassword(authority, entry.dn, password)
  if (change.status !== 'changed') return refused(refusalText(change))
  const commit = creation === null ? null : { id: creation, writes: 1, task: null }
  await recordCommit(authority, [{ change: recorded(entry.dn), before: entry, after: entry }], begun, commit)
  return { status: 'set', generated: wanted.kind === 'generated' ? password : null }
}

/** Why this person may not set the password of this entry; null if they may. */
async function refusalOf(authority: Authority, entry: Entry): Promise<Text | null> {
  const { LDAP_DOMAINS_BASE: domains, LDAP_MAIL_BASE: mail } = directoryEnvironment()
  const others = entry.attributes.filter(({ description }) => description.toLowerCase() !== 'userpassword')
  const after = { ...entry, attributes: [...others, { description: 'userPassword', values: [''] }] }
  const sentence = refusalOfAuthority(authority, [{ before: entry, after }], { domains, mail })
  if (sentence !== null || authority.role === 'postmaster') return sentence
  const facts = await readRoleFacts(entry.dn, valuesOf(entry, 'uid'))
  if (facts.status === 'failed') return unanswered(facts.diagnostic)
  return facts.inPostmasterGroup ? { key: 'mailbox.password.postmaster' } : null
}

function generatedPassword(): string {
  const symbol = (): string => SYMBOLS.charAt(randomInt(SYMBOLS.length))
  const group = (): string => Array.from({ length: GROUP }, symbol).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** The change for the record: that the password changed, never the password. */
function recorded(dn: string): ChangeRecord {
  return {
    type: 'modify',
    dn,
    modifications: [{ operation: 'replace', attribute: 'userPassword', values: [] }],
  }
}

const INSUFFICIENT_ACCESS = 50
const CONSTRAINT_VIOLATION = 19

/** What is wrong with a new password, by the policy control or else by the result code. */
function refusalText(change: Exclude<PasswordChange, { status: 'changed' }>): Text {
  const { resultCode, diagnostic } = change
  if (change.status === 'failed') return { key: 'mailbox.password.unknown', values: { diagnostic } }
  switch (change.policy.error) {
    case 'passwordTooShort':
      return { key: 'mailbox.password.short' }
    case 'insufficientPasswordQuality':
      return { key: 'mailbox.password.weak', values: { diagnostic } }
    case 'passwordInHistory':
      return { key: 'mailbox.password.used' }
    case 'passwordTooYoung':
      return { key: 'mailbox.password.young' }
    case 'passwordModNotAllowed':
    case 'mustSupplyOldPassword':
    case 'changeAfterReset':
    case 'accountLocked':
    case 'passwordExpired':
    case null:
      break
  }
  if (resultCode === INSUFFICIENT_ACCESS) return { key: 'mailbox.password.notAllowed' }
  if (resultCode === CONSTRAINT_VIOLATION) return { key: 'mailbox.password.weak', values: { diagnostic } }
  return { key: 'mailbox.password.refused', values: { diagnostic, code: resultCode } }
}

function unanswered(diagnostic: string): Text {
  return { key: 'edit.noAnswer', values: { diagnostic } }
}

function refused(message: Text): PasswordOutcome {
  return { status: 'refused', message }
}

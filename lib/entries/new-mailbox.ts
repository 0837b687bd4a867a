/**
 * new-mailbox - from what was typed for a new mailbox to the change record that adds it.
 *
 * The entry is an inetOrgPerson with PostfixBookMailAccount, and PostfixBookMailForward where it forwards, named by
 * its uid. It is added without a password: that is set afterwards by the server (RFC 3062), which hashes it. Pure.
 */
import { z } from 'zod'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { buildDn, formatDn, parseDn } from '@/lib/ldap/dn'
import type { Text } from '@/lib/words/text'
import { addressProblem } from './address'
import { EMPTY_FORM, type MailboxForm } from './mailbox'
import {
  attributesOfForm,
  FORWARD_CLASS,
  formProblems,
  mailboxForm,
  soundPart,
  tidyForm,
} from './mailbox-form'
import type { NewMailbox, NewMailboxField } from './new-mailbox-fields'
import type { Problem } from './problem'

/** What is to become of the password. */
export const wantedPassword = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('generated') }),
  z.object({ kind: z.literal('typed'), password: z.string().max(256) }),
])

/** Shape of a submitted new mailbox; anything else is refused whole. */
export const newMailboxSubmission = z.object({
  uid: z.string().max(256),
  mail: z.string().max(320),
  parent: z.string().max(1024),
  form: mailboxForm,
  password: wantedPassword,
})

export type NewMailboxSubmission = z.infer<typeof newMailboxSubmission>

/** The new mailbox as it is stored: without blanks around values. */
export function tidyNewMailbox({ uid, mail, parent, form }: NewMailboxSubmission): NewMailbox {
  return { uid: uid.trim(), mail: mail.trim(), parent, form: tidyForm(form) }
}

/** Problems of a tidy new mailbox, each with its field. */
export function newMailboxProblems(mailbox: NewMailbox): readonly Problem<NewMailboxField>[] {
  const problem = (field: NewMailboxField, message: Text | null): readonly Problem<NewMailboxField>[] =>
    message === null ? [] : [{ field, index: null, message }]
  return [
    ...problem('mail', mailbox.mail === '' ? { key: 'mailbox.problem.mail' } : addressProblem(mailbox.mail)),
    ...problem('uid', uidProblem(mailbox.uid)),
    ...formProblems(mailbox.form, { form: EMPTY_FORM, mail: mailbox.mail }),
  ]
}

/** What is wrong with a user name; null if nothing is. */
export function uidProblem(uid: string): Text | null {
  if (uid === '') return { key: 'mailbox.problem.uid' }
  return /^[\x21-\x7e]+$/.test(uid) && !/["+,;<>=\\#]/.test(uid)
    ? null
    : { key: 'mailbox.problem.uidCharacters' }
}

/** What of the form can be previewed; null as long as there is no name or address to add it under. */
export function soundNewMailbox(
  mailbox: NewMailbox,
  problems: readonly Problem<NewMailboxField>[],
): NewMailbox | null {
  const isFaulty = (field: NewMailboxField): boolean => problems.some((problem) => problem.field === field)
  if (isFaulty('mail') || isFaulty('uid') || isFaulty('cn') || isFaulty('sn')) return null
  const ofForm = problems.flatMap(({ field, ...rest }) =>
    field === 'mail' || field === 'uid' || field === 'password' ? [] : [{ ...rest, field }],
  )
  const form = soundPart(mailbox.form, ofForm, EMPTY_FORM)
  return { ...mailbox, form }
}

/** The DN of the new entry; null when the parent is no DN. */
export function dnOfNewMailbox({ uid, parent }: Pick<NewMailbox, 'uid' | 'parent'>): string | null {
  const dn = parseDn(parent)
  return dn === null ? null : formatDn(buildDn([{ attribute: 'uid', value: uid }], dn))
}

/** The change record that adds the mailbox under this DN. */
export function planNewMailbox(dn: string, { uid, mail, form }: NewMailbox): ChangeRecord {
  const classes = ['inetOrgPerson', 'PostfixBookMailAccount', ...forwardClass(form)]
  return {
    type: 'add',
    dn,
    attributes: [
      { description: 'objectClass', values: classes },
      { description: 'uid', values: [uid] },
      { description: 'mail', values: [mail] },
      ...attributesOfForm(form),
    ],
  }
}

function forwardClass(form: MailboxForm): readonly string[] {
  return form.mailForwardingAddress.length === 0 ? [] : [FORWARD_CLASS]
}

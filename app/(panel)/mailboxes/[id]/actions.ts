'use server'

import { type AuthorityResult, currentAuthority } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import { previewMailbox, saveMailbox } from '@/lib/changes/mailbox-edit'
import type { MailboxPreview, MailboxSave } from '@/lib/changes/mailbox-state'
import { mailboxSubmission } from '@/lib/entries/mailbox-form'

/** What Postfix will answer if this form is saved. Reads only. */
export async function askPreview(submission: unknown): Promise<MailboxPreview> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const parsed = mailboxSubmission.safeParse(submission)
  return parsed.success ? previewMailbox(who.authority, parsed.data) : MALFORMED
}

/** Saves the form if it is what was previewed; then asks the tables again. */
export async function save(submission: unknown, approved: unknown): Promise<MailboxSave> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const parsed = mailboxSubmission.safeParse(submission)
  const yes = approval.safeParse(approved)
  return parsed.success && yes.success ? saveMailbox(who.authority, parsed.data, yes.data) : MALFORMED
}

const MALFORMED = {
  status: 'refused',
  message: 'This form has a value that is too long or not text. Shorten it, or reload the page.',
  field: null,
} as const

function notSignedIn(
  who: Exclude<AuthorityResult, { status: 'signedIn' }>,
): Extract<MailboxSave, { status: 'refused' }> {
  const message =
    who.status === 'signedOut'
      ? 'You are signed out. Sign in in another tab, then try again here: what you typed stays.'
      : `The directory did not answer (${who.message}). Try again.`
  return { status: 'refused', message, field: null }
}

'use server'

import { z } from 'zod'
import { notSignedIn, previewForm } from '@/app/form-action'
import { currentAuthority } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import { refusedEdit } from '@/lib/changes/edit'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import { createMailbox, planMailboxCreation } from '@/lib/changes/mailbox-create'
import type { CreatedMailbox } from '@/lib/changes/mailbox-password-state'
import type { MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { newMailboxSubmission } from '@/lib/entries/new-mailbox'
import type { NewMailboxField } from '@/lib/entries/new-mailbox-fields'
import { defaultsFor } from './defaults'

/** What Postfix will answer with this mailbox. Reads only. */
export async function askPreview(submission: unknown): Promise<EditPreview<NewMailboxField, CreatedMailbox>> {
  return previewForm(newMailboxSubmission, planMailboxCreation, submission)
}

/** Creates the mailbox if it is what was previewed, then sets its password. */
export async function create(
  submitted: unknown,
  approved: unknown,
): Promise<EditOutcome<NewMailboxField, CreatedMailbox>> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const [submission, yes] = [newMailboxSubmission.safeParse(submitted), approval.safeParse(approved)]
  if (!submission.success || !yes.success) return refusedEdit({ key: 'edit.malformed' })
  return createMailbox(who.authority, submission.data, yes.data)
}

/** What new mailboxes of this domain should look like; null when the directory does not say now. */
export async function learn(domain: unknown): Promise<MailboxDefaults | null> {
  const who = await currentAuthority()
  const name = z.string().toLowerCase().max(253).safeParse(domain)
  if (who.status !== 'signedIn' || who.authority.role === 'owner' || !name.success) return null
  const learned = await defaultsFor(who.authority, name.data)
  return learned.status === 'learned' ? learned.defaults : null
}

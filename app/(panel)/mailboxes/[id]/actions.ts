'use server'

import { previewForm, saveForm } from '@/app/form-action'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import { planMailboxEdit } from '@/lib/changes/mailbox-edit'
import type { Mailbox } from '@/lib/entries/mailbox'
import type { MailboxField } from '@/lib/entries/mailbox-fields'
import { mailboxSubmission } from '@/lib/entries/mailbox-form'

/** What Postfix will answer if this form is saved. Reads only. */
export async function askPreview(submission: unknown): Promise<EditPreview<MailboxField, Mailbox>> {
  return previewForm(mailboxSubmission, planMailboxEdit, submission)
}

/** Saves the form if it is what was previewed; then asks the tables again. */
export async function save(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<MailboxField, Mailbox>> {
  return saveForm(mailboxSubmission, planMailboxEdit, submission, approved)
}

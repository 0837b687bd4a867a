'use server'

import { notSignedIn, previewForm, saveForm } from '@/app/form-action'
import { currentAuthority } from '@/lib/auth/current-authority'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import { planMailboxEdit } from '@/lib/changes/mailbox-edit'
import { setMailboxPassword } from '@/lib/changes/mailbox-password'
import type { PasswordOutcome } from '@/lib/changes/mailbox-password-state'
import {
  deletionSubmission,
  enabledSubmission,
  planAddressChange,
  planMailboxDeletion,
  planMailboxEnabled,
} from '@/lib/changes/mailbox-tasks'
import type { Mailbox } from '@/lib/entries/mailbox'
import { type AddressField, addressSubmission } from '@/lib/entries/mailbox-address'
import type { MailboxField } from '@/lib/entries/mailbox-fields'
import { mailboxSubmission } from '@/lib/entries/mailbox-form'
import { wantedPassword } from '@/lib/entries/new-mailbox'
import { z } from 'zod'

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

/** What Postfix will answer with another address. Reads only. */
export async function askAddressPreview(submission: unknown): Promise<EditPreview<AddressField, Mailbox>> {
  return previewForm(addressSubmission, planAddressChange, submission)
}

/** Gives the mailbox another address if that is what was previewed. */
export async function saveAddress(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<AddressField, Mailbox>> {
  return saveForm(addressSubmission, planAddressChange, submission, approved)
}

/** Enables or disables the mailbox if that is what was previewed. */
export async function saveEnabled(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<'mailEnabled', Mailbox>> {
  return saveForm(enabledSubmission, planMailboxEnabled, submission, approved)
}

/** Deletes the mailbox if that is what was previewed. */
export async function deleteMailbox(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<'heir', Mailbox>> {
  return saveForm(deletionSubmission, planMailboxDeletion, submission, approved)
}

/** Sets a new password. A generated one is in the answer, and nowhere else. */
export async function setPassword(id: unknown, wanted: unknown): Promise<PasswordOutcome> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return { status: 'refused', message: notSignedIn(who).message }
  const [mailbox, password] = [z.uuid().safeParse(id), wantedPassword.safeParse(wanted)]
  if (!mailbox.success || !password.success || password.data.kind === 'none')
    return { status: 'refused', message: { key: 'edit.malformed' } }
  return setMailboxPassword(who.authority, mailbox.data, password.data)
}

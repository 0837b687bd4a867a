'use server'

import { z } from 'zod'
import { previewForm, saveForm } from '@/app/form-action'
import type { MailboxChoices } from '@/components/aliases/mailbox-choices'
import { currentAuthority } from '@/lib/auth/current-authority'
import { planAliasEdit } from '@/lib/changes/alias-edit'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Alias } from '@/lib/entries/alias'
import { type AliasField, aliasSubmission } from '@/lib/entries/alias-form'
import { quickSearch } from '@/lib/lists/quick-search'

const wanted = z.string().trim().min(1).max(200)

/** What Postfix will answer if this form is saved. Reads only. */
export async function previewAlias(submission: unknown): Promise<EditPreview<AliasField, Alias>> {
  return previewForm(aliasSubmission, planAliasEdit, submission)
}

/** Saves the form if it is what was previewed; then asks the tables again. */
export async function saveAlias(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<AliasField, Alias>> {
  return saveForm(aliasSubmission, planAliasEdit, submission, approved)
}

/** A few mailboxes that contain this text, as far as the person may see them. Reads only. */
export async function findMailboxes(text: unknown): Promise<MailboxChoices> {
  const who = await currentAuthority()
  if (who.status === 'signedOut') return { status: 'refused', message: { key: 'aliases.signedOut' } }
  const parsed = wanted.safeParse(text)
  if (who.status !== 'signedIn' || !parsed.success)
    return { status: 'refused', message: { key: 'aliases.pickerFailed' } }
  const found = await quickSearch(who.authority, parsed.data)
  if (found.status === 'failed') return { status: 'refused', message: { key: 'aliases.pickerFailed' } }
  const mailboxes = found.mailboxes.map(({ id, dn, entryCsn, mail, name, enabled }) => ({
    id,
    dn,
    entryCsn,
    mail,
    name,
    enabled,
  }))
  return { status: 'found', mailboxes }
}

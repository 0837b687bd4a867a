'use server'

import { previewForm, saveForm } from '@/app/form-action'
import { planDomainCreation } from '@/lib/changes/domain-edit'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Domain } from '@/lib/entries/domain'
import { type DomainField, newDomainSubmission } from '@/lib/entries/domain-form'

/** What Postfix will answer if this domain is made. Reads only. */
export async function askNewDomainPreview(submission: unknown): Promise<EditPreview<DomainField, Domain>> {
  return previewForm(newDomainSubmission, planDomainCreation, submission)
}

/** Makes the domain if it is what was previewed; then asks the tables again. */
export async function createDomain(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<DomainField, Domain>> {
  return saveForm(newDomainSubmission, planDomainCreation, submission, approved)
}

'use server'

import { previewForm, saveForm } from '@/app/form-action'
import { runTask, type TaskNews } from '@/app/(panel)/domains/task-news'
import { administratorSubmission, planAdministratorEdit } from '@/lib/changes/domain-administrators-edit'
import {
  aliasDomainSubmission,
  catchAllSubmission,
  planAliasDomainEdit,
  planCatchAllEdit,
} from '@/lib/changes/domain-alias-edit'
import { planDomainEdit } from '@/lib/changes/domain-edit'
import { domainRemovalSubmission, planDomainRemoval } from '@/lib/changes/domain-removal-edit'
import { domainRenameSubmission, planDomainRename } from '@/lib/changes/domain-rename-edit'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Domain } from '@/lib/entries/domain'
import { type DomainField, domainSubmission } from '@/lib/entries/domain-form'

/** What Postfix will answer if the form of a domain is saved. Reads only. */
export async function askDomainPreview(submission: unknown): Promise<EditPreview<DomainField, Domain>> {
  return previewForm(domainSubmission, planDomainEdit, submission)
}

/** Saves the form of a domain if it is what was previewed; then asks the tables again. */
export async function saveDomain(
  submission: unknown,
  approved: unknown,
): Promise<EditOutcome<DomainField, Domain>> {
  return saveForm(domainSubmission, planDomainEdit, submission, approved)
}

/** Renames a domain with its addresses if that is what was previewed. */
export async function renameDomain(
  submission: unknown,
  approved: unknown,
): Promise<ReadableStream<TaskNews>> {
  return Promise.resolve(runTask(domainRenameSubmission, planDomainRename, submission, approved))
}

/** Deletes a domain if that is what was previewed. */
export async function deleteDomain(
  submission: unknown,
  approved: unknown,
): Promise<ReadableStream<TaskNews>> {
  return Promise.resolve(runTask(domainRemovalSubmission, planDomainRemoval, submission, approved))
}

/** Turns a catch-all on or off if that is what was previewed. */
export async function setCatchAll(submission: unknown, approved: unknown): Promise<ReadableStream<TaskNews>> {
  return Promise.resolve(runTask(catchAllSubmission, planCatchAllEdit, submission, approved))
}

/** Gives each address of a domain in another one too, if that is what was previewed. */
export async function makeAliasDomain(
  submission: unknown,
  approved: unknown,
): Promise<ReadableStream<TaskNews>> {
  const plan = async (...given: Parameters<typeof planAliasDomainEdit>) =>
    (await planAliasDomainEdit(...given)).edit
  return Promise.resolve(runTask(aliasDomainSubmission, plan, submission, approved))
}

/** Adds or removes an administrator of a domain if that is what was previewed. */
export async function setAdministrator(
  submission: unknown,
  approved: unknown,
): Promise<ReadableStream<TaskNews>> {
  return Promise.resolve(runTask(administratorSubmission, planAdministratorEdit, submission, approved))
}

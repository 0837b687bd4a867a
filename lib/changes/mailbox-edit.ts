/**
 * mailbox-edit - preview and save of the mailbox form, as a person: read, plan, preview, commit.
 *
 * The entry is read anew for both; a plan is never taken from the browser. When the entry is not in the state
 * in which the form was opened (its entryCSN), nothing is planned and the person is shown the new state.
 */
import 'server-only'
import type { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import {
  formProblems,
  type mailboxSubmission,
  planMailbox,
  soundPart,
  tidyForm,
} from '@/lib/entries/mailbox-form'
import type { MailboxField } from '@/lib/entries/mailbox-fields'
import { type Mailbox, type MailboxForm, readMailbox } from '@/lib/entries/mailbox'
import type { Entry } from '@/lib/ldap/entry'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { commitChanges } from '@/lib/changes/commit/commit'
import type { MailboxPreview, MailboxSave } from './mailbox-state'
import { previewChanges } from './preview'
import type { Approval, CommitResult } from './preview-result'

export type Submission = z.infer<typeof mailboxSubmission>

type Refusal = Extract<MailboxSave, { status: 'refused' | 'stale' }>
type Opened = {
  readonly status: 'opened'
  readonly entry: Entry
  readonly mailbox: Mailbox
  readonly form: MailboxForm
}

/** What Postfix would answer after this form, while it is being typed; faulty parts are left out and named. */
export async function previewMailbox(authority: Authority, submission: Submission): Promise<MailboxPreview> {
  const opened = await open(authority, submission)
  if (opened.status !== 'opened') return opened
  const problems = formProblems(opened.form, opened.mailbox)
  const sound = soundPart(opened.form, problems, opened.mailbox)
  const result = await previewChanges(authority, planMailbox(opened.entry, sound), [basisOf(opened.mailbox)])
  switch (result.status) {
    case 'previewed':
      return { status: 'previewed', preview: result.preview, problems }
    case 'stale':
      return { status: 'stale', current: result.entry === null ? null : readMailbox(result.entry) }
    case 'forbidden':
    case 'refused':
    case 'unavailable':
      return refused(result.message)
  }
}

/** Saves the form if it is what was previewed and approved, then proves the promise. */
export async function saveMailbox(
  authority: Authority,
  submission: Submission,
  approval: Approval,
): Promise<MailboxSave> {
  const opened = await open(authority, submission)
  if (opened.status !== 'opened') return opened
  const problems = formProblems(opened.form, opened.mailbox)
  if (problems.length > 0) return { status: 'invalid', problems }
  const changes = planMailbox(opened.entry, opened.form)
  const result = await commitChanges(authority, changes, [basisOf(opened.mailbox)], approval)
  return answerOf(authority, submission, result)
}

async function open(authority: Authority, submission: Submission): Promise<Opened | Refusal> {
  const read = await readMailboxEntry(authority, submission.id)
  if (read.status === 'notFound') return { status: 'stale', current: null }
  if (read.status === 'failed')
    return refused(`The directory did not answer (${read.diagnostic}). Try again.`)
  const mailbox = readMailbox(read.entry)
  if (mailbox.entryCsn !== submission.entryCsn) return { status: 'stale', current: mailbox }
  return { status: 'opened', entry: read.entry, mailbox, form: tidyForm(submission.form) }
}

async function answerOf(
  authority: Authority,
  submission: Submission,
  result: CommitResult,
): Promise<MailboxSave> {
  switch (result.status) {
    case 'asPreviewed':
    case 'alarm': {
      const now = await readMailboxEntry(authority, submission.id)
      if (now.status !== 'found')
        return refused('The change was saved, but the entry could not be read again. Reload.')
      const broken = result.status === 'alarm' ? result.broken : []
      return { status: 'saved', mailbox: readMailbox(now.entry), lookups: result.lookups, broken }
    }
    case 'stale': {
      const now = await open(authority, submission)
      return now.status === 'opened' ? { status: 'look', preview: result.preview, reason: 'outdated' } : now
    }
    case 'notConfirmed':
    case 'blocked':
      return { status: 'look', preview: result.preview, reason: result.status }
    case 'refused':
      return { status: 'refused', message: result.message, field: fieldOf(result.attribute) }
    case 'forbidden':
    case 'unavailable':
    case 'partial':
      return refused(result.message)
  }
}

const FIELD_OF_ATTRIBUTE: Readonly<Record<string, MailboxField>> = {
  mailalias: 'aliases',
  cn: 'cn',
  sn: 'sn',
  givenname: 'givenName',
  displayname: 'displayName',
}

function fieldOf(attribute: string | null): MailboxField | null {
  return FIELD_OF_ATTRIBUTE[attribute?.toLowerCase() ?? ''] ?? null
}

function basisOf(mailbox: Mailbox): { dn: string; entryCsn: string } {
  return { dn: mailbox.dn, entryCsn: mailbox.entryCsn }
}

function refused(message: string): Extract<MailboxSave, { status: 'refused' }> {
  return { status: 'refused', message, field: null }
}

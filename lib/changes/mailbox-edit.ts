/**
 * mailbox-edit - plans the mailbox form, as a person: read, compare, plan.
 *
 * The entry is read anew each time; a plan is never taken from the browser. When the entry is not in the state
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
import { type Mailbox, readMailbox } from '@/lib/entries/mailbox'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { type Edit, unansweredEdit } from './edit'

/** What the mailbox form makes of the entry; faulty parts of the form are left out and named. */
export async function planMailboxEdit(
  authority: Authority,
  submission: z.infer<typeof mailboxSubmission>,
): Promise<Edit<MailboxField, Mailbox>> {
  const read = await readMailboxEntry(authority, submission.id)
  if (read.status === 'notFound') return { status: 'stale', current: null }
  if (read.status === 'failed') return unansweredEdit(read)
  const mailbox = readMailbox(read.entry)
  if (mailbox.entryCsn !== submission.entryCsn) return { status: 'stale', current: mailbox }
  const form = tidyForm(submission.form)
  const problems = formProblems(form, mailbox)
  return {
    status: 'planned',
    changes: planMailbox(read.entry, soundPart(form, problems, mailbox)),
    basis: [{ dn: mailbox.dn, entryCsn: mailbox.entryCsn }],
    problems,
    fieldOf,
    read: () => readNow(authority, submission.id),
  }
}

async function readNow(authority: Authority, id: string): Promise<Mailbox | SearchFailure | null> {
  const read = await readMailboxEntry(authority, id)
  if (read.status === 'failed') return read
  return read.status === 'found' ? readMailbox(read.entry) : null
}

const FIELD_OF_ATTRIBUTE: Readonly<Record<string, MailboxField>> = {
  mailalias: 'aliases',
  cn: 'cn',
  sn: 'sn',
  givenname: 'givenName',
  displayname: 'displayName',
}

function fieldOf(attribute: string): MailboxField | null {
  return FIELD_OF_ATTRIBUTE[attribute.toLowerCase()] ?? null
}

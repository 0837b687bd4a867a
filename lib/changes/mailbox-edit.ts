/**
 * mailbox-edit - plans the mailbox form, as a person: read, compare, plan.
 *
 * The entry is read anew each time; a plan is never taken from the browser. When the entry is not in the state
 * in which the form was opened (its entryCSN), nothing is planned and the person is shown the new state.
 */
import 'server-only'
import type { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import { type Mailbox, readMailbox } from '@/lib/entries/mailbox'
import { fieldOfAttribute, type MailboxField } from '@/lib/entries/mailbox-attributes'
import {
  formProblems,
  type mailboxSubmission,
  planMailbox,
  soundPart,
  tidyForm,
} from '@/lib/entries/mailbox-form'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { type Edit, unansweredEdit } from './edit'
import type { Refused, Stale } from './edit-state'

/** What the mailbox form makes of the entry; faulty parts of the form are left out and named. */
export async function planMailboxEdit(
  authority: Authority,
  submission: z.infer<typeof mailboxSubmission>,
): Promise<Edit<MailboxField, Mailbox>> {
  const opened = await readOpened(authority, submission.id, submission.entryCsn)
  if (opened.status !== 'read') return opened
  const { entry, mailbox } = opened
  const form = tidyForm(submission.form)
  const problems = formProblems(form, mailbox)
  return {
    status: 'planned',
    changes: planMailbox(entry, soundPart(form, problems, mailbox.form)),
    basis: [{ dn: mailbox.dn, entryCsn: mailbox.entryCsn }],
    problems,
    fieldOf: (attribute) =>
      attribute.toLowerCase() === 'objectclass' ? 'mailForwardingAddress' : fieldOfAttribute(attribute),
    read: () => readMailboxNow(authority, submission.id),
  }
}

interface Opened {
  readonly status: 'read'
  readonly entry: Entry
  readonly mailbox: Mailbox
}

/**
 * For planners: the entry of a mailbox, if it is in the state in which the form was opened.
 * @param entryCsn of that state; null where any will do
 */
export async function readOpened(
  authority: Authority,
  id: string,
  entryCsn: string | null,
): Promise<Opened | Stale<Mailbox> | Refused<never>> {
  const read = await readMailboxEntry(authority, id)
  if (read.status === 'notFound') return { status: 'stale', current: null }
  if (read.status === 'failed') return unansweredEdit(read)
  const mailbox = readMailbox(read.entry)
  return entryCsn === null || mailbox.entryCsn === entryCsn
    ? { status: 'read', entry: read.entry, mailbox }
    : { status: 'stale', current: mailbox }
}

/** For planners: the mailbox as it is now; null if it is gone. */
export async function readMailboxNow(
  authority: Authority,
  id: string,
): Promise<Mailbox | SearchFailure | null> {
  const read = await readMailboxEntry(authority, id)
  if (read.status === 'failed') return read
  return read.status === 'found' ? readMailbox(read.entry) : null
}

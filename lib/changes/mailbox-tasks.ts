/**
 * mailbox-tasks - plans the tasks of one mailbox, as a person: another address, out of use, out of the directory.
 *
 * Each reads the entry anew and plans from what was asked, as mailbox-edit does. Where the state in which the page
 * was opened does not come along, the checksum of the preview, which is over the entryCSN, says that it changed.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import { type Mailbox, readMailbox } from '@/lib/entries/mailbox'
import {
  type AddressField,
  addressProblems,
  type AddressSubmission,
  planAddress,
  tidyAddress,
} from '@/lib/entries/mailbox-address'
import { planDeletion, planEnabled } from '@/lib/entries/mailbox-removal'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { findMailboxEntry } from '@/lib/lists/mailboxes'
import type { Edit } from './edit'
import { unansweredEdit } from './edit'
import { readMailboxNow, readOpened } from './mailbox-edit'

/** Gives the mailbox another address, and another name if a new uid was typed. */
export async function planAddressChange(
  authority: Authority,
  submission: AddressSubmission,
): Promise<Edit<AddressField, Mailbox>> {
  const opened = await readOpened(authority, submission.id, submission.entryCsn)
  if (opened.status !== 'read') return opened
  const typed = tidyAddress(submission)
  const problems = addressProblems(opened.entry, typed)
  return {
    ...planned(authority, opened.mailbox),
    changes: planAddress(opened.entry, typed, new Set(problems.map(({ field }) => field))),
    problems,
    fieldOf: (attribute) => ADDRESS_FIELDS[attribute.toLowerCase()] ?? null,
  }
}

const ADDRESS_FIELDS: Readonly<Record<string, AddressField>> = { mail: 'mail', mailalias: 'mail', uid: 'uid' }

/** Shape of what is asked: whether the mailbox is to be enabled. */
export const enabledSubmission = z.object({ id: z.uuid(), enabled: z.boolean() })

/** Enables or disables the mailbox. */
export async function planMailboxEnabled(
  authority: Authority,
  { id, enabled }: z.infer<typeof enabledSubmission>,
): Promise<Edit<'mailEnabled', Mailbox>> {
  const opened = await readOpened(authority, id, null)
  if (opened.status !== 'read') return opened
  return {
    ...planned(authority, opened.mailbox),
    changes: planEnabled(opened.entry, enabled),
    problems: [],
    fieldOf: () => null,
  }
}

/** Shape of what is asked: which mailbox goes, and the address of the one that takes its addresses over, or ''. */
export const deletionSubmission = z.object({ id: z.uuid(), heir: z.string().trim().max(320) })

/** Deletes the mailbox; its addresses go to the heir if one is named. */
export async function planMailboxDeletion(
  authority: Authority,
  { id, heir }: z.infer<typeof deletionSubmission>,
): Promise<Edit<'heir', Mailbox>> {
  const opened = await readOpened(authority, id, null)
  if (opened.status !== 'read') return opened
  const found = await findHeir(authority, opened.entry, heir)
  if (found.status === 'failed') return unansweredEdit(found)
  const entry = found.status === 'found' ? found.entry : null
  const changes: readonly ChangeRecord[] = planDeletion(opened.entry, entry)
  const { basis, ...rest } = planned(authority, opened.mailbox)
  return {
    ...rest,
    changes,
    basis: entry === null ? basis : [...basis, stateOf(readMailbox(entry))],
    problems:
      found.status === 'unfit'
        ? [{ field: 'heir', index: null, message: { key: `mailbox.delete.${found.reason}` } }]
        : [],
    fieldOf: (attribute) => (attribute.toLowerCase() === 'mailalias' ? 'heir' : null),
  }
}

type Heir =
  | { readonly status: 'none' }
  | { readonly status: 'found'; readonly entry: Entry }
  | { readonly status: 'unfit'; readonly reason: 'noHeir' | 'ownHeir' }

async function findHeir(authority: Authority, entry: Entry, heir: string): Promise<Heir | SearchFailure> {
  if (heir === '') return { status: 'none' }
  const found = await findMailboxEntry(authority, heir)
  if (found.status === 'failed') return found
  if (found.status === 'notFound') return { status: 'unfit', reason: 'noHeir' }
  return found.entry.dn === entry.dn ? { status: 'unfit', reason: 'ownHeir' } : found
}

interface OfMailbox {
  readonly status: 'planned'
  readonly basis: readonly { readonly dn: string; readonly entryCsn: string }[]
  readonly read: () => Promise<Mailbox | SearchFailure | null>
}

function planned(authority: Authority, mailbox: Mailbox): OfMailbox {
  return {
    status: 'planned',
    basis: [stateOf(mailbox)],
    read: () => readMailboxNow(authority, mailbox.id),
  }
}

function stateOf({ dn, entryCsn }: Mailbox): { readonly dn: string; readonly entryCsn: string } {
  return { dn, entryCsn }
}

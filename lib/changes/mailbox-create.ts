/**
 * mailbox-create - plans a new mailbox, as a person, and sets its password once it is there.
 *
 * The user name is looked for in the directory: names are in one folder, and people sign in with them. Adding is
 * atomic, so a name that is taken in the same moment is refused by the server. A password that the server refuses
 * leaves the mailbox without one, and that is said.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry, search } from '@/lib/directory/service'
import { nameOf, readMailbox } from '@/lib/entries/mailbox'
import { fieldOfAttribute } from '@/lib/entries/mailbox-attributes'
import {
  dnOfNewMailbox,
  newMailboxProblems,
  type NewMailboxSubmission,
  planNewMailbox,
  soundNewMailbox,
  tidyNewMailbox,
} from '@/lib/entries/new-mailbox'
import type { NewMailboxField } from '@/lib/entries/new-mailbox-fields'
import type { Problem } from '@/lib/entries/problem'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import { valuesOf } from '@/lib/ldap/entry'
import { commitEdit, type Edit, refusedEdit, unansweredEdit } from './edit'
import type { EditOutcome } from './edit-state'
import { setMailboxPassword } from './mailbox-password'
import type { CreatedMailbox } from './mailbox-password-state'
import type { Approval } from './preview-result'

/** What adding this mailbox would do; nothing as long as it has no name or address. */
export async function planMailboxCreation(
  authority: Authority,
  submission: NewMailboxSubmission,
): Promise<Edit<NewMailboxField, CreatedMailbox>> {
  const typed = tidyNewMailbox(submission)
  const taken = typed.uid === '' ? { status: 'free' as const } : await findUid(authority, typed.uid)
  if (taken.status === 'failed') return unansweredEdit(taken)
  const problems: readonly Problem<NewMailboxField>[] = [
    ...newMailboxProblems(typed),
    ...(taken.status === 'taken' ? [uidTaken(typed.uid, taken.free)] : []),
    ...(submission.password.kind === 'typed' && submission.password.password === '' ? [NO_PASSWORD] : []),
  ]
  const sound = soundNewMailbox(typed, problems)
  const dn = dnOfNewMailbox(typed)
  if (dn === null) return refusedEdit({ key: 'edit.malformed' })
  return {
    status: 'planned',
    changes: sound === null ? [] : [planNewMailbox(dn, sound)],
    basis: [],
    problems,
    fieldOf: (attribute) => FIELDS[attribute.toLowerCase()] ?? fieldOfAttribute(attribute),
    read: () => readCreated(authority, dn),
  }
}

/** Adds the mailbox if it is what was previewed and approved, then sets its password. */
export async function createMailbox(
  authority: Authority,
  submission: NewMailboxSubmission,
  approval: Approval,
): Promise<EditOutcome<NewMailboxField, CreatedMailbox>> {
  const edit = await planMailboxCreation(authority, submission)
  const outcome = await commitEdit(authority, edit, approval)
  const { password } = submission
  if (outcome.status !== 'saved' || outcome.current === null || password.kind === 'none') return outcome
  const set = await setMailboxPassword(authority, outcome.current.id, password, outcome.journal)
  return { ...outcome, current: { ...outcome.current, password: set } }
}

const FIELDS: Readonly<Record<string, NewMailboxField>> = { mail: 'mail', uid: 'uid' }

const NO_PASSWORD: Problem<NewMailboxField> = {
  field: 'password',
  index: null,
  message: { key: 'mailbox.password.empty' },
}

function uidTaken(uid: string, free: string): Problem<NewMailboxField> {
  return { field: 'uid', index: null, message: { key: 'mailbox.problem.uidTaken', values: { uid, free } } }
}

type UidResult =
  | { readonly status: 'free' }
  /** `free` is one like it that is not taken. */
  | { readonly status: 'taken'; readonly free: string }
  | SearchFailure

/** Whether a user name is taken, and which one like it is not. One search. */
async function findUid(authority: Authority, uid: string): Promise<UidResult> {
  const numbered = Array.from({ length: 20 }, (_, at) => `${uid}${at + 2}`)
  const names = [uid, ...numbered]
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: {
      type: 'or',
      filters: names.map((value): Filter => ({ type: 'equality', attribute: 'uid', value })),
    },
    attributes: ['uid'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const taken = new Set(
    result.entries.flatMap((entry) => valuesOf(entry, 'uid').map((value) => value.toLowerCase())),
  )
  if (!taken.has(uid.toLowerCase())) return { status: 'free' }
  return { status: 'taken', free: numbered.find((name) => !taken.has(name.toLowerCase())) ?? '' }
}

async function readCreated(authority: Authority, dn: string): Promise<CreatedMailbox | SearchFailure | null> {
  const read = await readEntry(authority, dn)
  if (read.status === 'failed') return read
  if (read.status === 'notFound') return null
  const mailbox = readMailbox(read.entry)
  return { id: mailbox.id, name: nameOf(mailbox), mail: mailbox.mail, password: null }
}

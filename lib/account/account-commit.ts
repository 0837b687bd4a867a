/**
 * account-commit - previews and saves an owner's task, and keeps its notes in step.
 *
 * The same preview and commit as for everybody; what crosses to the browser is what an owner may see (owner-view),
 * and refusals are said without naming others. A note is written before an alias is taken out of the entry and after
 * one is put in: an alias is never lost, and never without its keeper. A note that could not be kept is said.
 */
import 'server-only'
import { commitChanges } from '@/lib/changes/commit/commit'
import { refusedEdit, unansweredEdit } from '@/lib/changes/edit'
import type { EditOutcome, EditPreview, Refused } from '@/lib/changes/edit-state'
import { previewChanges } from '@/lib/changes/preview'
import type { Approval, CommitResult, Preview } from '@/lib/changes/preview-result'
import { shownPreview, shownProof } from '@/lib/changes/shown-preview'
import { type AliasNote, dropNote, type FoundNote, keepNote } from '@/lib/directory/alias-notes'
import type { Authority } from '@/lib/directory/authority'
import type { AccountField, AccountTask, OwnState } from '@/lib/entries/account-task'
import { valueOf, valuesOf } from '@/lib/ldap/entry'
import { planAccountTask, type PlannedTask, subjectOf } from './account-edit'
import { noteAbout, today } from './own-notes'
import { type IsOwn, ownAmong, ownerLookups, ownerPreview } from './owner-view'

export type TaskPreview = EditPreview<AccountField, OwnState>
export type TaskOutcome = EditOutcome<AccountField, OwnState>

const NOTHING: Preview = {
  checksum: '',
  ldif: '',
  entries: [],
  lookups: [],
  addresses: [],
  findings: [],
  rehearsal: { status: 'accepted', resultCode: null, message: '', attribute: null },
}

const BUSY = 51
const CONSTRAINT_VIOLATION = 19

/** What will become of mail if this is saved. Reads only. */
export async function previewTask(authority: Authority, submitted: AccountTask): Promise<TaskPreview> {
  const planned = await planAccountTask(authority, submitted)
  const { edit } = planned
  if (edit.status !== 'planned') return edit
  if (edit.problems.length > 0)
    return { status: 'previewed', preview: shownPreview(NOTHING), problems: edit.problems }
  const result = await previewChanges(authority, edit.changes, edit.basis)
  switch (result.status) {
    case 'previewed':
      return { status: 'previewed', preview: forOwner(result.preview, planned), problems: [] }
    case 'stale':
      return refusedEdit({ key: 'account.refusal.outdated' })
    case 'forbidden':
      return refusedEdit({ key: 'account.refusal.forbidden' })
    case 'refused':
    case 'unavailable':
      return refusedEdit({ key: 'account.refusal.directory', values: { reason: result.status } })
  }
}

/** Saves the task if it is what was previewed and approved, then asks the tables again. */
export async function commitTask(
  authority: Authority,
  submitted: AccountTask,
  approval: Approval,
): Promise<TaskOutcome> {
  const planned = await planAccountTask(authority, submitted)
  const { edit, task } = planned
  if (edit.status !== 'planned') return edit
  if (edit.problems.length > 0) return { status: 'invalid', problems: edit.problems }
  const before = task.task === 'pause' ? await notePaused(authority, planned) : null
  if (before === 'failed') return refusedEdit({ key: 'edit.unreachable' })
  const result = await commitChanges(authority, edit.changes, edit.basis, approval)
  if (result.status !== 'asPreviewed' && result.status !== 'alarm') {
    if (task.task === 'pause' && result.status !== 'partial') await noteAsBefore(authority, planned)
    return outcomeOf(result, planned)
  }
  const noteLost = !(await noteAfterwards(authority, planned))
  const current = await edit.read()
  if (current === null || 'status' in current)
    return current === null ? { status: 'stale', current } : unansweredEdit(current)
  const isOwn = ownOf(planned)
  const { lookups, broken, ...proof } = shownProof(result)
  return {
    ...proof,
    status: 'saved',
    current: { ...current, noteLost },
    lookups: ownerLookups(lookups, isOwn),
    broken: broken
      .map(({ lookup, now }) => ({ lookup: { ...lookup, map: '', command: '' }, now }))
      .filter(({ lookup }) => isOwn(lookup.key)),
    journal: null,
  }
}

function forOwner(
  preview: Preview,
  planned: PlannedTask,
): Extract<TaskPreview, { status: 'previewed' }>['preview'] {
  return shownPreview(ownerPreview(preview, ownOf(planned)))
}

/** The addresses that the person knows: those of the entry, those that are paused, and what was typed. */
function ownOf(planned: PlannedTask): IsOwn {
  const { entry, notes, task } = planned
  const held =
    entry === null
      ? []
      : ['mail', 'mailAlias', 'mailForwardingAddress'].flatMap((name) => valuesOf(entry, name))
  const typed = task.task === 'forward' ? task.targets : []
  return ownAmong([...held, ...notes.map(({ address }) => address), ...typed, subjectOf(planned)])
}

type Unsaved = Exclude<CommitResult, { readonly status: 'asPreviewed' | 'alarm' }>

function outcomeOf(result: Unsaved, planned: PlannedTask): TaskOutcome {
  switch (result.status) {
    case 'stale':
      return { status: 'look', preview: forOwner(result.preview, planned), reason: 'outdated' }
    case 'notConfirmed':
    case 'blocked':
      return { status: 'look', preview: forOwner(result.preview, planned), reason: result.status }
    case 'forbidden':
      return refusedEdit({ key: 'account.refusal.forbidden' })
    case 'refused':
      return refusedByDirectory(result.resultCode)
    case 'unavailable':
      return refusedEdit({ key: 'account.refusal.directory', values: { reason: result.status } })
    case 'partial':
      return refusedEdit({ key: 'account.refusal.partial' })
  }
}

/** The server's own words may name other people's entries. */
function refusedByDirectory(resultCode: number): Refused<never> {
  if (resultCode === BUSY || resultCode === CONSTRAINT_VIOLATION)
    return refusedEdit({ key: 'account.refusal.takenMeanwhile' })
  return refusedEdit({ key: 'account.refusal.directory', values: { reason: String(resultCode) } })
}

function noteOf({ entry, notes, task }: PlannedTask): {
  readonly found: FoundNote | null
  readonly note: AliasNote
} {
  const address = subjectOf({ entry, task }).toLowerCase()
  const found = noteAbout(notes, address)
  const mailbox = entry === null ? '' : (valueOf(entry, 'entryUUID') ?? '')
  return {
    found,
    note: { address, mailbox, paused: false, note: found?.note ?? '', until: found?.until ?? '' },
  }
}

/** Before the alias goes: who keeps it. */
async function notePaused(authority: Authority, planned: PlannedTask): Promise<'kept' | 'failed'> {
  const { found, note } = noteOf(planned)
  const kept = await keepNote(authority, { ...note, paused: true }, found)
  return kept.status === 'done' ? 'kept' : 'failed'
}

/** The alias did not go after all. What stays of the note says nothing while the entry has the alias. */
async function noteAsBefore(authority: Authority, planned: PlannedTask): Promise<void> {
  const again = await planAccountTask(authority, { task: 'pause', address: subjectOf(planned) })
  const { found } = noteOf(again)
  if (found === null) return
  const former = noteOf(planned).found
  if (former === null) await dropNote(authority, found)
  else await keepNote(authority, former, found)
}

/** After an alias came, or went for good. Whether its note is as it should be. */
async function noteAfterwards(authority: Authority, planned: PlannedTask): Promise<boolean> {
  const { task } = planned
  const { found, note } = noteOf(planned)
  switch (task.task) {
    case 'add': {
      const { until } = task
      if (task.note === '' && until === '' && found === null) return true
      return isDone(await keepNote(authority, { ...note, note: task.note, until }, found))
    }
    case 'resume': {
      if (found === null) return true
      const until = found.until < today() ? '' : found.until
      if (found.note === '' && until === '') return isDone(await dropNote(authority, found))
      return isDone(await keepNote(authority, { ...note, until }, found))
    }
    case 'remove':
      return found === null || isDone(await dropNote(authority, found))
    case 'pause':
    case 'forward':
      return true
  }
}

function isDone({ status }: { readonly status: string }): boolean {
  return status === 'done'
}

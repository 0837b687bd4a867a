/**
 * edit - preview and save of any form, as a person: what the form's planner made of it, previewed or committed.
 *
 * A planner reads the entries anew for both and plans from what was typed; a plan is never taken from the
 * browser. Where an entry is not in the state in which the form was opened (its entryCSN), the planner answers
 * stale with the new state, and nothing is planned.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { Problem } from '@/lib/entries/problem'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Text } from '@/lib/words/text'
import type { EntryState } from './checksum'
import { commitChanges } from './commit/commit'
import type { EditOutcome, EditPreview, Refused, Stale } from './edit-state'
import { previewChanges } from './preview'
import type { Approval } from './preview-result'
import { shownPreview, shownProof } from './shown-preview'

/** A form that was planned. */
export interface PlannedEdit<Field extends string, State> {
  readonly status: 'planned'
  /** What turns the entries into what the form says; faulty parts of the form are left out. */
  readonly changes: readonly ChangeRecord[]
  /** The states of the entries that the plan rests on. */
  readonly basis: readonly EntryState[]
  readonly problems: readonly Problem<Field>[]
  /** The field behind an attribute that the directory refuses; null if none. */
  readonly fieldOf: (attribute: string) => Field | null
  /** Reads what the form edits as it is now; null when it is not there. */
  readonly read: () => Promise<State | SearchFailure | null>
}

export type Edit<Field extends string, State> = PlannedEdit<Field, State> | Stale<State> | Refused<Field>

/** What Postfix would answer after this form, while it is being typed; faulty parts are left out and named. */
export async function previewEdit<Field extends string, State extends object>(
  authority: Authority,
  edit: Edit<Field, State>,
): Promise<EditPreview<Field, State>> {
  if (edit.status !== 'planned') return edit
  const result = await previewChanges(authority, edit.changes, edit.basis)
  switch (result.status) {
    case 'previewed':
      return { status: 'previewed', preview: shownPreview(result.preview), problems: edit.problems }
    case 'stale':
      return staleNow(edit)
    case 'forbidden':
    case 'refused':
    case 'unavailable':
      return refusedEdit(result.message)
  }
}

/** Saves the form if it is what was previewed and approved, then proves the promise. */
export async function commitEdit<Field extends string, State extends object>(
  authority: Authority,
  edit: Edit<Field, State>,
  approval: Approval,
): Promise<EditOutcome<Field, State>> {
  if (edit.status !== 'planned') return edit
  if (edit.problems.length > 0) return { status: 'invalid', problems: edit.problems }
  const result = await commitChanges(authority, edit.changes, edit.basis, approval)
  switch (result.status) {
    case 'asPreviewed':
    case 'alarm': {
      const current = await edit.read()
      if (isFailure(current)) return refusedEdit({ key: 'edit.savedButUnread' })
      return { status: 'saved', current, ...shownProof(result) }
    }
    case 'stale':
      return { status: 'look', preview: shownPreview(result.preview), reason: 'outdated' }
    case 'notConfirmed':
    case 'blocked':
      return { status: 'look', preview: shownPreview(result.preview), reason: result.status }
    case 'refused': {
      const field = result.attribute === null ? null : edit.fieldOf(result.attribute)
      return { status: 'refused', message: result.message, field }
    }
    case 'forbidden':
    case 'unavailable':
    case 'partial':
      return refusedEdit(result.message)
  }
}

/** A refusal that belongs to no field. */
export function refusedEdit(message: Text): Refused<never> {
  return { status: 'refused', message, field: null }
}

/** For planners: the directory did not answer. */
export function unansweredEdit(failure: SearchFailure): Refused<never> {
  return refusedEdit({ key: 'edit.noAnswer', values: { diagnostic: failure.diagnostic } })
}

/** Something changed between the planner's reading and the preview's. */
async function staleNow<Field extends string, State extends object>(
  edit: PlannedEdit<Field, State>,
): Promise<Stale<State> | Refused<Field>> {
  const current = await edit.read()
  return isFailure(current) ? unansweredEdit(current) : { status: 'stale', current }
}

function isFailure(state: object | null): state is SearchFailure {
  return state !== null && 'status' in state && state.status === 'failed'
}

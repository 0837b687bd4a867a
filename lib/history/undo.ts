/**
 * undo - takes a change back, as a change like any other: conflicts, preview, findings, commit, proof.
 *
 * The change is read from the history anew for preview and commit, and its inverse planned anew; nothing but
 * its id and the approval comes from the browser. Old passwords go from the log to the directory and nowhere
 * else. Conflicts are sentences, and then nothing is written.
 */
import 'server-only'
import type { EntryState } from '@/lib/changes/checksum'
import { approvedOutcome } from '@/lib/changes/approved-outcome'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from '@/lib/changes/preview'
import type { Approval } from '@/lib/changes/preview-result'
import { shownPreview } from '@/lib/changes/shown-preview'
import { readEntry } from '@/lib/directory/service'
import type { Authority } from '@/lib/directory/authority'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import { keyOf } from './current-entries'
import type { HistoryEntry } from './history-entry'
import { show } from './history'
import { inverseOf, nameAfter } from './inverse'
import { attributesOf, obstaclesTo } from './obstacle'
import type { ShownChange } from './shown-change'
import { openSource, readChange, readChanges, type Source } from './source'
import type { NoUndo, UndoOutcome, UndoPreview } from './undo-state'

/** Changes of the same entry that are looked at, and shown, when one before them is undone. */
const MOST_LATER = 100

interface Plan {
  readonly status: 'planned'
  readonly changes: readonly ChangeRecord[]
  readonly basis: readonly EntryState[]
  readonly cautions: readonly Text[]
  readonly later: readonly ShownChange[]
}

/** What undoing a change will do, or why it cannot be undone. */
export async function previewUndo(authority: Authority, id: string): Promise<UndoPreview> {
  const plan = await planUndo(authority, id)
  if (plan.status !== 'planned') return plan
  const result = await previewChanges(authority, plan.changes, plan.basis)
  switch (result.status) {
    case 'previewed':
      return {
        status: 'previewed',
        preview: shownPreview(result.preview),
        cautions: plan.cautions,
        later: plan.later,
      }
    case 'stale':
      return refused({ key: 'history.changedNow' })
    case 'forbidden':
    case 'unavailable':
    case 'refused':
      return refused(result.message)
  }
}

/** Undoes a change if that is what was previewed and approved, then proves the promise. */
export async function undoChange(authority: Authority, id: string, approval: Approval): Promise<UndoOutcome> {
  const plan = await planUndo(authority, id)
  if (plan.status !== 'planned') return plan
  return approvedOutcome(await commitChanges(authority, plan.changes, plan.basis, approval))
}

async function planUndo(authority: Authority, id: string): Promise<Plan | NoUndo> {
  const source = await openSource(authority)
  if (source.status === 'failed') return unanswered(source)
  const change = await readChange(source, id)
  if (change === null) return refused({ key: 'history.notInHistory' })
  if ('status' in change) return unanswered(change)
  const planned = inverseOf(change, source.schema)
  if (planned.status === 'impossible') return { status: 'impossible', message: planned.reason }
  const [entry, since] = await Promise.all([readNow(source, change), readLater(source, change)])
  if (entry !== null && 'status' in entry) return unanswered(entry)
  if ('status' in since) return unanswered(since)
  const later = since.filter((other) => !cameWith(change, other))
  const obstacles = obstaclesTo(change, planned.changes, entry, attributesOf(later), source.schema)
  const shown = await show(
    source,
    later.map((made) => ({ change: made, together: null })),
    false,
  )
  if (obstacles.length > 0) return { status: 'conflict', obstacles, later: shown }
  const basis = entry === null ? [] : [{ dn: entry.dn, entryCsn: valueOf(entry, 'entryCSN') ?? '' }]
  const changes = change.type === 'modifyDn' ? planned.changes : atName(planned.changes, entry?.dn)
  return { status: 'planned', changes, basis, cautions: planned.cautions, later: shown }
}

/** A mailbox gets its password right after it was made, by the same commit: that is nothing that came later. */
function cameWith({ type, commit }: HistoryEntry, other: HistoryEntry): boolean {
  return type === 'add' && commit !== null && commit.id === other.commit?.id
}

/** The entry may have been renamed since: then the inverse goes to its new name. */
function atName(changes: readonly ChangeRecord[], dn: string | undefined): readonly ChangeRecord[] {
  return dn === undefined ? changes : changes.map((change) => ({ ...change, dn }))
}

async function readNow(source: Source, change: HistoryEntry): Promise<Entry | SearchFailure | null> {
  const known = change.type === 'delete' ? undefined : source.current.get(keyOf(change))?.dn
  const read = await readEntry(source.authority, known ?? nameAfter(change) ?? change.dn)
  if (read.status === 'failed') return read
  if (read.status === 'notFound') return null
  // Another entry that has taken the name is not the one that was changed.
  const uuid = valueOf(read.entry, 'entryUUID')?.toLowerCase()
  const isOther = change.entryUuid !== null && uuid !== change.entryUuid
  return isOther && change.type !== 'delete' ? null : read.entry
}

async function readLater(
  source: Source,
  change: HistoryEntry,
): Promise<readonly HistoryEntry[] | SearchFailure> {
  const entries = [{ dn: nameAfter(change) ?? change.dn, uuid: change.entryUuid }]
  const wanted = { people: null, entries, address: '' }
  const read = await readChanges(source, wanted, change.id, null, MOST_LATER)
  return read.status === 'failed' ? read : read.changes.filter(({ id }) => id > change.id)
}

function refused(message: Text): Extract<NoUndo, { status: 'refused' | 'impossible' }> {
  return { status: 'refused', message }
}

function unanswered(failure: SearchFailure): NoUndo {
  return refused({ key: 'refusals.noAnswerTryAgain', values: { diagnostic: failure.diagnostic } })
}

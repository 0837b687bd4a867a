/**
 * commit-undo - takes a whole commit back in one click, guarded by the state that it has left.
 *
 * The commit is read from its journal, which only its person and postmasters may take back; rights are judged again
 * as for any change. The way back (way-back) is an ordinary commit (journal, assertions, proof). What it costs mail
 * that the commit had gained needs no second yes; that an address has someone else by now does. A journal that says
 * undone is undone no second time.
 * LDAP round trips: those of way-back, of a preview and of a commit.
 */
import 'server-only'
import { commitChanges } from '@/lib/changes/commit/commit'
import { readStepEntries } from '@/lib/changes/commit/write-back'
import { holdFinished } from '@/lib/changes/journal/journal'
import type { Journal } from '@/lib/changes/journal/journal-text'
import { noteTaskUndone } from '@/lib/changes/journal/task-journal'
import { previewChanges } from '@/lib/changes/preview'
import type { CommitResult } from '@/lib/changes/preview-result'
import { mayRecover } from '@/lib/changes/recovery/recovery'
import { shownProof } from '@/lib/changes/shown-preview'
import type { Authority } from '@/lib/directory/authority'
import type { Text } from '@/lib/words/text'
import type { CommitUndo } from './commit-undo-state'
import { planWayBack } from './way-back'

/** Findings about someone else who has an address by now: these are looked at before they are brought about. */
const COLLISIONS: ReadonlySet<string> = new Set(['alias-taken', 'alias-shadows-mailbox'])

export interface UndoOptions {
  /** The task that taking back is a part of (task-journal); null if none. */
  readonly task: string | null
  /** Codes of findings that the person has seen and said yes to. */
  readonly confirmed: readonly string[]
}

/** Takes a commit back if what it has left is still there; then asks the tables again. */
export async function undoCommit(
  authority: Authority,
  id: string,
  options: UndoOptions = { task: null, confirmed: [] },
): Promise<CommitUndo> {
  const held = await holdFinished(id)
  switch (held.status) {
    case 'running':
      return refused({ key: 'undo.running' })
    case 'missing':
      return refused({ key: 'undo.missing' })
    case 'failed':
      return refused(held.message)
    case 'held':
      try {
        if (!mayRecover(authority, held.journal)) return refused({ key: 'undo.forbidden' })
        if (held.journal.closed?.outcome === 'undone') return ALREADY_UNDONE
        const answer = await takeBack(authority, id, held.journal, options)
        // Also when nothing was left to take back: what others make anew is theirs.
        if (answer.status !== 'undone') return answer
        await held.writer.close('undone', authority.person.dn)
        if (held.journal.task !== null) await noteTaskUndone(held.journal.task, id)
        return answer
      } finally {
        await held.writer.release()
      }
  }
}

async function takeBack(
  authority: Authority,
  id: string,
  journal: Journal,
  { task, confirmed }: UndoOptions,
): Promise<CommitUndo> {
  const way = await planWayBack(authority, id, journal, (steps) => readStepEntries(authority, steps))
  if (way.status === 'notThere') return ALREADY_UNDONE
  if (way.status !== 'planned') return way
  const { changes } = way
  const previewed = await previewChanges(authority, changes, [])
  if (previewed.status === 'stale') return refused({ key: 'undo.moment' })
  if (previewed.status !== 'previewed')
    return refused({ key: 'undo.notDone', values: { reason: previewed.message } })
  const { preview } = previewed
  const open = preview.findings.filter(
    ({ severity, code }) => severity === 'blocks' || (COLLISIONS.has(code) && !confirmed.includes(code)),
  )
  if (open.length > 0) return { status: 'look', findings: open.map(({ message }) => message) }
  const approved = {
    checksum: preview.checksum,
    confirmed: preview.findings.map(({ code }) => code),
  }
  return answerOf(await commitChanges(authority, changes, [], approved, null, task))
}

function answerOf(result: CommitResult): CommitUndo {
  switch (result.status) {
    case 'asPreviewed':
    case 'alarm':
      return { status: 'undone', already: false, ...shownProof(result) }
    case 'stale':
    case 'notConfirmed':
    case 'blocked':
      return refused({ key: 'undo.moment' })
    case 'partial':
      return refused(result.message)
    case 'refused':
    case 'forbidden':
    case 'unavailable':
      return refused({ key: 'undo.notDone', values: { reason: result.message } })
  }
}

const ALREADY_UNDONE: CommitUndo = {
  status: 'undone',
  already: true,
  lookups: [],
  asked: 0,
  leftOut: { changed: 0, same: 0 },
  broken: [],
  brokenCount: 0,
  journal: null,
}

function refused(message: Text): CommitUndo {
  return { status: 'refused', message }
}

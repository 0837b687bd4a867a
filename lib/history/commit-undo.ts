/**
 * commit-undo - takes a whole commit back in one click, guarded by the state that it has left.
 *
 * The commit is read from its journal, which only its person and postmasters may take back; rights are judged again
 * as for any change. Each write has to hold as it was made: else nothing is written, and what differs is said. The
 * way back is an ordinary commit (journal, assertions, proof). What it costs mail that the commit had gained needs
 * no second yes; that an address has someone else by now does. A journal that says undone is undone no second time.
 * LDAP round trips: one for the entries, those of the log for passwords, of a preview and of a commit.
 */
import 'server-only'
import { commitChanges } from '@/lib/changes/commit/commit'
import { readStepEntries } from '@/lib/changes/commit/write-back'
import { nameKey } from '@/lib/changes/commit/write-step'
import { holdFinished } from '@/lib/changes/journal/journal'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import type { Journal } from '@/lib/changes/journal/journal-text'
import { changesAfter, type DueStep, judgeSteps, planRecovery } from '@/lib/changes/journal/recovery-plan'
import { noteTaskUndone } from '@/lib/changes/journal/task-journal'
import { ownEntry } from '@/lib/changes/journal/recovery-state'
import { previewChanges } from '@/lib/changes/preview'
import type { CommitResult } from '@/lib/changes/preview-result'
import { mayRecover } from '@/lib/changes/recovery/recovery'
import { shownProof } from '@/lib/changes/shown-preview'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { valueOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import type { CommitUndo } from './commit-undo-state'
import { differencesSince, isGrown } from './difference-since'
import { withSecrets } from './old-secrets'
import { statesLeftBy } from './panel-record'

/** Findings about someone else who has an address by now: these are looked at before they are brought about. */
const COLLISIONS: ReadonlySet<string> = new Set(['alias-taken', 'alias-shadows-mailbox'])

/**
 * Takes a commit back if what it has left is still there; then asks the tables again.
 * @param task the task that taking back is a part of (task-journal)
 */
export async function undoCommit(
  authority: Authority,
  id: string,
  task: string | null = null,
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
        const answer = await takeBack(authority, id, held.journal, task)
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
  task: string | null,
): Promise<CommitUndo> {
  const { steps, results } = journal
  const [known, found] = await Promise.all([discoverSchema(), readStepEntries(authority, steps)])
  if (known.status === 'failed') return refused({ key: 'undo.unread', values: { reason: known.diagnostic } })
  if ('status' in found) return refused({ key: 'undo.unread', values: { reason: found.diagnostic } })
  const states = judgeSteps(steps, results, found)
  if (states.every((state) => state === 'notDone')) return ALREADY_UNDONE
  const lastStates = await statesLeftBy(id, journal.time, known.schema)
  const obstacles = steps.flatMap((step, at) => {
    const entry = ownEntry(step, found, changesAfter(steps, at))
    const name = nameKey(step.after.dn)
    const isWrittenAgain = steps.slice(at + 1).some(({ change }) => nameKey(change.dn) === name)
    const isOwn = entry !== null && lastStates.has(valueOf(entry, 'entryCSN') ?? '')
    const stands = states[at] === 'done' && (isWrittenAgain || isOwn || !isGrown(step, entry, known.schema))
    return stands ? [] : differencesSince(step, entry)
  })
  if (obstacles.length > 0) return { status: 'changedSince', obstacles }
  const { due } = planRecovery('undo', steps, states, found, known.schema)
  const changes = await wayBack(authority, due, journal.time)
  if ('status' in changes) return changes
  const previewed = await previewChanges(authority, changes, [])
  if (previewed.status === 'stale') return refused({ key: 'undo.moment' })
  if (previewed.status !== 'previewed')
    return refused({ key: 'undo.notDone', values: { reason: previewed.message } })
  const { preview } = previewed
  const open = preview.findings.filter(({ severity, code }) => severity === 'blocks' || COLLISIONS.has(code))
  if (open.length > 0) return { status: 'look', findings: open.map(({ message }) => message) }
  const confirmed = preview.findings.map(({ code }) => code)
  const approved = { checksum: preview.checksum, confirmed }
  return answerOf(await commitChanges(authority, changes, [], approved, null, task))
}

/** What leads back, in the reverse order, with the passwords that the server's log knows. */
async function wayBack(
  authority: Authority,
  due: readonly DueStep[],
  time: string,
): Promise<readonly ChangeRecord[] | CommitUndo> {
  const changes: ChangeRecord[] = []
  for (const { step, change } of due) {
    const whole = needsSecrets(step) ? await withSecrets(authority, step, change, time) : change
    if (whole !== null && 'obstacle' in whole)
      return whole.changedSince
        ? { status: 'changedSince', obstacles: [whole.obstacle] }
        : refused(whole.obstacle)
    if (whole !== null) changes.push(whole)
  }
  return changes
}

/**
 * Whether passwords may have gone with the write: those of an added entry go with it, and that a deleted entry had
 * one may be unknown to the account that writes, which need not be able to read it.
 */
function needsSecrets({ change, concealed }: JournalStep): boolean {
  return change.type === 'delete' || (concealed.length > 0 && change.type !== 'add')
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

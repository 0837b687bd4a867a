/**
 * way-back - the changes that take a finished commit back, or what keeps it from being taken back.
 *
 * Each write of the commit has to hold as it was made: else there is no way back, and what differs is said. Passwords
 * that the commit overwrote or deleted come from the server's log and stand in the changes, so these go to the
 * directory and nowhere else. Nothing is written here.
 * LDAP round trips: those of reading the entries; where passwords may be missing those of old-secrets.
 */
import 'server-only'
import { nameKey } from '@/lib/changes/commit/write-step'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import type { Journal } from '@/lib/changes/journal/journal-text'
import { changesAfter, type DueStep, judgeSteps, planRecovery } from '@/lib/changes/journal/recovery-plan'
import { ownEntry, type StepState } from '@/lib/changes/journal/recovery-state'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import type { CommitUndo } from './commit-undo-state'
import { differencesSince, isGrown } from './difference-since'
import { type NoSecrets, readLogged, withSecrets } from './old-secrets'
import { statesLeftBy } from './panel-record'

export type WayBack =
  | { readonly status: 'planned'; readonly changes: readonly ChangeRecord[] }
  /** Nothing of the commit is in the directory any more. */
  | { readonly status: 'notThere' }
  | NoWayBack

export type NoWayBack = Extract<CommitUndo, { readonly status: 'changedSince' | 'refused' }>

/** Reads the entries of these writes as they are, or will be when commits after this one are taken back. */
export type StepReader = (steps: readonly JournalStep[]) => Promise<readonly Entry[] | SearchFailure>

/** Plans how a commit is taken back, the last write first. */
export async function planWayBack(
  authority: Authority,
  id: string,
  journal: Journal,
  read: StepReader,
): Promise<WayBack> {
  const { steps, results, time } = journal
  const [known, found] = await Promise.all([discoverSchema(), read(steps)])
  if (known.status === 'failed') return unread(known)
  if ('status' in found) return unread(found)
  const states = judgeSteps(steps, results, found)
  if (states.every((state) => state === 'notDone')) return { status: 'notThere' }
  const obstacles = await obstaclesTo(id, journal, states, found, known.schema)
  if (obstacles.length > 0) return { status: 'changedSince', obstacles }
  const { due } = planRecovery('undo', steps, states, found, known.schema)
  return withPasswords(authority, due, time)
}

/** What was changed since in the entries of the commit, in words. */
async function obstaclesTo(
  id: string,
  { steps, time }: Journal,
  states: readonly StepState[],
  found: readonly Entry[],
  schema: Schema,
): Promise<readonly Text[]> {
  const doubtful = steps.flatMap((step, at) => {
    const entry = ownEntry(step, found, changesAfter(steps, at))
    const name = nameKey(step.after.dn)
    const isWrittenAgain = steps.slice(at + 1).some(({ change }) => nameKey(change.dn) === name)
    const stands = states[at] === 'done' && (isWrittenAgain || !isGrown(step, entry, schema))
    return stands ? [] : [{ step, entry, isDone: states[at] === 'done' }]
  })
  if (doubtful.length === 0) return []
  // A mailbox that was added has grown by the password that the same commit gave it: the panel's record knows.
  const lastStates = await statesLeftBy(id, time, schema)
  return doubtful.flatMap(({ step, entry, isDone }) => {
    const isOwn = entry !== null && lastStates.has(valueOf(entry, 'entryCSN') ?? '')
    return isDone && isOwn ? [] : differencesSince(step, entry)
  })
}

/** What leads back, with the passwords that the server's log knows. */
async function withPasswords(authority: Authority, due: readonly DueStep[], time: string): Promise<WayBack> {
  const lacking = due.map(({ step }) => step).filter(needsSecrets)
  const logged = lacking.length === 0 ? null : await readLogged(authority, lacking, time)
  if (logged !== null && 'obstacle' in logged) return noWayBack(logged)
  const changes: ChangeRecord[] = []
  for (const { step, change } of due) {
    const whole = needsSecrets(step) ? withSecrets(step, change, logged?.get(step) ?? null) : change
    if (whole !== null && 'obstacle' in whole) return noWayBack(whole)
    if (whole !== null) changes.push(whole)
  }
  return { status: 'planned', changes }
}

function noWayBack({ obstacle, changedSince }: NoSecrets): NoWayBack {
  return changedSince
    ? { status: 'changedSince', obstacles: [obstacle] }
    : { status: 'refused', message: obstacle }
}

/**
 * Whether passwords may have gone with the write: those of an added entry go with it, and that a deleted entry had
 * one may be unknown to the account that writes, which need not be able to read it.
 */
function needsSecrets({ change, concealed }: JournalStep): boolean {
  return change.type === 'delete' || (concealed.length > 0 && change.type !== 'add')
}

function unread({ diagnostic }: SearchFailure): WayBack {
  return { status: 'refused', message: { key: 'undo.unread', values: { reason: diagnostic } } }
}

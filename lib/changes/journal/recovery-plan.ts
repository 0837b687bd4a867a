/**
 * recovery-plan - which writes of a cut-off commit hold, and the change that carries it on or takes it back.
 *
 * The change is an ordinary one: it is previewed, approved and committed like any other. Writes that already are
 * as they should be are not in it, so that doing it twice does nothing twice. What someone else has changed since
 * is left alone, and a password that the journal does not hold cannot be set: both are said. Pure.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import type { JournalStep } from './journal-plan'
import type { JournalResult } from './journal-text'
import { changeBack, changeForward, judgeStep, ownEntry, type StepState } from './recovery-state'
import { nameKey } from '@/lib/changes/commit/write-step'

export type Direction = 'continue' | 'undo'

export interface RecoveryPlan {
  readonly changes: readonly ChangeRecord[]
  /** What this does not bring back, one sentence each. */
  readonly notes: readonly string[]
}

/** The names under which the entries of these writes can be found. */
export function namesOfSteps(steps: readonly JournalStep[]): readonly string[] {
  const names = steps.flatMap(({ change, after }) => [change.dn, after.dn])
  return [...new Map(names.map((name) => [nameKey(name), name])).values()]
}

/**
 * The state of each write.
 * @param found what was read under all {@link namesOfSteps}
 */
export function judgeSteps(
  steps: readonly JournalStep[],
  results: readonly JournalResult[],
  found: readonly Entry[],
): readonly StepState[] {
  const states = steps.map((step, at) => {
    const result = results.findLast(({ number }) => number === at + 1)
    return judgeStep(step, found, result?.status ?? null)
  })
  // A later write of the same entry that holds could only be made after the earlier ones.
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const name = nameKey(steps[at]?.after.dn ?? '')
    const isFollowed = steps.some(
      ({ change }, later) => later > at && states[later] === 'done' && nameKey(change.dn) === name,
    )
    if (isFollowed) states[at] = 'done'
  }
  return states
}

/** What remains to be written, or to be taken back. */
export function planRecovery(
  direction: Direction,
  steps: readonly JournalStep[],
  states: readonly StepState[],
  found: readonly Entry[],
): RecoveryPlan {
  const changes: ChangeRecord[] = []
  const notes: string[] = []
  const places = [...steps.keys()]
  for (const at of direction === 'continue' ? places : places.reverse()) {
    const [step, state] = [steps[at], states[at]]
    if (step === undefined || state === undefined) continue
    const isDue = state === (direction === 'continue' ? 'notDone' : 'done')
    const entry = ownEntry(step, found)
    const change = !isDue ? null : (direction === 'continue' ? changeForward : changeBack)(step, entry)
    if (change !== null) changes.push(change)
    notes.push(...notesOn(direction, step, state, isDue))
  }
  return { changes, notes }
}

function notesOn(
  direction: Direction,
  { change, concealed }: JournalStep,
  state: StepState,
  isDue: boolean,
): readonly string[] {
  if (state === 'changed') return [`${change.dn} was changed by someone else since, and is left as it is.`]
  if (state === 'unknown') return [`Whether the password of ${change.dn} was set cannot be told.`]
  if (!isDue || concealed.length === 0) return []
  if (direction === 'continue')
    return change.type === 'delete'
      ? []
      : [`The password of ${change.dn} is not kept in the journal and has to be set anew.`]
  if (change.type === 'add') return []
  return change.type === 'delete'
    ? [`${change.dn} comes back without its password, which has to be set anew.`]
    : [`The password of ${change.dn} stays as it is now: the one before is not kept anywhere.`]
}

/**
 * recovery-plan - which writes of a cut-off commit hold, and the change that carries it on or takes it back.
 *
 * The change is an ordinary one: it is previewed, approved and committed like any other. Writes that already are
 * as they should be are not in it, so that doing it twice does nothing twice. What someone else has changed since
 * is left alone, and a password that the journal does not hold cannot be set: both are said. Pure.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import type { Messages, Text } from '@/lib/words/text'
import type { JournalStep } from './journal-plan'
import type { JournalResult } from './journal-text'
import {
  changeBack,
  changeForward,
  judgeStep,
  ownEntry,
  possibleNames,
  type StepState,
} from './recovery-state'
import { nameKey, writeTo } from '@/lib/changes/commit/write-step'

export type Direction = 'continue' | 'undo'

/** A write that has to be made, or taken back. */
export interface DueStep {
  readonly step: JournalStep
  /** null where nothing but a password is in it. */
  readonly change: ChangeRecord | null
}

export interface RecoveryPlan {
  readonly changes: readonly ChangeRecord[]
  /** Where the changes come from, in their order. */
  readonly due: readonly DueStep[]
  /** What this does not bring back, one sentence each. */
  readonly notes: readonly Text[]
}

/** The names under which the entries of these writes can be found. */
export function namesOfSteps(steps: readonly JournalStep[]): readonly string[] {
  const names = steps.flatMap((step, at) => possibleNames(step, changesAfter(steps, at)))
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
    return judgeStep(step, found, result?.status ?? null, changesAfter(steps, at))
  })
  // A later write of the same entry that holds could only be made after the earlier ones.
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at]
    const names = step === undefined ? [] : possibleNames(step, changesAfter(steps, at)).map(nameKey)
    const isFollowed = steps.some(
      ({ change }, later) => later > at && states[later] === 'done' && names.includes(nameKey(change.dn)),
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
  schema: Schema,
): RecoveryPlan {
  // Of several writes to one entry, each finds what those before it leave.
  const current = new Map(found.map((entry) => [nameKey(entry.dn), entry]))
  const due: DueStep[] = []
  const notes: Text[] = []
  const places = [...steps.keys()]
  for (const at of direction === 'continue' ? places : places.reverse()) {
    const [step, state] = [steps[at], states[at]]
    if (step === undefined || state === undefined) continue
    const isDue = state === (direction === 'continue' ? 'notDone' : 'done')
    const entry = ownEntry(step, [...current.values()], changesAfter(steps, at))
    const change = !isDue ? null : (direction === 'continue' ? changeForward : changeBack)(step, entry)
    if (change !== null) writeTo(current, change, schema)
    if (isDue) due.push({ step, change })
    notes.push(...notesOn(direction, step, state, isDue))
  }
  const changes = due.flatMap(({ change }) => (change === null ? [] : [change]))
  return { changes, due, notes }
}

/** The changes of the commit that come after a step: one of them may rename what is above its entry. */
export function changesAfter(steps: readonly JournalStep[], at: number): readonly ChangeRecord[] {
  return steps.slice(at + 1).map(({ change }) => change)
}

function notesOn(
  direction: Direction,
  { change, concealed }: JournalStep,
  state: StepState,
  isDue: boolean,
): readonly Text[] {
  const note = (key: keyof Messages['recovery']['note']): readonly Text[] => [
    { key: `recovery.note.${key}`, values: { dn: change.dn } },
  ]
  if (state === 'changed') return note('changed')
  if (state === 'unknown') return note('unknown')
  if (!isDue || concealed.length === 0) return []
  if (direction === 'continue') return change.type === 'delete' ? [] : note('setAnew')
  if (change.type === 'add') return []
  return note(change.type === 'delete' ? 'withoutPassword' : 'passwordStays')
}

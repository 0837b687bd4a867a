/**
 * write-back - takes the writes of a commit back at once, each guarded by the state that it has left.
 *
 * Used where the panel itself decides that its commit may not stand. What someone else has changed since stays.
 * Null when everything was taken back, else why not.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import { recordCommit } from './commit-record'
import { microsecondsNow } from './commit-time'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import { judgeSteps, namesOfSteps, planRecovery } from '@/lib/changes/journal/recovery-plan'
import type { StepState } from '@/lib/changes/journal/recovery-state'
import { writeAll } from './write'
import { type PlannedWrite, planWrites } from './write-plan'

const NOT_TAKEN_BACK: Text = { key: 'refusals.notTakenBack' }

/** What to say where {@link readStepEntries} fails. */
export function unreadSteps({ diagnostic }: SearchFailure): Text {
  return { key: 'refusals.noAnswerStop', values: { diagnostic } }
}

/** The entries of these writes as they are, or why they cannot be read. */
export async function readStepEntries(
  authority: Authority,
  steps: readonly JournalStep[],
): Promise<readonly Entry[] | SearchFailure> {
  const reads = await Promise.all(namesOfSteps(steps).map((dn) => readEntry(authority, dn)))
  const found: Entry[] = []
  for (const read of reads) {
    if (read.status === 'failed') return read
    if (read.status === 'found') found.push(read.entry)
  }
  return found
}

/** What of these writes is in the directory; unknown for all while it cannot be read. */
export async function readStates(
  authority: Authority,
  steps: readonly JournalStep[],
): Promise<readonly StepState[]> {
  const found = await readStepEntries(authority, steps)
  return 'status' in found ? steps.map(() => 'unknown') : judgeSteps(steps, [], found)
}

/** Takes all of these writes back. */
export async function takeBack(
  authority: Authority,
  writes: readonly PlannedWrite[],
  schema: Schema,
): Promise<Text | null> {
  const steps = writes.map(({ kept }) => kept)
  const found = await readStepEntries(authority, steps)
  if ('status' in found) return sentences(NOT_TAKEN_BACK, unreadSteps(found))
  const { changes, notes } = planRecovery('undo', steps, judgeSteps(steps, [], found), found, schema)
  const back = await planWrites(changes, found, schema)
  if (back === null || notes.length > 0) return sentences(NOT_TAKEN_BACK, ...notes)
  const companion = { record: () => Promise.resolve(null), obstacle: () => null }
  const begun = microsecondsNow()
  const outcome = await writeAll(authority, back, schema, companion)
  await recordCommit(authority, outcome.status === 'written' ? back : back.slice(0, outcome.at), begun)
  return outcome.status === 'written' ? null : sentences(NOT_TAKEN_BACK, outcome.stop.message)
}

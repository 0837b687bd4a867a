/**
 * write-back - takes the writes of a commit back at once, each guarded by the state that it has left.
 *
 * Used where the panel itself decides that its commit may not stand. What someone else has changed since stays.
 * Null when everything was taken back, else a sentence.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { recordCommit } from './commit-record'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import { judgeSteps, namesOfSteps, planRecovery } from '@/lib/changes/journal/recovery-plan'
import type { StepState } from '@/lib/changes/journal/recovery-state'
import { writeAll } from './write'
import { type PlannedWrite, planWrites } from './write-plan'

/** The entries of these writes as they are, or why they cannot be read. */
export async function readStepEntries(
  authority: Authority,
  steps: readonly JournalStep[],
): Promise<readonly Entry[] | string> {
  const reads = await Promise.all(namesOfSteps(steps).map((dn) => readEntry(authority, dn)))
  const found: Entry[] = []
  for (const read of reads) {
    if (read.status === 'failed') return `The directory does not answer: ${read.diagnostic}.`
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
  return typeof found === 'string' ? steps.map(() => 'unknown') : judgeSteps(steps, [], found)
}

/** Takes all of these writes back. */
export async function takeBack(
  authority: Authority,
  writes: readonly PlannedWrite[],
  schema: Schema,
): Promise<string | null> {
  const steps = writes.map(({ kept }) => kept)
  const found = await readStepEntries(authority, steps)
  if (typeof found === 'string') return `It could not be taken back. ${found}`
  const { changes, notes } = planRecovery('undo', steps, judgeSteps(steps, [], found), found)
  const back = planWrites(changes, found, schema)
  if (back === null || notes.length > 0) return `It could not be taken back. ${notes.join(' ')}`.trim()
  const companion = { record: () => Promise.resolve(null), obstacle: () => null }
  const outcome = await writeAll(authority, back, schema, companion)
  await recordCommit(authority, outcome.status === 'written' ? back : back.slice(0, outcome.at))
  return outcome.status === 'written' ? null : `It could not be taken back. ${outcome.stop.message}`
}

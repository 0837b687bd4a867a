/**
 * write-plan - prepared changes as the writes of a commit: in order, with the states before and after. Pure.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { type JournalStep, journalSteps } from '@/lib/changes/journal/journal-plan'
import { orderWrites } from './write-order'
import { followWrites, type WriteStep } from './write-step'

/** A write with what the journal keeps of it. */
export interface PlannedWrite extends WriteStep {
  readonly kept: JournalStep
  /** The state to assert; undefined where only an earlier write makes it, and for an addition. */
  readonly entryCsn: string | undefined
}

/**
 * The writes in their order; null if the directory would refuse the list.
 * @param entries the touched entries as they are
 */
export async function planWrites(
  changes: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<readonly PlannedWrite[] | null> {
  const steps = await followWrites(await orderWrites(changes, entries, schema), entries, schema)
  if (steps === null) return null
  const kept = journalSteps(steps, schema)
  const known = new Set(entries)
  return steps.flatMap((step, at): PlannedWrite[] => {
    const own = kept[at]
    // An entry that is not as it was read was left so by an earlier write.
    const isAsRead = step.before !== null && known.has(step.before)
    const entryCsn = isAsRead ? valueOf(step.before, 'entryCSN') : undefined
    return own === undefined ? [] : [{ ...step, kept: own, entryCsn }]
  })
}

/**
 * whole-check - the dry run of a job whose parts build on each other: previewed as a whole, nothing written.
 *
 * One preview of all changes is what a person approves. Then they become rows and parts: of a task on a domain, the
 * writes in an order that may be cut anywhere, in parts of 250; each part is previewed again before it is written
 * (job-commit). The wish to stop is heard within the preview, too. LDAP round trips: those of a preview.
 */
import 'server-only'
import { inRuns, orderInParts } from '@/lib/changes/commit/ordered-writes'
import { nameKey } from '@/lib/changes/commit/write-step'
import { entriesBefore, examineChange, prepareChange, type PreparedChange } from '@/lib/changes/examination'
import { withWatch } from '@/lib/changes/examination-watch'
import { shownPreview } from '@/lib/changes/shown-preview'
import { ADDRESS_ATTRIBUTES } from '@/lib/entries/domain-addresses'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { giveWay, type Job, type JobItem } from './job'
import { noteFindings, PART_SIZE, stopWanted } from './job-check'

/** Gives the job its rows and parts. */
export type Layout = (job: Job, prepared: PreparedChange) => Promise<void> | undefined

/** Previews all of it. */
export async function checkWhole(
  job: Job,
  changes: readonly ChangeRecord[],
  layOut: Layout = inOrderedParts,
): Promise<void> {
  Object.assign(job, { phase: 'checking', done: 0, total: changes.length })
  const watch = {
    tell: (done: number, total: number) => Object.assign(job, { done, total }),
    isWanted: () => !job.stopping,
  }
  await withWatch(watch, async () => {
    const prepared = await prepareChange(job.authority, changes)
    if (stopWanted(job)) return
    if (prepared.status !== 'prepared') {
      Object.assign(job, { phase: 'finished', message: prepared.message })
      return
    }
    const { preview } = await examineChange(job.authority, prepared)
    await giveWay()
    if (stopWanted(job)) return
    await layOut(job, prepared)
    noteFindings(job, [...job.items.keys()], preview.findings)
    Object.assign(job, { phase: 'checked', whole: shownPreview(preview) })
  })
}

/** The rows in the order in which they are written, and their parts. */
async function inOrderedParts(job: Job, prepared: PreparedChange): Promise<void> {
  const { writes, last } = await orderInParts(prepared.changes, entriesBefore(prepared), prepared.schema)
  const toItem = itemMaker(prepared)
  const runs = [...inRuns(writes, PART_SIZE), last].filter(({ length }) => length > 0)
  for (const run of runs) {
    const first = job.items.length
    job.items.push(...run.map((change, at) => toItem(change, first + at + 1)))
    job.parts.push({ places: run.map((_, at) => first + at), seen: null, takesBack: null })
  }
}

/** Makes a row of each change, in their order. */
export function itemMaker({
  images,
  states,
}: PreparedChange): (change: ChangeRecord, number: number) => JobItem {
  // Where an entry is written twice, the second time it is as the first one has left it.
  const open = new Map(states.map((state) => [nameKey(state.dn), state]))
  const touched = new Map<string, readonly Entry[]>()
  for (const { before, after } of images) {
    const both = [before, after].filter((entry) => entry !== null)
    for (const { dn } of both) touched.set(nameKey(dn), both)
  }
  return (change, number) => {
    const key = nameKey(change.dn)
    const state = open.get(key)
    open.delete(key)
    const entries = touched.get(key) ?? []
    const addresses = entries.flatMap((entry) =>
      ADDRESS_ATTRIBUTES.flatMap((attribute) => valuesOf(entry, attribute)),
    )
    const [entry] = entries
    return {
      number,
      name: (entry && (valueOf(entry, 'mail') ?? valueOf(entry, 'dc'))) ?? change.dn,
      state: 'valid',
      notes: [],
      changes: [change],
      basis: state === undefined ? [] : [state],
      addresses: [...new Set(addresses.map((address) => address.toLowerCase()))],
    }
  }
}

/**
 * random-undo - the second plan and the undo of a committed list of changes, for the random lists.
 *
 * A second plan of the same list is defined where carrying a list out twice is the same as once: where it consists of
 * replacements. It is previewed again, and has to change no entry and no answer. Of any other list (a value cannot be
 * added twice, nor an entry deleted twice) the second plan is the way from what the directory holds to what the first
 * preview had promised: it is empty when every value that should have come is there and none that should have gone.
 * The undo is the one of the commit's journal.
 */
import { commitChanges } from '@/lib/changes/commit/commit'
import { readStepEntries } from '@/lib/changes/commit/write-back'
import { orderWrites } from '@/lib/changes/commit/write-order'
import { holdFinished } from '@/lib/changes/journal/journal'
import { judgeSteps, planRecovery } from '@/lib/changes/journal/recovery-plan'
import { previewChanges } from '@/lib/changes/preview'
import type { Preview } from '@/lib/changes/preview-result'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { write } from '@/lib/directory/service'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { dumpLdif } from '@/scripts/private-slapd'
import { SUFFIX } from './random-site'

/** Entries as one text in which neither their order nor that of values counts. */
export function dumpOf(entries: readonly Entry[]): string {
  const lines = entries.map(({ dn, attributes }) =>
    JSON.stringify([
      dn,
      attributes
        .map(({ description, values }) => `${description} ${[...values].sort().join('\u0000')}`)
        .sort(),
    ]),
  )
  return lines.sort().join('\n')
}

const KEPT =
  /^(?:structuralObjectClass|entryUUID|creatorsName|createTimestamp|entryCSN|modifiersName|modifyTimestamp|contextCSN):/

/** Every entry of the database but for what the server keeps, said by slapcat(8). */
export function slapcat(folder: string): string {
  const entries = dumpLdif(folder, SUFFIX).split('\n\n')
  const kept = entries.map((entry) => entry.split('\n').filter((line) => !KEPT.test(line)))
  return kept
    .map((lines) => lines.sort().join('\n'))
    .sort()
    .join('\n\n')
}

/** Whether the list can be carried out twice. */
function isRepeatable(changes: readonly ChangeRecord[]): boolean {
  return changes.every(
    (change) =>
      change.type === 'modify' && change.modifications.every(({ operation }) => operation === 'replace'),
  )
}

/** What a second plan of the list would still change; null if nothing. */
export async function secondPlan(
  authority: Authority,
  changes: readonly ChangeRecord[],
  promised: Preview,
  entries: readonly Entry[],
): Promise<string | null> {
  if (isRepeatable(changes)) {
    const again = await previewChanges(authority, changes, [])
    if (again.status !== 'previewed') return JSON.stringify(again)
    const { entries: differing, lookups } = again.preview
    const changed = lookups.filter(({ difference }) => difference !== 'same')
    return differing.length + changed.length === 0 ? null : JSON.stringify([differing, changed])
  }
  // An entry that is deleted and added again is two entries of one name.
  const comes = (dn: string, name: string): readonly string[] =>
    promised.entries
      .filter((one) => one.dn === dn)
      .flatMap(({ attributes }) => attributes)
      .flatMap(({ attribute, added }) => (attribute === name ? added : []))
  const missing = promised.entries.flatMap(({ dn, attributes }) => {
    const entry = entries.find((one) => one.dn === dn)
    return attributes.flatMap(({ attribute, removed, added }) => {
      if (attribute === 'dn') return entry === undefined ? [`${dn} is not there`] : []
      const now = entry === undefined ? [] : valuesOf(entry, attribute)
      const lost = added.filter((value) => !now.includes(value))
      const left = removed.filter((value) => now.includes(value) && !comes(dn, attribute).includes(value))
      return lost.length + left.length === 0 ? [] : [`${dn} ${attribute}: −${left.join()} +${lost.join()}`]
    })
  })
  return missing.length === 0 ? null : missing.join('; ')
}

/** Takes a commit back by its journal: as a commit of its own, or write by write. Null if that was done. */
export async function undoByJournal(
  authority: Authority,
  name: string,
  byCommit: boolean,
): Promise<string | null> {
  const held = await holdFinished(name)
  if (held.status !== 'held') return JSON.stringify(held)
  const { steps, results } = held.journal
  await held.writer.release()
  const found = await readStepEntries(authority, steps)
  if ('status' in found) return found.diagnostic
  const known = await discoverSchema()
  if (known.status === 'failed') return known.diagnostic
  const states = judgeSteps(steps, results, found)
  const { changes, notes } = planRecovery('undo', steps, states, found, known.schema)
  if (notes.length > 0) return JSON.stringify(notes)
  const previewed = byCommit ? await previewChanges(authority, changes, []) : null
  // What was there before the list may be what nobody may commit: then the undo is written as it is.
  const isOpen =
    previewed?.status === 'previewed' &&
    previewed.preview.findings.every(({ severity }) => severity !== 'blocks')
  if (!isOpen) return writeInOrder(authority, changes, found)
  const { checksum, findings } = previewed.preview
  const confirmed = findings.map(({ code }) => code)
  const made = await commitChanges(authority, changes, [], { checksum, confirmed })
  return made.status === 'asPreviewed' ? null : JSON.stringify(made)
}

/** Makes changes in the order of a commit, without one. Null if all were made, else why one was not. */
export async function writeInOrder(
  authority: Authority,
  changes: readonly ChangeRecord[],
  entries: readonly Entry[],
): Promise<string | null> {
  const known = await discoverSchema()
  if (known.status === 'failed') return known.diagnostic
  for (const change of await orderWrites(changes, entries, known.schema)) {
    const result = await write(authority, change)
    if (result.status !== 'done') return `${result.diagnostic} ${JSON.stringify(change)}`
  }
  return null
}

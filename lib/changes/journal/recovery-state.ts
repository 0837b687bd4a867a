/**
 * recovery-state - whether one write of a journal holds in the directory, and what would carry it on or take it back.
 *
 * Judged by the entry's entryUUID and entryCSN (RFC 4530; OpenLDAP's CSN) and by the values that the write adds
 * and removes, so that what others have changed elsewhere in the entry does not matter. Four answers: done, not
 * done, changed by someone else since, and unknown, which only a write of a password alone can be. Pure.
 */
import { renamedDn } from '@/lib/ldap/change-application'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { formatDn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { JournalStep } from './journal-plan'
import type { JournalResult } from './journal-text'
import { nameKey } from '@/lib/changes/commit/write-step'

export type StepState = 'done' | 'notDone' | 'changed' | 'unknown'

/** An attribute that a modification touches, before and after. */
interface TouchedAttribute {
  readonly attribute: string
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/**
 * Whether a write holds.
 * @param found what was read under the names that the entry can have
 * @param later what the commit writes after it
 */
export function judgeStep(
  step: JournalStep,
  found: readonly Entry[],
  result: JournalResult['status'] | null,
  later: readonly ChangeRecord[] = [],
): StepState {
  const { change, after, entryUuid, entryCsn } = step
  const entry = ownEntry(step, found, later)
  switch (change.type) {
    case 'add': {
      if (entry === null) return 'notDone'
      return after.attributes.every(({ description, values }) => holdsAll(entry, description, values))
        ? 'done'
        : 'changed'
    }
    case 'delete':
      if (entry === null) return 'done'
      if (entryUuid === null || entryCsn === null) return 'notDone'
      return valueOf(entry, 'entryCSN') === entryCsn ? 'notDone' : 'changed'
    case 'modifyDn':
      if (entry === null) return 'changed'
      if (namesAfter(after.dn, later).map(nameKey).includes(nameKey(entry.dn))) return 'done'
      return nameKey(entry.dn) === nameKey(change.dn) ? 'notDone' : 'changed'
    case 'modify':
      if (entry === null) return 'changed'
      if (entryCsn !== null && valueOf(entry, 'entryCSN') === entryCsn) return 'notDone'
      return judgeValues(touchedBy(step), entry, result)
  }
}

/** The entry that the step is about: the one with its entryUUID, or where that is not known the one of its name. */
export function ownEntry(
  step: JournalStep,
  found: readonly Entry[],
  later: readonly ChangeRecord[] = [],
): Entry | null {
  const { entryUuid } = step
  const names = possibleNames(step, later).map(nameKey)
  const own =
    entryUuid === null
      ? found.find(({ dn }) => names.includes(nameKey(dn)))
      : found.find((entry) => valueOf(entry, 'entryUUID') === entryUuid)
  return own ?? null
}

/** The names that the entry of a step can have, while the commit is made. */
export function possibleNames(
  { change, after }: JournalStep,
  later: readonly ChangeRecord[],
): readonly string[] {
  return [change.dn, ...namesAfter(after.dn, later)]
}

/** A name, and what later renames above it make of it. */
function namesAfter(dn: string, later: readonly ChangeRecord[]): readonly string[] {
  const names = [dn]
  let current = parseDn(dn)
  for (const change of later) {
    if (change.type !== 'modifyDn' || current === null) continue
    current = renamedDn(current, change)
    if (current !== null) names.push(formatDn(current))
  }
  return names
}

function judgeValues(
  touched: readonly TouchedAttribute[],
  entry: Entry,
  result: JournalResult['status'] | null,
): StepState {
  const differences = touched.map(({ attribute, from, to }) => {
    const now = valuesOf(entry, attribute)
    const [added, removed] = [except(to, from), except(from, to)]
    return {
      isIndifferent: added.length + removed.length === 0,
      made: added.every((value) => now.includes(value)) && removed.every((value) => !now.includes(value)),
      unmade: added.every((value) => !now.includes(value)) && removed.every((value) => now.includes(value)),
    }
  })
  const telling = differences.filter(({ isIndifferent }) => !isIndifferent)
  if (telling.length > 0) {
    if (telling.every(({ made }) => made)) return 'done'
    return telling.every(({ unmade }) => unmade) ? 'notDone' : 'changed'
  }
  // The order of values alone, or a password alone.
  if (result === 'written') return 'done'
  if (result === 'refused') return 'notDone'
  const isOrdered = touched.every(({ attribute, to }) => isSameList(valuesOf(entry, attribute), to))
  return touched.length > 0 && isOrdered ? 'done' : 'unknown'
}

function touchedBy({ inverse, after }: JournalStep): readonly TouchedAttribute[] {
  if (inverse.type !== 'modify') return []
  return inverse.modifications.map(({ attribute, values }) => ({
    attribute,
    from: values,
    to: valuesOf(after, attribute),
  }))
}

/** What would make a write that does not hold; null if nothing can, because it was a password alone. */
export function changeForward(step: JournalStep, entry: Entry | null): ChangeRecord | null {
  const { change } = step
  if (change.type !== 'modify' || entry === null) return change
  const touched = touchedBy(step)
  const asBefore = touched.every(({ attribute, from }) => isSameList(valuesOf(entry, attribute), from))
  const modifications = asBefore ? change.modifications : towards(touched, entry)
  return modifications.length === 0 ? null : { ...change, modifications }
}

/** What would take a write back that holds; null if there is nothing to take back but a password. */
export function changeBack(step: JournalStep, entry: Entry | null): ChangeRecord | null {
  const { inverse } = step
  if (inverse.type !== 'modify' || entry === null) return inverse
  const back = touchedBy(step).map(({ attribute, from, to }) => ({ attribute, from: to, to: from }))
  const modifications = towards(back, entry)
  return modifications.length === 0 ? null : { ...inverse, modifications }
}

/** Leads from one state to the other value by value, so that values of others stay. */
function towards(touched: readonly TouchedAttribute[], entry: Entry): readonly Modification[] {
  return touched.flatMap(({ attribute, from, to }): readonly Modification[] => {
    const now = valuesOf(entry, attribute)
    const removed = except(from, to).filter((value) => now.includes(value))
    const added = except(to, from).filter((value) => !now.includes(value))
    // Where nobody else has been, the order of the values comes back as well.
    const reached = [...except(now, removed), ...added]
    if (isSameList(now, from) && !isSameList(reached, to))
      return [{ operation: 'replace', attribute, values: to }]
    return [
      ...(removed.length === 0 ? [] : [{ operation: 'delete' as const, attribute, values: removed }]),
      ...(added.length === 0 ? [] : [{ operation: 'add' as const, attribute, values: added }]),
    ]
  })
}

function holdsAll(entry: Entry, description: string, values: readonly string[]): boolean {
  const now = valuesOf(entry, description)
  return now.length === values.length && values.every((value) => now.includes(value))
}

function except(values: readonly string[], others: readonly string[]): readonly string[] {
  return values.filter((value) => !others.includes(value))
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at])
}

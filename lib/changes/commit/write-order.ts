/**
 * write-order - the order in which a commit writes: one whose every prefix is safe.
 *
 * Wherever a commit is cut off, no address that is delivered before and after it is undeliverable in between.
 * Modifications of one entry that follow each other become one write. Where writes need each other in a circle
 * (two mailboxes swap an alias), a modification is made in several: first what it adds, later what it removes. An
 * order that would not leave the same entries behind, values in the same order, is not used: then the changes
 * are written as given. Pure. What has to come before what is in write-dependencies.
 */
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { ADDRESS_ATTRIBUTES } from '@/lib/changes/findings/finding-facts'
import { inTurns } from '@/lib/changes/portions'
import { dependenciesOf, TARGET_ATTRIBUTES } from './write-dependencies'
import { sortWrites } from './write-sorting'
import { followWrites, nameKey, type WriteStep } from './write-step'

type Modify = Extract<ChangeRecord, { type: 'modify' }>

/**
 * How a modification is made in several: mailboxes come first and go last, what leads to them in between; whatever
 * else it changes goes with the first removal.
 */
const MAILBOX_ATTRIBUTES: readonly string[] = ['objectClass', 'mail']
const LEADING_ATTRIBUTES: readonly string[] = [
  ...ADDRESS_ATTRIBUTES.filter((attribute) => attribute !== 'mail'),
  ...TARGET_ATTRIBUTES,
]

/** A change on its way into the order; `whole` is the change that it is a part of. */
interface Part {
  readonly change: ChangeRecord
  readonly whole: ChangeRecord | null
}

/**
 * The writes in their order.
 * @param entries the touched entries as they are
 */
export async function orderWrites(
  changes: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<readonly ChangeRecord[]> {
  let parts: readonly Part[] = joinModifications(changes).map((change) => ({ change, whole: null }))
  for (;;) {
    const steps = await followWrites(
      parts.map(({ change }) => change),
      entries,
      schema,
    )
    if (steps === null) return changes
    const { order, circle } = sortWrites(steps, await dependenciesOf(steps))
    const divided = circle.length === 0 ? null : await divide(parts, steps, new Set(circle), schema)
    if (divided === null) {
      const writes = joinParts(order.flatMap((at) => parts[at] ?? []))
      // Writes to one entry keep their order, so that a mere permutation leaves the same.
      const given = new Set(changes)
      const isPermutation = writes.every((change) => given.has(change))
      return isPermutation || (await leavesTheSame(changes, writes, entries, schema)) ? writes : changes
    }
    parts = divided
  }
}

/** Modifications of one entry become one, as long as only modifications stand between them. */
export function joinModifications(changes: readonly ChangeRecord[]): readonly ChangeRecord[] {
  const joined: ChangeRecord[] = []
  let places = new Map<string, number>()
  for (const change of changes) {
    const key = nameKey(change.dn)
    const place = places.get(key)
    const earlier = place === undefined ? undefined : joined[place]
    if (change.type !== 'modify') places = new Map()
    if (change.type === 'modify' && place !== undefined && earlier?.type === 'modify') {
      joined[place] = { ...earlier, modifications: [...earlier.modifications, ...change.modifications] }
      continue
    }
    if (change.type === 'modify') places.set(key, joined.length)
    joined.push(change)
  }
  return joined
}

/** The parts with every modification on a circle made in several; null if none of them can be. */
async function divide(
  parts: readonly Part[],
  steps: readonly WriteStep[],
  circle: ReadonlySet<number>,
  schema: Schema,
): Promise<readonly Part[] | null> {
  const divided: Part[] = []
  for (const [at, part] of parts.entries()) {
    const step = steps[at]
    const isWhole = step === undefined || part.whole !== null || !circle.has(at)
    const stages = isWhole ? [] : await stagesOf(step, schema)
    if (stages.length < 2) divided.push(part)
    else for (const change of stages) divided.push({ change, whole: part.change })
  }
  return divided.length > parts.length ? divided : null
}

/** The same modification in several. None if that would not come to the same. */
async function stagesOf({ change, before, after }: WriteStep, schema: Schema): Promise<readonly Modify[]> {
  if (change.type !== 'modify' || before === null || after === null) return []
  const divided = [...MAILBOX_ATTRIBUTES, ...LEADING_ATTRIBUTES].map((name) => name.toLowerCase())
  const rest = change.modifications.filter(({ attribute }) => !divided.includes(attribute.toLowerCase()))
  const additions = (attribute: string): readonly Modification[] => additionOf(attribute, before, after)
  const removals = (attribute: string): readonly Modification[] => removalOf(attribute, before, after)
  const stages = [
    MAILBOX_ATTRIBUTES.flatMap(additions),
    LEADING_ATTRIBUTES.flatMap(additions),
    [...rest, ...LEADING_ATTRIBUTES.flatMap(removals)],
    MAILBOX_ATTRIBUTES.flatMap(removals),
  ]
    .filter(({ length }) => length > 0)
    .map((modifications): Modify => ({ type: 'modify', dn: change.dn, modifications }))
  const left = (await followWrites(stages, [before], schema))?.at(-1)?.after ?? null
  return left !== null && isSameEntry(left, after) ? stages : []
}

/** Adds what is new, and brings the values into the order that they are to have. */
function additionOf(attribute: string, before: Entry, after: Entry): readonly Modification[] {
  const [had, has] = [valuesOf(before, attribute), valuesOf(after, attribute)]
  const added = has.filter((value) => !isIn(had, value))
  const appended = [...had.filter((value) => has.includes(value)), ...added]
  if (appended.join('\n') !== has.join('\n')) {
    const removed = had.filter((value) => !isIn(has, value))
    return [{ operation: 'replace', attribute, values: [...has, ...removed] }]
  }
  return added.length === 0 ? [] : [{ operation: 'add', attribute, values: added }]
}

function removalOf(attribute: string, before: Entry, after: Entry): readonly Modification[] {
  const has = valuesOf(after, attribute)
  const removed = valuesOf(before, attribute).filter((value) => !isIn(has, value))
  return removed.length === 0 ? [] : [{ operation: 'delete', attribute, values: removed }]
}

/** Addresses and object classes do not tell upper from lower case. */
function isIn(values: readonly string[], value: string): boolean {
  return values.some((other) => other.toLowerCase() === value.toLowerCase())
}

/** Parts of one modification that stand side by side need not be apart. */
function joinParts(parts: readonly Part[]): readonly ChangeRecord[] {
  const joined: Part[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.whole === null || last?.whole !== part.whole) joined.push(part)
    else joined[joined.length - 1] = { ...part, change: joinTwo(last.change, part.change) }
  }
  const counts = new Map<ChangeRecord | null, number>()
  for (const { whole } of joined) counts.set(whole, (counts.get(whole) ?? 0) + 1)
  return joined.map(({ change, whole }) => (whole !== null && counts.get(whole) === 1 ? whole : change))
}

function joinTwo(first: ChangeRecord, second: ChangeRecord): ChangeRecord {
  if (first.type !== 'modify' || second.type !== 'modify') return second
  return { ...first, modifications: [...first.modifications, ...second.modifications] }
}

async function leavesTheSame(
  given: readonly ChangeRecord[],
  ordered: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<boolean> {
  const wanted = await finalEntries(given, entries, schema)
  const found = await finalEntries(ordered, entries, schema)
  if (wanted === null || found === null || wanted.size !== found.size) return false
  const verdicts = await inTurns([...wanted], ([key, entry]) => {
    const other = found.get(key)
    return other !== undefined && isSameEntry(entry, other)
  })
  return verdicts.every(Boolean)
}

async function finalEntries(
  changes: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<ReadonlyMap<string, Entry> | null> {
  const steps = await followWrites(changes, entries, schema)
  if (steps === null) return null
  const left = new Map<string, Entry>()
  for (const { change, after } of steps) {
    left.delete(nameKey(change.dn))
    if (after !== null) left.set(nameKey(after.dn), after)
  }
  return left
}

function isSameEntry(one: Entry, other: Entry): boolean {
  if (one === other || isEqual(one, other)) return true
  const textOf = ({ attributes }: Entry): string =>
    JSON.stringify(
      attributes
        .filter(({ values }) => values.length > 0)
        .map(({ description, values }) => [description.toLowerCase(), values])
        .sort(),
    )
  return one.dn === other.dn && textOf(one) === textOf(other)
}

/** With everything in the same order. */
function isEqual(one: Entry, other: Entry): boolean {
  return (
    one.dn === other.dn &&
    one.attributes.length === other.attributes.length &&
    one.attributes.every(({ description, values }, at) => {
      const there = other.attributes[at]
      return (
        there?.description === description &&
        there.values.length === values.length &&
        values.every((value, place) => value === there.values[place])
      )
    })
  )
}

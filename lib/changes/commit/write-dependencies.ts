/**
 * write-dependencies - which write has to come before which, so that every prefix of a commit is safe.
 *
 * Two kinds. Structure: writes to one entry, or to entries one above the other, keep their order, but a parent is
 * added before its children and deleted after them. Delivery: an address (or a domain) is given to its new entry
 * before it is taken from the old one; a mailbox is there before anything forwards to it, and goes when nothing
 * does any more; a domain is hosted when its mailboxes are there, and not any more before they go; an entry is
 * there before a group names it. Pure.
 * Authority: RFC 4511 sections 4.7 and 4.8 (no orphans); virtual(5) for what an address needs.
 */
import { type Dn, normalizeDn, parseDn } from '@/lib/ldap/dn'
import { type Attribute, type Entry, valuesOf } from '@/lib/ldap/entry'
import { ADDRESS_ATTRIBUTES } from '@/lib/changes/findings/finding-facts'
import { inTurns, restWhenLong } from '@/lib/changes/portions'
import { dnKey, nameKey, type WriteStep } from './write-step'

/** For each write the writes that come before it, by their places in the list. */
export interface Dependencies {
  readonly structure: readonly ReadonlySet<number>[]
  readonly delivery: readonly ReadonlySet<number>[]
}

/** Attributes that name the mailbox where mail goes. */
export const TARGET_ATTRIBUTES = ['mailForwardingAddress'] as const

/** The dependencies among these writes. */
export async function dependenciesOf(steps: readonly WriteStep[]): Promise<Dependencies> {
  const structure = steps.map(() => new Set<number>())
  const delivery = steps.map(() => new Set<number>())
  await addStructure(steps, structure)
  await addDelivery(steps, delivery)
  return { structure, delivery }
}

async function addStructure(steps: readonly WriteStep[], before: readonly Set<number>[]): Promise<void> {
  const names = await inTurns(steps, namesOf)
  const writesTo = new Map<string, number[]>()
  for (const [at, own] of names.entries())
    for (const key of new Set(own.map(([name = '']) => name))) append(writesTo, key, at)
  for (const [below, own] of names.entries()) {
    for (const lineage of own) {
      for (const [depth, name] of lineage.entries()) {
        for (const above of writesTo.get(name) ?? []) {
          if (above !== below) relate(steps, above, below, depth > 0, before)
        }
      }
    }
    await restWhenLong()
  }
}

/** `above` writes to the entry that `below` writes to, or with `parent` to one above it. */
function relate(
  steps: readonly WriteStep[],
  above: number,
  below: number,
  parent: boolean,
  before: readonly Set<number>[],
): void {
  const [upper, lower] = [steps[above]?.change.type, steps[below]?.change.type]
  const isBirth = parent && upper === 'add' && lower === 'add'
  const isEnd = parent && upper === 'delete' && lower === 'delete'
  const [first, second] = isBirth
    ? [above, below]
    : isEnd
      ? [below, above]
      : [Math.min(above, below), Math.max(above, below)]
  before[second]?.add(first)
}

/** The name of the entry and those above it, as keys; of a rename both names. */
type Lineage = readonly string[]

function namesOf({ change, after }: WriteStep): readonly Lineage[] {
  const names = change.type === 'modifyDn' && after !== null ? [change.dn, after.dn] : [change.dn]
  return names.flatMap((name) => {
    const dn = parseDn(name)
    return dn === null ? [] : [lineageOf(dn)]
  })
}

/** The key of a name is that of its first part and of the name above it. */
function lineageOf(dn: Dn): Lineage {
  const parts = dn.map((rdn) => normalizeDn([rdn]))
  return parts.map((_, depth) => parts.slice(depth).join(','))
}

/** What a write gives and takes. Addresses, domains and names are told apart by a prefix. */
interface Effect {
  readonly given: ReadonlySet<string>
  readonly taken: ReadonlySet<string>
  /** Targets that matter anew. */
  readonly aimed: ReadonlySet<string>
  /** Targets that no longer matter. */
  readonly released: ReadonlySet<string>
}

function effectOf({ change, before, after }: WriteStep): Effect {
  const [had, has] = [new Set(provided(before)), provided(after)]
  const [aimedBefore, aimsNow] = [targets(before), targets(after)]
  // A rename takes a group's member along or not, as the server does it; only a deletion takes the name away.
  if (change.type === 'modifyDn' && before !== null) had.delete(`name ${nameKey(before.dn)}`)
  const [given, taken] = [without(has, had), without(had, has)]
  // An address that comes to an entry, or leaves it, needs all targets of the entry.
  return {
    given,
    taken,
    aimed: hasAddress(given) ? aimsNow : without(aimsNow, aimedBefore),
    released: hasAddress(taken) ? aimedBefore : without(aimedBefore, aimsNow),
  }
}

function hasAddress(values: ReadonlySet<string>): boolean {
  return [...values].some((value) => value.startsWith('address '))
}

const NOTHING: ReadonlySet<string> = new Set()
const providedBy = new WeakMap<Entry, ReadonlySet<string>>()
const targetsOf = new WeakMap<Entry, ReadonlySet<string>>()

function provided(entry: Entry | null): ReadonlySet<string> {
  if (entry === null) return NOTHING
  const known = providedBy.get(entry)
  if (known !== undefined) return known
  const addresses = ADDRESS_ATTRIBUTES.flatMap((attribute) => valuesOf(entry, attribute))
  const values = new Set([
    `name ${nameKey(entry.dn)}`,
    ...addresses.map((address) => `address ${address.toLowerCase()}`),
    ...valuesOf(entry, 'dc').map((domain) => `domain ${domain.toLowerCase()}`),
  ])
  providedBy.set(entry, values)
  return values
}

function targets(entry: Entry | null): ReadonlySet<string> {
  if (entry === null) return NOTHING
  const known = targetsOf.get(entry)
  if (known !== undefined) return known
  const addresses = TARGET_ATTRIBUTES.flatMap((attribute) => valuesOf(entry, attribute))
  const values = new Set([
    ...addresses.map((address) => `address ${address.toLowerCase()}`),
    ...entry.attributes.flatMap(namesIn).map((name) => `name ${name}`),
  ])
  targetsOf.set(entry, values)
  return values
}

function namesIn({ description, values }: Attribute): readonly string[] {
  if (description.toLowerCase() === 'entrydn') return []
  return values.flatMap((value) => {
    const key = value.includes('=') && value.includes(',') ? dnKey(value) : null
    return key === null ? [] : [key]
  })
}

function without(some: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...some].filter((value) => !others.has(value)))
}

async function addDelivery(steps: readonly WriteStep[], before: readonly Set<number>[]): Promise<void> {
  const effects = await inTurns(steps, effectOf)
  const given = indexOf(effects, ({ given: values }) => values)
  const taken = indexOf(effects, ({ taken: values }) => values)
  const { atFirst, atLast } = providedAtEnds(steps)
  const order = (first: number, second: number): void => {
    if (first !== second) before[second]?.add(first)
  }
  for (const [at, effect] of effects.entries()) {
    for (const value of effect.taken) for (const giver of given.get(value) ?? []) order(giver, at)
    // A target that someone has all the time need not be waited for: it is given before it is taken.
    for (const value of effect.aimed)
      if (!atFirst.has(value)) for (const giver of given.get(value) ?? []) order(giver, at)
    for (const value of effect.released)
      if (!atLast.has(value)) for (const taker of taken.get(value) ?? []) order(at, taker)
    for (const domain of domainsOf(effect.given)) for (const host of given.get(domain) ?? []) order(at, host)
    for (const domain of domainsOf(effect.taken)) for (const host of taken.get(domain) ?? []) order(host, at)
    await restWhenLong()
  }
}

/** What the touched entries provide before the first write and after the last one. */
function providedAtEnds(steps: readonly WriteStep[]): {
  readonly atFirst: ReadonlySet<string>
  readonly atLast: ReadonlySet<string>
} {
  const first = new Set<string>()
  const last = new Map<string, Entry>()
  const made = new Set<string>()
  for (const { change, before, after } of steps) {
    const name = nameKey(change.dn)
    if (!made.has(name)) for (const value of provided(before)) first.add(value)
    last.delete(name)
    if (after === null) continue
    made.add(nameKey(after.dn))
    last.set(nameKey(after.dn), after)
  }
  return { atFirst: first, atLast: new Set([...last.values()].flatMap((entry) => [...provided(entry)])) }
}

function indexOf(
  effects: readonly Effect[],
  valuesIn: (effect: Effect) => ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>()
  for (const [at, effect] of effects.entries()) for (const value of valuesIn(effect)) append(index, value, at)
  return index
}

/** The domains of the addresses among these. */
function domainsOf(values: ReadonlySet<string>): ReadonlySet<string> {
  const addresses = [...values].filter((value) => value.startsWith('address ') && value.includes('@'))
  return new Set(addresses.map((address) => `domain ${address.slice(address.lastIndexOf('@') + 1)}`))
}

function append(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [at])
  else list.push(at)
}

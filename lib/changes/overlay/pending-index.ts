/**
 * pending-index - finds the touched entries that one search can concern, so that many are as quick as few.
 *
 * In: the touched entries as one account sees them. By name at once; by a filter through its equality assertions:
 * an entry that has none of the asserted values, neither before nor after, is no result and was none. Where a filter
 * does not decide it so (presence, substrings, negation, rules that are not known here), every entry is given: wider
 * than need be, never narrower. For one entry the filter itself becomes short: of a long list of alternatives only
 * those are left that may find it. Never fails.
 * Authority: RFC 4511 section 4.5.1.7; values are compared as in lib/ldap/filter-match.
 */
import {
  type AttributeDescription,
  isSubdescription,
  resolveDescription,
} from '@/lib/ldap/attribute-description'
import { type Dn, normalizeDn } from '@/lib/ldap/dn'
import type { Filter } from '@/lib/ldap/filter'
import { findMatchingRule, type MatchingRule } from '@/lib/ldap/matching-rules'
import type { Schema } from '@/lib/ldap/schema'
import { isNoted } from './overlay-verdict'
import type { SeenEntry } from './pending-entries'

/** Compared by their classes' superclasses, not by value (filter-match). */
const OBJECT_CLASSES = ['2.5.4.0', '2.5.21.9']

/** Places of entries in the list of the changes. */
type Places = ReadonlySet<number>

type AnyOf = Extract<Filter, { readonly filters: readonly Filter[] }>

/** The members of a list of alternatives, by the entries that they may find. */
interface Alternatives {
  readonly undecided: readonly Filter[]
  readonly byPlace: ReadonlyMap<number, readonly Filter[]>
}

/** The touched entries, to be found by name or by what a filter asserts. */
export class PendingIndex {
  /** Whether an entry comes, goes or is renamed. */
  readonly altersTree: boolean
  private readonly origins = new Map<string, SeenEntry>()
  private readonly finals = new Map<string, readonly SeenEntry[]>()
  private readonly values = new Map<string, ReadonlyMap<string, Places>>()
  private readonly places = new Map<SeenEntry, number>()
  private readonly alternatives = new WeakMap<AnyOf, Alternatives>()

  constructor(
    private readonly entries: readonly SeenEntry[],
    private readonly schema: Schema,
  ) {
    for (const [at, entry] of entries.entries()) {
      const { origin, final } = entry.pending
      this.places.set(entry, at)
      const [now, then] = [origin, final].map((dn) => (dn === null ? null : normalizeDn(dn)))
      if (typeof now === 'string' && !this.origins.has(now)) this.origins.set(now, entry)
      if (typeof then === 'string') this.finals.set(then, [...(this.finals.get(then) ?? []), entry])
    }
    this.altersTree = entries.some(({ pending }) => pending.changes.some(({ type }) => type !== 'modify'))
  }

  /** The entry that has this name now; null if none that is touched. */
  byOrigin(dn: Dn): SeenEntry | null {
    return this.origins.get(normalizeDn(dn)) ?? null
  }

  /** The entries that will have this name. */
  byFinal(dn: Dn): readonly SeenEntry[] {
    return this.finals.get(normalizeDn(dn)) ?? []
  }

  /** Every touched entry that the filter may find, before or after; in the order of the changes. */
  candidates(filter: Filter): readonly SeenEntry[] {
    const places = this.placesFor(filter)
    if (places === null) return this.entries
    return [...places].sort((one, other) => one - other).flatMap((at) => this.entries[at] ?? [])
  }

  /** A filter that finds this entry, before and after, when the given one does; alternatives of others are left out. */
  narrowed(filter: Filter, entry: SeenEntry): Filter {
    const at = this.places.get(entry)
    return at === undefined ? filter : this.narrowedAt(filter, at)
  }

  /** What is below a negation stays: there false and undefined are not the same. */
  private narrowedAt(filter: Filter, at: number): Filter {
    if (filter.type === 'and')
      return { ...filter, filters: filter.filters.map((inner) => this.narrowedAt(inner, at)) }
    if (filter.type !== 'or') return filter
    let known = this.alternatives.get(filter)
    if (known === undefined) this.alternatives.set(filter, (known = this.alternativesOf(filter)))
    const left = [...known.undecided, ...(known.byPlace.get(at) ?? [])]
    return { ...filter, filters: left.map((inner) => this.narrowedAt(inner, at)) }
  }

  private alternativesOf({ filters }: AnyOf): Alternatives {
    const undecided: Filter[] = []
    const byPlace = new Map<number, Filter[]>()
    for (const filter of filters) {
      const places = this.placesFor(filter)
      if (places === null) undecided.push(filter)
      for (const at of places ?? []) {
        const known = byPlace.get(at)
        if (known === undefined) byPlace.set(at, [filter])
        else known.push(filter)
      }
    }
    return { undecided, byPlace }
  }

  /** null: this filter does not decide it. */
  private placesFor(filter: Filter): Places | null {
    switch (filter.type) {
      case 'equality':
        return this.placesOfValue(filter.attribute, filter.value)
      case 'and': {
        const decided = filter.filters.map((inner) => this.placesFor(inner)).filter((some) => some !== null)
        return decided.reduce<Places | null>(
          (least, some) => (least === null || some.size < least.size ? some : least),
          null,
        )
      }
      case 'or': {
        const all = new Set<number>()
        for (const inner of filter.filters) {
          const some = this.placesFor(inner)
          if (some === null) return null
          for (const at of some) all.add(at)
        }
        return all
      }
      case 'not':
      case 'present':
      case 'substrings':
      case 'approximate':
      case 'greaterOrEqual':
      case 'lessOrEqual':
      case 'extensible':
        return null
    }
  }

  private placesOfValue(attribute: string, value: string): Places | null {
    const description = resolveDescription(attribute, this.schema)
    if (description === null || OBJECT_CLASSES.includes(description.type.oid)) return null
    if (isNoted(attribute, true, this.schema) || description.type.equality === null) return null
    const rule = findMatchingRule(description.type.equality)
    const asserted = rule?.prepare(value, 'whole', this.schema)
    if (rule === undefined || asserted === undefined || asserted === null) return null
    const name = [description.type.oid, ...description.options].join(';')
    let known = this.values.get(name)
    if (known === undefined) {
      known = this.collect(description, rule)
      this.values.set(name, known)
    }
    return known.get(asserted) ?? NOWHERE
  }

  /** The values of an attribute, its subtypes included, with the places of the entries that have them. */
  private collect(wanted: AttributeDescription, rule: MatchingRule): ReadonlyMap<string, Places> {
    const places = new Map<string, Set<number>>()
    for (const [at, { before, after }] of this.entries.entries()) {
      for (const entry of new Set([before, after])) {
        for (const { description, values } of entry?.attributes ?? []) {
          const resolved = resolveDescription(description, this.schema)
          if (resolved === null || !isSubdescription(resolved, wanted)) continue
          for (const value of values) {
            const prepared = rule.prepare(value, 'whole', this.schema)
            if (prepared === null) continue
            const there = places.get(prepared)
            if (there === undefined) places.set(prepared, new Set([at]))
            else there.add(at)
          }
        }
      }
    }
    return places
  }
}

const NOWHERE: Places = new Set()

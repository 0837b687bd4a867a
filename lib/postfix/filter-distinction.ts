/**
 * filter-distinction - tells which of several filters of one shape an entry matches, without a schema.
 *
 * The filters come from one template with different keys, so they differ in equality assertions only; parts
 * that are the same in all of them hold for every entry that the server found. An assertion is true if a
 * returned value is the very same text, false if all values are ASCII texts that differ in their letters and
 * digits, and undecided otherwise: no matching rule calls equal texts different, nor such texts equal. (DNs,
 * OIDs and times are an exception, hence nothing that looks like one is decided.) Filters of any other shape
 * are not distinguished.
 *
 * Authority: RFC 4511 section 4.5.1.7, RFC 4517 section 4.2, RFC 4518.
 */
import type { Entry } from '@/lib/ldap/entry'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Filter } from '@/lib/ldap/filter'
import { conjunctsOf, varyingPositions } from './filter-union'
import { extendsName } from './ldap-table-values'

/** A text with its lower-case letters and digits; null where a matching rule may look further. */
interface Text {
  readonly value: string
  readonly letters: string | null
}

interface Equality extends Text {
  readonly attribute: string
}

type Verdict = 'true' | 'false' | 'undecided'

/** The values that an entry shows, by the attribute asked for. */
type Shown = ReadonlyMap<string, readonly Text[]>

/** For each filter the entries that match it, in their order. */
export type Assignment = readonly (readonly Entry[] | 'undecided')[]

export class FilterDistinction {
  /**
   * `conjuncts[f]` are the parts of filter f that vary, each a list of alternatives; `anchors` finds by the
   * letters and digits of a value the filters whose first conjunct it may match.
   */
  private constructor(
    private readonly conjuncts: readonly (readonly (readonly Equality[])[])[],
    private readonly anchors: ReadonlyMap<string, readonly number[]>,
    private readonly unanchored: readonly number[],
    /** The attributes whose values decide. */
    readonly attributes: readonly string[],
  ) {}

  /** Null if the filters are not of one shape, or of one that cannot be told apart. */
  static of(filters: readonly Filter[]): FilterDistinction | null {
    if (filters.length < 2) return null
    const parts = filters.map(conjunctsOf)
    const varying = varyingPositions(parts)
    if (varying === null) return null
    const readable: (readonly (readonly Equality[])[])[] = []
    for (const list of parts) {
      const conjuncts = varying.flatMap((at) => {
        const alternatives = alternativesOf(list[at])
        return alternatives === null ? [] : [alternatives]
      })
      if (conjuncts.length !== varying.length) return null
      readable.push(conjuncts)
    }
    const [shape = []] = readable
    if (!readable.every((list) => hasShape(list, shape))) return null
    const attributes = [...new Set(shape.flat().map((assertion) => assertion.attribute))]
    if (!attributes.every(isPlainName)) return null
    if (shape.some((alternatives) => alternatives.length > 1) && !attributes.every(hasEqualityRule))
      return null
    return FilterDistinction.indexed(readable, attributes)
  }

  private static indexed(
    conjuncts: readonly (readonly (readonly Equality[])[])[],
    attributes: readonly string[],
  ): FilterDistinction {
    const anchors = new Map<string, number[]>()
    const unanchored: number[] = []
    for (const [index, [alternatives = []]] of conjuncts.entries()) {
      for (const { letters } of alternatives) {
        const known = letters === null ? unanchored : anchors.get(letters)
        if (known === undefined) anchors.set(letters ?? '', [index])
        else if (known.at(-1) !== index) known.push(index)
      }
    }
    return new FilterDistinction(conjuncts, anchors, unanchored, attributes)
  }

  /**
   * Null if an entry cannot be placed at all, does not show a value that decides, or shows an attribute that is
   * none of those asked for: then it has values of a subtype, which count as well.
   */
  assign(entries: readonly Entry[], asked: readonly string[]): Assignment | null {
    const found: (Entry[] | 'undecided')[] = this.conjuncts.map(() => [])
    for (const entry of entries) {
      if (entry.attributes.some(({ description }) => !asked.some((name) => extendsName(description, name))))
        return null
      const shown = this.shownBy(entry)
      if (shown === null) return null
      let isPlaced = false
      for (const index of this.candidates(shown)) {
        const verdict = conjunction(this.conjuncts[index] ?? [], shown)
        if (verdict === 'false') continue
        isPlaced = true
        const list = found[index]
        if (verdict === 'undecided') found[index] = 'undecided'
        else if (list !== undefined && list !== 'undecided') list.push(entry)
      }
      if (!isPlaced) return null
    }
    return found
  }

  private shownBy(entry: Entry): Shown | null {
    const shown = new Map<string, readonly Text[]>()
    for (const name of this.attributes) {
      const texts: Text[] = []
      for (const { description, values } of entry.attributes) {
        if (extendsName(description, name)) for (const value of values) texts.push(textOf(value))
      }
      if (texts.length === 0) return null
      shown.set(name, texts)
    }
    return shown
  }

  /** The filters that the values may match: all of them, if one value has letters that cannot be compared. */
  private candidates(shown: Shown): Iterable<number> {
    const candidates = new Set(this.unanchored)
    for (const texts of shown.values()) {
      for (const { letters } of texts) {
        if (letters === null) return this.conjuncts.keys()
        for (const index of this.anchors.get(letters) ?? []) candidates.add(index)
      }
    }
    return candidates
  }
}

function conjunction(conjuncts: readonly (readonly Equality[])[], shown: Shown): Verdict {
  let verdict: Verdict = 'true'
  for (const alternatives of conjuncts) {
    const part = disjunction(alternatives, shown)
    if (part === 'false') return 'false'
    if (part === 'undecided') verdict = 'undecided'
  }
  return verdict
}

function disjunction(alternatives: readonly Equality[], shown: Shown): Verdict {
  let verdict: Verdict = 'false'
  for (const equality of alternatives) {
    const part = compare(equality, shown.get(equality.attribute) ?? [])
    if (part === 'true') return 'true'
    if (part === 'undecided') verdict = 'undecided'
  }
  return verdict
}

function compare(asserted: Text, texts: readonly Text[]): Verdict {
  if (texts.some(({ value }) => value === asserted.value)) return 'true'
  if (asserted.letters === null) return 'undecided'
  return texts.some(({ letters }) => letters === null || letters === asserted.letters) ? 'undecided' : 'false'
}

function textOf(value: string): Text {
  return { value, letters: lettersOf(value) }
}

/** What is no ASCII, or the `=` of a DN. */
const NOT_PLAIN = /[^\0-<>-\x7f]/

function lettersOf(text: string): string | null {
  if (NOT_PLAIN.test(text) || looksLikeOidOrTime(text)) return null
  const letters = text.toLowerCase().replace(/[^a-z0-9]+/g, '')
  return letters === '' ? null : letters
}

/** An OID equals the name that it stands for, and a time can be written in several ways. */
function looksLikeOidOrTime(text: string): boolean {
  return /^[ \d]/.test(text) && /^ *\d+(?:\.\d+)+ *$|^ *\d{10,14}(?:[.,]\d+)?(?:z|[+-]\d+) *$/i.test(text)
}

/** The equality assertions of an equality or of an `|` of them; null for anything else. */
function alternativesOf(filter: Filter | undefined): readonly Equality[] | null {
  const members = filter?.type === 'or' ? filter.filters : filter === undefined ? [] : [filter]
  const equalities: Equality[] = []
  for (const member of members) {
    if (member.type !== 'equality') return null
    equalities.push({ attribute: member.attribute, value: member.value, letters: lettersOf(member.value) })
  }
  return equalities.length > 0 ? equalities : null
}

/** Whether these parts have the attributes of the others, place by place. */
function hasShape(
  conjuncts: readonly (readonly Equality[])[],
  shape: readonly (readonly Equality[])[],
): boolean {
  return shape.every((list, at) => {
    const own = conjuncts[at]
    return own?.length === list.length && list.every(({ attribute }, of) => own[of]?.attribute === attribute)
  })
}

/** A type by name, without options; object classes also match by superior classes and other names. */
function isPlainName(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/i.test(name) && !/objectclass$/i.test(name)
}

/** Without a rule an assertion is undefined, and another alternative may have found the entry. */
function hasEqualityRule(name: string): boolean {
  return (defaultSchema().attributeType(name)?.equality ?? null) !== null
}

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
import { extendsName } from './ldap-table-values'

/** A text with its lower-case letters and digits; null where a matching rule may look further. */
interface Text {
  readonly value: string
  readonly letters: string | null
}

/** Of one part of a filter the asserted values, one for each alternative. */
type Alternatives = readonly Text[]

type Verdict = 'true' | 'false' | 'undecided'

/** The values that an entry shows, one list for each attribute. */
type Shown = readonly (readonly Text[])[]

/** For each filter the entries that match it, in their order. */
export type Assignment = readonly (readonly Entry[] | 'undecided')[]

const NOTHING: readonly Entry[] = []
const NO_FILTER: readonly number[] = []

export class FilterDistinction {
  /**
   * `conjuncts[f]` are the parts of filter f that vary; `places` says for each of their alternatives which of
   * the attributes it asserts, the same for all filters. `anchors` finds by the letters and digits of a value
   * the filters whose first part it may match.
   */
  private constructor(
    private readonly conjuncts: readonly (readonly Alternatives[])[],
    private readonly places: readonly (readonly number[])[],
    private readonly anchors: ReadonlyMap<string, readonly number[]>,
    private readonly unanchored: readonly number[],
    /** The attributes whose values decide. */
    readonly attributes: readonly string[],
  ) {}

  /**
   * Of each filter the parts that vary. Null if the filters are not of one shape, or of one that cannot be told
   * apart.
   */
  static of(filters: readonly (readonly Filter[])[]): FilterDistinction | null {
    const [first] = filters
    if (first === undefined || filters.length < 2) return null
    const shape = first.map(attributesOf)
    const attributes = [...new Set(shape.flat())]
    if (!attributes.every(isPlainName)) return null
    if (shape.some((names) => names.length > 1) && !attributes.every(hasEqualityRule)) return null
    const conjuncts: (readonly Alternatives[])[] = []
    for (let index = 0; index < filters.length; index += 1) {
      const read = readParts(filters[index] ?? [], shape)
      if (read === null) return null
      conjuncts.push(read)
    }
    const places = shape.map((names) => names.map((name) => attributes.indexOf(name)))
    return FilterDistinction.indexed(conjuncts, places, attributes)
  }

  private static indexed(
    conjuncts: readonly (readonly Alternatives[])[],
    places: readonly (readonly number[])[],
    attributes: readonly string[],
  ): FilterDistinction {
    const anchors = new Map<string, readonly number[]>()
    const unanchored: number[] = []
    for (let index = 0; index < conjuncts.length; index += 1) {
      const alternatives = conjuncts[index]?.[0] ?? []
      for (let at = 0; at < alternatives.length; at += 1) {
        const letters = alternatives[at]?.letters ?? null
        if (letters !== null) anchors.set(letters, merged(anchors.get(letters) ?? NO_FILTER, [index]))
        else if (unanchored.at(-1) !== index) unanchored.push(index)
      }
    }
    return new FilterDistinction(conjuncts, places, anchors, unanchored, attributes)
  }

  /**
   * Null if an entry cannot be placed at all, does not show a value that decides, or shows an attribute that is
   * none of those asked for: then it has values of a subtype, which count as well.
   */
  assign(entries: readonly Entry[], asked: readonly string[]): Assignment | null {
    const found: (readonly Entry[] | 'undecided')[] = this.conjuncts.map(() => NOTHING)
    for (let at = 0; at < entries.length; at += 1) {
      const entry = entries[at]
      if (entry === undefined || !showsOnly(entry, asked)) return null
      const shown = this.shownBy(entry)
      if (shown === null || !this.place(entry, shown, found)) return null
    }
    return found
  }

  /** Whether there is a filter that the entry may match. */
  private place(entry: Entry, shown: Shown, found: (readonly Entry[] | 'undecided')[]): boolean {
    const candidates = this.candidates(shown)
    let isPlaced = false
    for (let at = 0; at < candidates.length; at += 1) {
      const index = candidates[at] ?? 0
      const verdict = this.conjunction(this.conjuncts[index] ?? [], shown)
      if (verdict === 'false') continue
      isPlaced = true
      const known = found[index]
      if (verdict === 'undecided') found[index] = 'undecided'
      else if (known !== 'undecided')
        found[index] = known === undefined || known.length === 0 ? [entry] : [...known, entry]
    }
    return isPlaced
  }

  private shownBy(entry: Entry): Shown | null {
    const shown = this.attributes.map((name) => textsOf(entry, name))
    return shown.some((texts) => texts.length === 0) ? null : shown
  }

  /** The filters that the values may match: all of them, if one value has letters that cannot be compared. */
  private candidates(shown: Shown): readonly number[] {
    let candidates = this.unanchored
    for (let place = 0; place < shown.length; place += 1) {
      const texts = shown[place] ?? []
      for (let at = 0; at < texts.length; at += 1) {
        const letters = texts[at]?.letters ?? null
        if (letters === null) return [...this.conjuncts.keys()]
        candidates = merged(candidates, this.anchors.get(letters) ?? NO_FILTER)
      }
    }
    return candidates
  }

  private conjunction(conjuncts: readonly Alternatives[], shown: Shown): Verdict {
    let verdict: Verdict = 'true'
    for (let at = 0; at < conjuncts.length; at += 1) {
      const part = disjunction(conjuncts[at] ?? [], this.places[at] ?? [], shown)
      if (part === 'false') return 'false'
      if (part === 'undecided') verdict = 'undecided'
    }
    return verdict
  }
}

/** Both lists as one without repetition. */
function merged(one: readonly number[], other: readonly number[]): readonly number[] {
  if (other.length === 0) return one
  return one.length === 0 ? other : [...new Set([...one, ...other])]
}

function disjunction(alternatives: Alternatives, places: readonly number[], shown: Shown): Verdict {
  let verdict: Verdict = 'false'
  for (let at = 0; at < alternatives.length; at += 1) {
    const asserted = alternatives[at]
    const part = asserted === undefined ? 'false' : compare(asserted, shown[places[at] ?? 0] ?? [])
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

/** Whether each attribute of the entry is one of these, or one of these with options. */
function showsOnly(entry: Entry, names: readonly string[]): boolean {
  return entry.attributes.every(({ description }) => names.some((name) => extendsName(description, name)))
}

/** The values of this attribute, whatever its options. */
function textsOf(entry: Entry, name: string): readonly Text[] {
  let texts: readonly Text[] = []
  const { attributes } = entry
  for (let at = 0; at < attributes.length; at += 1) {
    const attribute = attributes[at]
    if (attribute === undefined || !extendsName(attribute.description, name)) continue
    const own = attribute.values.map(textOf)
    texts = texts.length === 0 ? own : [...texts, ...own]
  }
  return texts
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

/** The equality assertions of an equality or of an `|` of them. */
function alternativesOf(filter: Filter): readonly Filter[] {
  return filter.type === 'or' ? filter.filters : [filter]
}

/** The attributes that a part asserts; an empty name, which is none, stands for what is no equality. */
function attributesOf(part: Filter): readonly string[] {
  const names = alternativesOf(part).map((one) => (one.type === 'equality' ? one.attribute : ''))
  return names.length === 0 ? [''] : names
}

/** The values that the parts of a filter assert; null if its attributes are not those of the shape, place by place. */
function readParts(
  parts: readonly Filter[],
  shape: readonly (readonly string[])[],
): readonly Alternatives[] | null {
  const read: Alternatives[] = []
  for (let at = 0; at < shape.length; at += 1) {
    const [part, names] = [parts[at], shape[at]]
    const texts = part === undefined || names === undefined ? null : readAlternatives(part, names)
    if (texts === null) return null
    read.push(texts)
  }
  return read
}

function readAlternatives(part: Filter, names: readonly string[]): Alternatives | null {
  if (part.type === 'equality')
    return names.length === 1 && part.attribute === names[0] ? [textOf(part.value)] : null
  const members = alternativesOf(part)
  if (members.length !== names.length) return null
  const texts = members.map((member, at) =>
    member.type === 'equality' && member.attribute === names[at] ? textOf(member.value) : null,
  )
  return texts.every((text) => text !== null) ? texts : null
}

/** A type by name, without options; object classes also match by superior classes and other names. */
function isPlainName(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/i.test(name) && !/objectclass$/i.test(name)
}

/** Without a rule an assertion is undefined, and another alternative may have found the entry. */
function hasEqualityRule(name: string): boolean {
  return (defaultSchema().attributeType(name)?.equality ?? null) !== null
}

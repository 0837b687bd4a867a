/**
 * value-pattern - which lookup keys make a template equal to a given value.
 *
 * A pattern is the text of ldap_table(5) template fields (%s, %u, %d, %1 to %9), literals and LDAP substring
 * wildcards. Solving it against a value gives every way to fill the fields, compared without case: too many
 * keys only cost a lookup, a missing one would hide a consequence. Gives up (null) beyond a bound.
 * Authority: ldap_table(5), db_common_expand (the local part ends at the last @, labels hold no dot).
 */

/** Lower-case name of a field; in a query filter and a search base upper case means the same. */
export type KeyField = 's' | 'u' | 'd' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** What is known of a key: a value for some of the fields. */
export type Binding = ReadonlyMap<KeyField, string>

export type PatternPart =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'field'; readonly field: KeyField }
  | { readonly type: 'wildcard' }

/** Beyond this many ways the keys are not worth listing. */
const MOST_BINDINGS = 50

const NO_BINDING: Binding = new Map()

/** Nothing is known of the key. */
export function emptyBinding(): Binding {
  return NO_BINDING
}

/** Both bindings at once, or null where they contradict each other. */
export function mergeBindings(one: Binding, other: Binding): Binding | null {
  const merged = new Map(one)
  for (const [field, value] of other) {
    const known = merged.get(field)
    if (known !== undefined && known.toLowerCase() !== value.toLowerCase()) return null
    merged.set(field, known ?? value)
  }
  return merged
}

/** The key that a binding determines; null if a part of it is unknown. */
export function keyOf(binding: Binding): string | null {
  const whole = binding.get('s')
  if (whole !== undefined) return whole
  const user = binding.get('u')
  const domain = binding.get('d')
  return user === undefined || domain === undefined ? null : `${user}@${domain}`
}

/** Every way to fill the fields so that the pattern gives the value; null if there are too many. */
export function solvePattern(parts: readonly PatternPart[], value: string): readonly Binding[] | null {
  const found: Binding[] = []
  const complete = solve(parts, value, NO_BINDING, found)
  return complete ? found : null
}

/** False when the bound was reached. */
function solve(parts: readonly PatternPart[], value: string, binding: Binding, found: Binding[]): boolean {
  const [head, ...rest] = parts
  if (head === undefined) {
    if (value === '') found.push(binding)
    return found.length <= MOST_BINDINGS
  }
  if (head.type === 'literal') return solveText(head.text, rest, value, binding, found)
  if (head.type === 'wildcard') {
    return cuts(rest, value, 0).every((cut) => solve(rest, value.slice(cut), binding, found))
  }
  const { field } = head
  const known = binding.get(field)
  if (known !== undefined) return solveText(known, rest, value, binding, found)
  return cuts(rest, value, 1).every((cut) => {
    const part = value.slice(0, cut)
    if (!mayHold(field, part)) return true
    return solve(rest, value.slice(cut), new Map(binding).set(field, part), found)
  })
}

function solveText(
  text: string,
  rest: readonly PatternPart[],
  value: string,
  binding: Binding,
  found: Binding[],
): boolean {
  if (value.slice(0, text.length).toLowerCase() !== text.toLowerCase()) return true
  return solve(rest, value.slice(text.length), binding, found)
}

/** Where the value may be cut so that the rest of the pattern can still follow. */
function cuts(rest: readonly PatternPart[], value: string, least: number): readonly number[] {
  const [next] = rest
  if (next === undefined) return value.length >= least ? [value.length] : []
  const places: number[] = []
  for (let cut = least; cut <= value.length; cut += 1) {
    const fits =
      next.type !== 'literal' ||
      value.slice(cut, cut + next.text.length).toLowerCase() === next.text.toLowerCase()
    if (fits) places.push(cut)
  }
  return places
}

function mayHold(field: KeyField, text: string): boolean {
  if (field === 's' || field === 'u') return true
  return !text.includes('@') && (field === 'd' || !text.includes('.'))
}

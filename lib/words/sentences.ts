/**
 * sentences - several texts as one: sentences that follow each other, and lists of names. Pure.
 */
import type { Text } from './text'

/** As many names as a sentence can carry. */
const NAMES_SHOWN = 5

/** Sentences, one after the other. */
export function sentences(first: Text, ...others: readonly Text[]): Text {
  return others.reduce<Text>(
    (said, next) => ({ key: 'ui.sentences', values: { first: said, second: next } }),
    first,
  )
}

/** The first few names, and how many more there are: `a, b, c, d, e and 7 more`. */
export function someOf(names: readonly string[], separator = ', '): Text {
  const shown = names.slice(0, NAMES_SHOWN).join(separator)
  const more = names.length - NAMES_SHOWN
  return more > 0 ? { key: 'ui.andMore', values: { names: shown, more } } : shown
}

/** All of these: `a, b and c`. */
export function allOf(parts: readonly Text[]): Text {
  const [first = '', ...others] = parts.slice(0, -1)
  const last = parts.at(-1) ?? ''
  if (parts.length < 2) return last
  const before = others.reduce<Text>(
    (said, next) => ({ key: 'ui.comma', values: { first: said, second: next } }),
    first,
  )
  return { key: 'ui.and', values: { first: before, last } }
}

/** Remarks set apart by semicolons. */
export function oneByOne([first = '', ...others]: readonly Text[]): Text {
  return others.reduce<Text>(
    (said, next) => ({ key: 'ui.semicolon', values: { first: said, second: next } }),
    first,
  )
}

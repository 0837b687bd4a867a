/**
 * listed-names - a list of names in a sentence: the first few, and how many more there are.
 */

/** As many names as a sentence can carry. */
const NAMES_SHOWN = 5

/** `a, b, c` or `a, b, c, d, e and 7 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ')
  const more = names.length - NAMES_SHOWN
  return more > 0 ? `${shown} and ${more} more` : shown
}

/**
 * map-list-names - the `type:name` items of a list of tables.
 *
 * Braces keep an item together, as in `inline:{key=value, key=value}`; an open brace runs to the end of the
 * text. Never fails. Authority: mystrtokq (mystrtok.c), "lookup tables" in postconf(5).
 */

/** Splits a list of `type:name` at commas and white space; what stands in braces stays together. */
export function mapNames(value: string): readonly string[] {
  const names: string[] = []
  let name = ''
  let level = 0
  for (const character of value) {
    if (level === 0 && /[,\s]/.test(character)) {
      if (name !== '') names.push(name)
      name = ''
      continue
    }
    if (character === '{') level += 1
    if (character === '}' && level > 0) level -= 1
    name += character
  }
  return name === '' ? names : [...names, name]
}

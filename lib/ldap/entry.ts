/**
 * entry - a directory entry as the server returned it (RFC 4511 section 4.5.2).
 *
 * The order of attributes and of values is the server's: Postfix joins results in that order.
 * Values are strings as in octets.ts.
 */

/** An attribute description (type and options, as the server spelled it) with its values. */
export interface Attribute {
  readonly description: string
  readonly values: readonly string[]
}

export interface Entry {
  /** The DN as the server wrote it. */
  readonly dn: string
  readonly attributes: readonly Attribute[]
}

/** The values of an attribute, compared by its description without regard to case; none if absent. */
export function valuesOf(entry: Entry, description: string): readonly string[] {
  const wanted = description.toLowerCase()
  return entry.attributes.find((attribute) => isNamed(attribute.description, wanted))?.values ?? []
}

/** Descriptions are ASCII, where folding keeps the length; most that differ differ in it. */
function isNamed(description: string, folded: string): boolean {
  return description.length === folded.length && description.toLowerCase() === folded
}

/** The first value of an attribute, or undefined. */
export function valueOf(entry: Entry, description: string): string | undefined {
  return valuesOf(entry, description)[0]
}

/**
 * attribute-description - attribute types with options (RFC 4512 section 2.5), resolved in a schema.
 *
 * As slapd resolves them: language tags are known, `;binary` belongs to certificate-like syntaxes only, any
 * other option makes the description unknown. An option that ends in `-` stands for all that begin so.
 * An unknown description is null.
 */
import type { AttributeType, Schema } from './schema'
import { isSubtype } from './schema'
import { BINARY_TRANSFER_SYNTAXES } from './syntaxes'

export interface AttributeDescription {
  readonly type: AttributeType
  /** Lower case, sorted. */
  readonly options: readonly string[]
}

/** Descriptions resolved before; the same few come up for every entry. */
const resolvedBefore = new WeakMap<Schema, Map<string, AttributeDescription | null>>()
/** Names come from outside too, so there is an end to what is kept. */
const MOST_KEPT = 5_000

/** The type and options that a description names, null if the server would not know them. */
export function resolveDescription(description: string, schema: Schema): AttributeDescription | null {
  let kept = resolvedBefore.get(schema)
  if (kept === undefined || kept.size >= MOST_KEPT) {
    kept = new Map()
    resolvedBefore.set(schema, kept)
  }
  let resolved = kept.get(description)
  if (resolved === undefined) {
    resolved = resolve(description, schema)
    kept.set(description, resolved)
  }
  return resolved
}

function resolve(description: string, schema: Schema): AttributeDescription | null {
  const [name = '', ...options] = description.split(';')
  const type = schema.attributeType(name)
  if (type === undefined) return null
  const lower = options.map((option) => option.toLowerCase())
  const isKnown = lower.every(
    (option) => option.startsWith('lang-') || (option === 'binary' && takesBinary(type)),
  )
  return isKnown ? { type, options: [...new Set(lower)].sort() } : null
}

/** Whether a description is the other, or a subtype of it by type or by more options (RFC 4512 section 2.5.2). */
export function isSubdescription(description: AttributeDescription, of: AttributeDescription): boolean {
  return (
    isSubtype(description.type, of.type) &&
    of.options.every((wanted) =>
      description.options.some(
        (option) => option === wanted || (wanted.endsWith('-') && option.startsWith(wanted)),
      ),
    )
  )
}

function takesBinary(type: AttributeType): boolean {
  return type.syntax !== null && BINARY_TRANSFER_SYNTAXES.includes(type.syntax)
}

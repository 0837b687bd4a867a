/**
 * attribute-selection - the attributes of an entry that a search returns (RFC 4511 section 4.5.1.8).
 *
 * An empty list and `*` ask for user attributes, `+` for operational ones (RFC 3673), `1.1` for none, `@class`
 * for those of an object class (RFC 4529); names take subtypes along. The answer carries the attribute's own
 * name, in the entry's order, whatever name was asked for. Unknown names are ignored.
 */
import type { AttributeDescription } from './attribute-description'
import { isSubdescription, resolveDescription } from './attribute-description'
import type { Attribute, Entry } from './entry'
import type { Schema } from './schema'
import { isOperational, isSubtype } from './schema'

/** The attributes to return, from an entry that holds its operational attributes too. */
export function selectAttributes(
  entry: Entry,
  requested: readonly string[],
  schema: Schema,
): readonly Attribute[] {
  const wants = requested.length === 0 ? [userAttributes] : requested.map((name) => selector(name, schema))
  return entry.attributes.filter(({ description }) => {
    const resolved = resolveDescription(description, schema)
    return wants.some((want) => want(resolved, description))
  })
}

/** `resolved` is null for an attribute that the schema lacks. */
type Selector = (resolved: AttributeDescription | null, description: string) => boolean

const userAttributes: Selector = (resolved) => resolved === null || !isOperational(resolved.type)

function selector(name: string, schema: Schema): Selector {
  if (name === '*') return userAttributes
  if (name === '+') return (resolved) => resolved !== null && isOperational(resolved.type)
  if (name.startsWith('@')) return classSelector(name.slice(1), schema)
  const wanted = resolveDescription(name, schema)
  if (wanted !== null) return (resolved) => resolved !== null && isSubdescription(resolved, wanted)
  return (resolved, description) => resolved === null && description.toLowerCase() === name.toLowerCase()
}

function classSelector(name: string, schema: Schema): Selector {
  const objectClass = schema.objectClass(name)
  if (objectClass === undefined) return () => false
  if (objectClass.name === 'extensibleObject') return () => true
  const types = [...objectClass.must, ...objectClass.may]
    .map((attribute) => schema.attributeType(attribute))
    .filter((type) => type !== undefined)
  return (resolved) => resolved !== null && types.some((type) => isSubtype(resolved.type, type))
}

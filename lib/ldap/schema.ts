/**
 * schema - attribute types and object classes by name, with what they inherit (RFC 4512 sections 2.4 and 2.5).
 *
 * Built from the descriptions that a server publishes in its subschema subentry. A description that cannot
 * be read, or whose superior is missing, is left out and reported; the rest is usable.
 */
import { MATCHING_RULE_NAMES } from './matching-rules'
import type {
  AttributeTypeDescription,
  AttributeUsage,
  ObjectClassDescription,
  SchemaDescriptions,
} from './schema-description'
import { parseAttributeType, parseMatchingRule, parseObjectClass } from './schema-description'

/** An attribute type with everything inherited filled in. */
export interface AttributeType {
  readonly oid: string
  /** The name the server uses in its answers; the OID if it has none. */
  readonly name: string
  readonly names: readonly string[]
  readonly superior: AttributeType | null
  /** Names of matching rules; null if there is none. */
  readonly equality: string | null
  readonly ordering: string | null
  readonly substrings: string | null
  readonly syntax: string | null
  readonly singleValue: boolean
  readonly noUserModification: boolean
  readonly usage: AttributeUsage
}

export interface ObjectClass {
  readonly oid: string
  readonly name: string
  readonly names: readonly string[]
  readonly kind: 'ABSTRACT' | 'STRUCTURAL' | 'AUXILIARY'
  readonly superiors: readonly ObjectClass[]
  /** Required and allowed attributes, those of superiors included, as described. */
  readonly must: readonly string[]
  readonly may: readonly string[]
}

export interface Schema {
  readonly attributeTypes: readonly AttributeType[]
  readonly objectClasses: readonly ObjectClass[]
  /** By name, alias or OID, without regard to case; options are not part of a type. */
  attributeType(name: string): AttributeType | undefined
  objectClass(name: string): ObjectClass | undefined
  /** Whether the server knows a matching rule of this name or OID. */
  knowsMatchingRule(name: string): boolean
}

export interface SchemaReading {
  readonly schema: Schema
  /** The descriptions that were left out. */
  readonly unread: readonly string[]
}

/** A schema from its descriptions. Never fails; see {@link SchemaReading.unread}. */
export function readSchema(descriptions: SchemaDescriptions): SchemaReading {
  const unread: string[] = []
  const types = resolveTypes(parseAll(descriptions.attributeTypes, parseAttributeType, unread), unread)
  const classes = resolveClasses(parseAll(descriptions.objectClasses, parseObjectClass, unread), unread)
  const rules = descriptions.matchingRules?.flatMap((text) => {
    const rule = parseMatchingRule(text)
    if (rule === null) unread.push(text)
    return rule === null ? [] : [rule.oid, ...rule.names]
  })
  const ruleNames = new Set((rules ?? MATCHING_RULE_NAMES).map((name) => name.toLowerCase()))
  const schema: Schema = {
    attributeTypes: [...new Set(types.values())],
    objectClasses: [...new Set(classes.values())],
    attributeType: (name) => types.get(name.toLowerCase()),
    objectClass: (name) => classes.get(name.toLowerCase()),
    knowsMatchingRule: (name) => ruleNames.has(name.toLowerCase()),
  }
  return { schema, unread }
}

/** Whether a type is the other or derived from it. */
export function isSubtype(type: AttributeType, ancestor: AttributeType): boolean {
  for (let at: AttributeType | null = type; at !== null; at = at.superior) {
    if (at.oid === ancestor.oid) return true
  }
  return false
}

/** Whether a class is the other or derived from it. */
export function isSubclass(objectClass: ObjectClass, ancestor: ObjectClass): boolean {
  return (
    objectClass.oid === ancestor.oid ||
    objectClass.superiors.some((superior) => isSubclass(superior, ancestor))
  )
}

/** Whether values of the type are kept by the server, and returned only on request. */
export function isOperational(type: AttributeType): boolean {
  return type.usage !== 'userApplications'
}

/**
 * The structural class of an entry with these object classes: the most derived one (RFC 4512 section 2.4.2).
 * Undefined if there is none or they are not of one chain.
 */
export function structuralClass(schema: Schema, objectClasses: readonly string[]): ObjectClass | undefined {
  const structural = objectClasses
    .map((name) => schema.objectClass(name))
    .filter((objectClass) => objectClass?.kind === 'STRUCTURAL')
    .filter((objectClass) => objectClass !== undefined)
  return structural.find((candidate) => structural.every((other) => isSubclass(candidate, other)))
}

function parseAll<T>(texts: readonly string[], parse: (text: string) => T | null, unread: string[]): T[] {
  return texts.flatMap((text) => {
    const parsed = parse(text)
    if (parsed === null) unread.push(text)
    return parsed === null ? [] : [parsed]
  })
}

function byName<T extends { readonly oid: string; readonly names: readonly string[] }>(
  descriptions: readonly T[],
): Map<string, T> {
  const map = new Map<string, T>()
  for (const description of descriptions) {
    for (const name of [description.oid, ...description.names]) map.set(name.toLowerCase(), description)
  }
  return map
}

function resolveTypes(
  descriptions: readonly AttributeTypeDescription[],
  unread: string[],
): ReadonlyMap<string, AttributeType> {
  const described = byName(descriptions)
  const resolved = new Map<string, AttributeType>()
  const resolve = (description: AttributeTypeDescription, path: readonly string[]): AttributeType | null => {
    const known = resolved.get(description.oid.toLowerCase())
    if (known !== undefined) return known
    let superior: AttributeType | null = null
    if (description.superior !== null) {
      const parent = described.get(description.superior.toLowerCase())
      // A circle of superiors is as unusable as a missing one.
      if (parent === undefined || path.includes(parent.oid)) return null
      superior = resolve(parent, [...path, parent.oid])
      if (superior === null) return null
    }
    const type = inherit(description, superior)
    for (const name of [type.oid, ...type.names]) resolved.set(name.toLowerCase(), type)
    return type
  }
  for (const description of descriptions) {
    if (resolve(description, [description.oid]) === null) unread.push(description.names[0] ?? description.oid)
  }
  return resolved
}

function inherit(description: AttributeTypeDescription, superior: AttributeType | null): AttributeType {
  return {
    oid: description.oid,
    name: description.names[0] ?? description.oid,
    names: description.names,
    superior,
    equality: description.equality ?? superior?.equality ?? null,
    ordering: description.ordering ?? superior?.ordering ?? null,
    substrings: description.substrings ?? superior?.substrings ?? null,
    syntax: description.syntax ?? superior?.syntax ?? null,
    singleValue: description.singleValue,
    noUserModification: description.noUserModification,
    usage: description.usage,
  }
}

function resolveClasses(
  descriptions: readonly ObjectClassDescription[],
  unread: string[],
): ReadonlyMap<string, ObjectClass> {
  const described = byName(descriptions)
  const resolved = new Map<string, ObjectClass>()
  const resolve = (description: ObjectClassDescription, path: readonly string[]): ObjectClass | null => {
    const known = resolved.get(description.oid.toLowerCase())
    if (known !== undefined) return known
    const superiors: ObjectClass[] = []
    for (const name of description.superiors) {
      const parent = described.get(name.toLowerCase())
      if (parent === undefined || path.includes(parent.oid)) return null
      const superior = resolve(parent, [...path, parent.oid])
      if (superior === null) return null
      superiors.push(superior)
    }
    const objectClass: ObjectClass = {
      oid: description.oid,
      name: description.names[0] ?? description.oid,
      names: description.names,
      kind: description.kind,
      superiors,
      must: [...new Set([...superiors.flatMap(({ must }) => must), ...description.must])],
      may: [...new Set([...superiors.flatMap(({ may }) => may), ...description.may])],
    }
    for (const name of [objectClass.oid, ...objectClass.names]) resolved.set(name.toLowerCase(), objectClass)
    return objectClass
  }
  for (const description of descriptions) {
    if (resolve(description, [description.oid]) === null) unread.push(description.names[0] ?? description.oid)
  }
  return resolved
}

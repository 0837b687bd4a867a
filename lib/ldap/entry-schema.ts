/**
 * entry-schema - what a schema demands of an entry (RFC 4512 section 2.4), refused with slapd's result codes.
 *
 * Follows slapd's slap_mods_check and entry_schema_check: unknown attribute 17, illegal value 21, attribute
 * that only the server may set 19, several values of a single-valued one 19, unknown, missing or contradictory
 * object classes 65, required or unwelcome attributes 65, changed structural class 69, naming attribute not in
 * the entry 64. Attributes that were there before a change and are unknown to the schema are left in peace:
 * then it is the schema that is incomplete.
 */
import { resolveDescription } from './attribute-description'
import { parseDn } from './dn'
import type { Attribute, Entry } from './entry'
import { valuesOf } from './entry'
import { findMatchingRule } from './matching-rules'
import type { AttributeType, ObjectClass, Schema } from './schema'
import { isOperational, isSubtype, structuralClass } from './schema'
import { isLegalValue, SYNTAX } from './syntaxes'

/** The server would not do it. */
export interface Refusal {
  readonly status: 'refused'
  readonly resultCode: number
  readonly diagnostic: string
}

/** A refusal with this code. */
export function refuse(resultCode: number, diagnostic: string): Refusal {
  return { status: 'refused', resultCode, diagnostic }
}

/**
 * Whether each of these values is one that the attribute can take; null if so. Whether they go together, and
 * whether a person may write the attribute, slapd asks later: {@link checkTogether}, {@link checkWritable}.
 */
export function checkValues(attribute: string, values: readonly string[], schema: Schema): Refusal | null {
  const description = resolveDescription(attribute, schema)
  if (description === null) return refuse(17, `${attribute}: attribute type undefined`)
  const illegal = values.findIndex((value) => !isLegal(value, description.type, schema))
  return illegal < 0 ? null : refuse(21, `${attribute}: value #${illegal} invalid per syntax`)
}

/** Whether an attribute can take all these values at once; null if so. */
export function checkTogether(attribute: string, values: readonly string[], schema: Schema): Refusal | null {
  if (values.length > 1 && resolveDescription(attribute, schema)?.type.singleValue === true) {
    return refuse(19, `${attribute}: multiple values provided`)
  }
  const repeated = values.findIndex((value, at) => {
    return values.slice(0, at).some((other) => isSameValue(attribute, value, other, schema))
  })
  return repeated < 0 ? null : refuse(20, `${attribute}: value #${repeated} provided more than once`)
}

/** Whether anybody but the server may set the attribute; null if so. */
export function checkWritable(attribute: string, schema: Schema): Refusal | null {
  const isReserved = resolveDescription(attribute, schema)?.type.noUserModification === true
  return isReserved ? refuse(19, `${attribute}: no user modification allowed`) : null
}

/** Whether the attribute's equality rule takes two values for the same; without a rule, octet by octet. */
export function isSameValue(attribute: string, one: string, other: string, schema: Schema): boolean {
  const equality = resolveDescription(attribute, schema)?.type.equality
  const rule = equality === null || equality === undefined ? undefined : findMatchingRule(equality)
  const prepared = rule?.prepare(one, 'whole', schema)
  if (rule === undefined || prepared === null || prepared === undefined) return one === other
  return prepared === rule.prepare(other, 'whole', schema)
}

/** Whether the schema allows the entry; null if so. `before` is the entry before the change, null for a new one. */
export function checkEntry(entry: Entry, before: Entry | null, schema: Schema): Refusal | null {
  // slapd looks at every attribute before it looks at the object classes (entry_schema_check).
  const overfull = checkSingleValues(entry, schema)
  if (overfull !== null) return overfull
  const names = valuesOf(entry, 'objectClass')
  if (names.length === 0) return refuse(65, 'no objectClass attribute')
  const classes = names.map((name) => schema.objectClass(name)).filter((found) => found !== undefined)
  const structural = structuralClass(schema, names)
  const isJudged = classes.length === names.length
  if (structural === undefined && isJudged) {
    const hasAny = classes.some(({ kind }) => kind === 'STRUCTURAL')
    return refuse(
      65,
      hasAny ? 'invalid structural object class chain' : 'no structural object class provided',
    )
  }
  const former = before === null ? undefined : structuralClass(schema, valuesOf(before, 'objectClass'))
  if (former !== undefined && structural !== undefined && former.oid !== structural.oid) {
    return refuse(
      69,
      `structural object class modification from '${former.name}' to '${structural.name}' not allowed`,
    )
  }
  return (
    checkNaming(entry, schema) ??
    checkRequired(entry, classes, schema) ??
    (isJudged ? checkAllowed(entry, before, classes, schema) : null)
  )
}

function isLegal(value: string, type: AttributeType, schema: Schema): boolean {
  if (type.oid === '2.5.4.0') return schema.objectClass(value) !== undefined
  if (!isLegalValue(type.syntax, value)) return false
  if (type.syntax !== SYNTAX.dn) return true
  return findMatchingRule('distinguishedNameMatch')?.prepare(value, 'whole', schema) !== null
}

function checkSingleValues(entry: Entry, schema: Schema): Refusal | null {
  const overfull = entry.attributes.find(({ description, values }) => {
    return values.length > 1 && resolveDescription(description, schema)?.type.singleValue === true
  })
  return overfull === undefined
    ? null
    : refuse(19, `attribute '${overfull.description}' cannot have multiple values`)
}

function checkNaming(entry: Entry, schema: Schema): Refusal | null {
  for (const { attribute, value } of parseDn(entry.dn)?.[0] ?? []) {
    const type = schema.attributeType(attribute)
    if (type === undefined) return refuse(34, `invalid DN: ${attribute} is not known`)
    const held = entry.attributes.filter(({ description }) => {
      const resolved = resolveDescription(description, schema)
      return resolved?.type.oid === type.oid && resolved.options.length === 0
    })
    if (!held.some(({ values }) => values.some((other) => isSameValue(attribute, value, other, schema)))) {
      return refuse(64, `value of naming attribute '${attribute}' is not present in entry`)
    }
  }
  return null
}

function checkRequired(entry: Entry, classes: readonly ObjectClass[], schema: Schema): Refusal | null {
  const held = entry.attributes
    .map(({ description }) => resolveDescription(description, schema)?.type)
    .filter((type) => type !== undefined)
  for (const { name, must } of classes) {
    const missing = must.find((required) => {
      const type = schema.attributeType(required)
      return type !== undefined && !held.some((other) => isSubtype(other, type))
    })
    if (missing !== undefined) return refuse(65, `object class '${name}' requires attribute '${missing}'`)
  }
  return null
}

function checkAllowed(
  entry: Entry,
  before: Entry | null,
  classes: readonly ObjectClass[],
  schema: Schema,
): Refusal | null {
  if (classes.some(({ name }) => name === 'extensibleObject')) return null
  const allowed = allowedBy(classes, schema)
  const isUnwelcome = ({ description }: Attribute): boolean => {
    const type = resolveDescription(description, schema)?.type
    if (type === undefined) return before === null
    return !isOperational(type) && !allowed.has(type.oid)
  }
  const unwelcome = entry.attributes.find(isUnwelcome)
  return unwelcome === undefined ? null : refuse(65, `attribute '${unwelcome.description}' not allowed`)
}

/** What lists of object classes allow: the same few lists come up for every entry. */
const allowedBefore = new WeakMap<Schema, Map<string, ReadonlySet<string | undefined>>>()
/** Lists come from outside too, so there is an end to what is kept. */
const MOST_KEPT = 1_000

/** The object identifiers of the attribute types that these classes have. */
function allowedBy(classes: readonly ObjectClass[], schema: Schema): ReadonlySet<string | undefined> {
  let kept = allowedBefore.get(schema)
  if (kept === undefined || kept.size >= MOST_KEPT) {
    kept = new Map<string, ReadonlySet<string | undefined>>()
    allowedBefore.set(schema, kept)
  }
  const key = classes.map(({ oid }) => oid).join()
  let allowed = kept.get(key)
  if (allowed === undefined) {
    const names = classes.flatMap(({ must, may }) => [...must, ...may])
    allowed = new Set(names.map((name) => schema.attributeType(name)?.oid))
    kept.set(key, allowed)
  }
  return allowed
}

/**
 * default-schema - the schema assumed where no server has published one.
 *
 * Core, COSINE, inetOrgPerson, NIS and Postfix Book: what the reference directory uses. A live directory's
 * own schema takes its place as soon as it is known.
 */
import { DEFAULT_ATTRIBUTE_TYPES } from './default-attribute-types'
import { DEFAULT_OBJECT_CLASSES } from './default-object-classes'
import type { Schema } from './schema'
import { readSchema } from './schema'

let schema: Schema | null = null

/** The built-in schema; the same object on every call. */
export function defaultSchema(): Schema {
  schema ??= readSchema({
    attributeTypes: DEFAULT_ATTRIBUTE_TYPES,
    objectClasses: DEFAULT_OBJECT_CLASSES,
    matchingRules: null,
  }).schema
  return schema
}

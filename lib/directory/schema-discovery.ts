/**
 * schema-discovery - the schema that the server publishes (RFC 4512 section 4.2).
 *
 * Read from the subschema subentry as the service account and kept for a minute: a schema changes rarely, and
 * every preview asks for it. A description that cannot be read is left out (lib/ldap/schema). A server that
 * shows no subschema is a failure, with the code of the search or 32 when nothing was there.
 */
import 'server-only'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { valuesOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { readSchema } from '@/lib/ldap/schema'
import { capabilities } from './capabilities'
import { serviceSettings, serviceView } from './service'
import { failure } from './session'

const KEPT_MILLISECONDS = 60_000
const NO_SUCH_OBJECT = 32

export type SchemaResult = { readonly status: 'known'; readonly schema: Schema } | SearchFailure

interface Kept {
  readonly key: string
  readonly until: number
  readonly schema: Schema
}

const holder = globalThis as typeof globalThis & { postbookSchema?: Kept }

/** The schema of the service account's server. */
export async function discoverSchema(): Promise<SchemaResult> {
  const key = JSON.stringify(serviceSettings())
  const kept = holder.postbookSchema
  if (kept !== undefined && kept.key === key && kept.until > Date.now())
    return { status: 'known', schema: kept.schema }
  const known = await capabilities()
  if (known.status === 'failed') return known
  const result = await serviceView().search({
    base: known.subschema,
    scope: 'base',
    filter: { type: 'equality', attribute: 'objectClass', value: 'subschema' },
    attributes: ['attributeTypes', 'objectClasses', 'matchingRules'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const [entry] = result.entries
  const attributeTypes = entry === undefined ? [] : valuesOf(entry, 'attributeTypes')
  if (entry === undefined || attributeTypes.length === 0) {
    return failure('search', NO_SUCH_OBJECT, 'the server does not show its schema to the service account')
  }
  const { schema } = readSchema({
    attributeTypes,
    objectClasses: valuesOf(entry, 'objectClasses'),
    matchingRules: valuesOf(entry, 'matchingRules'),
  })
  holder.postbookSchema = { key, until: Date.now() + KEPT_MILLISECONDS, schema }
  return { status: 'known', schema }
}

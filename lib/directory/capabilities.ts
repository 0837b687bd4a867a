/**
 * capabilities - what the server says it can do: its root DSE (RFC 4512 section 5.1).
 *
 * Read as the service account and kept for a minute, so that a page may ask each time. Failures are not kept.
 * The No-Op control is not to be found here: OpenLDAP has it and does not list it.
 */
import 'server-only'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { serviceSettings, serviceView } from './service'

const KEPT_MILLISECONDS = 60_000

export interface Capabilities {
  readonly status: 'known'
  /** Object identifiers. */
  readonly controls: ReadonlySet<string>
  readonly extensions: ReadonlySet<string>
  readonly namingContexts: readonly string[]
  /** What the server calls itself (RFC 3045), or what its root DSE gives away; empty if nothing. */
  readonly vendor: string
  /** DN of the subschema subentry; empty if the server names none. */
  readonly subschema: string
}

interface Kept {
  readonly key: string
  readonly until: number
  readonly capabilities: Capabilities
}

const holder = globalThis as typeof globalThis & { postbookCapabilities?: Kept }

/** The root DSE of the service account's server. */
export async function capabilities(): Promise<Capabilities | SearchFailure> {
  const key = JSON.stringify(serviceSettings())
  const kept = holder.postbookCapabilities
  if (kept !== undefined && kept.key === key && kept.until > Date.now()) return kept.capabilities
  const result = await serviceView().search({
    base: '',
    scope: 'base',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: [
      'supportedControl',
      'supportedExtension',
      'namingContexts',
      'subschemaSubentry',
      'vendorName',
      'vendorVersion',
      'structuralObjectClass',
    ],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const root = result.entries[0] ?? { dn: '', attributes: [] }
  const found: Capabilities = {
    status: 'known',
    controls: new Set(valuesOf(root, 'supportedControl')),
    extensions: new Set(valuesOf(root, 'supportedExtension')),
    namingContexts: valuesOf(root, 'namingContexts'),
    vendor: vendorOf(root),
    subschema: valueOf(root, 'subschemaSubentry') ?? '',
  }
  holder.postbookCapabilities = { key, until: Date.now() + KEPT_MILLISECONDS, capabilities: found }
  return found
}

/** OpenLDAP names itself by the class of its root DSE alone, and tells no version. */
function vendorOf(root: Entry): string {
  const named = [valueOf(root, 'vendorName'), valueOf(root, 'vendorVersion')].filter(
    (word) => word !== undefined,
  )
  const isOpenLdap = valueOf(root, 'structuralObjectClass')?.toLowerCase() === 'openldaprootdse'
  return named.length > 0 ? named.join(' ') : isOpenLdap ? 'OpenLDAP' : ''
}

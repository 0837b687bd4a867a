/**
 * domain - a hosted domain (dNSDomain) as the panel shows it.
 */
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'

export interface Domain {
  readonly name: string
  readonly dn: string
  readonly description: string
  /** DNs of the people who administer it (associatedName). */
  readonly administrators: readonly string[]
}

/** Attributes that {@link readDomain} needs. */
export const DOMAIN_ATTRIBUTES = ['dc', 'description', 'associatedName'] as const

/** The domain in an entry read with {@link DOMAIN_ATTRIBUTES}. */
export function readDomain(entry: Entry): Domain {
  return {
    name: valueOf(entry, 'dc') ?? '',
    dn: entry.dn,
    description: valueOf(entry, 'description') ?? '',
    administrators: [...valuesOf(entry, 'associatedName')],
  }
}

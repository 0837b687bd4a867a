/**
 * entry-title - what to call an entry or a person. Pure.
 */
import { type Entry, valueOf } from '@/lib/ldap/entry'

/** The name for people; empty if nothing in the entry says. */
export function titleOf(entry: Entry): string {
  for (const attribute of ['displayName', 'cn', 'dc', 'mail']) {
    const value = valueOf(entry, attribute)
    if (value !== undefined) return value
  }
  return ''
}

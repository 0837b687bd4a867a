/**
 * domain-choices - the hosted domains that a person may narrow a list to, by a part of their names.
 *
 * A few of them, however many there are; the rest is a number. LDAP round trips: those of hosted-domains.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { hostedDomains } from './hosted-domains'

/** More than that nobody looks through. */
export const MOST_CHOICES = 12

export type DomainChoices =
  | {
      readonly status: 'found'
      /** Those that begin with the text first, else in alphabetical order. */
      readonly names: readonly string[]
      /** How many others contain the text. */
      readonly more: number
    }
  | SearchFailure

/** The domains that this person may see and whose names contain the text; empty for all. */
export async function findDomainChoices(authority: Authority, text: string): Promise<DomainChoices> {
  const hosted = await hostedDomains(authority)
  if (hosted.status === 'failed') return hosted
  const wanted = text.toLowerCase()
  const found = [...(hosted.domains ?? [])].filter((name) => maySee(authority, name) && name.includes(wanted))
  const rank = (name: string): number => (name.startsWith(wanted) ? 0 : 1)
  found.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
  return {
    status: 'found',
    names: found.slice(0, MOST_CHOICES),
    more: Math.max(0, found.length - MOST_CHOICES),
  }
}

function maySee({ role, domains }: Authority, name: string): boolean {
  return role === 'postmaster' || (role === 'domainAdministrator' && domains.includes(name))
}

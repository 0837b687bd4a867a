/**
 * domain-glance - what is in a domain, at a glance: mailboxes and aliases, who takes the rest, the required addresses.
 *
 * The person is known to see the domain; whose mailbox an address leads to is told by its number alone, as that may
 * be in another domain. Judged from the directory as the usual tables ask for it. Authority: RFC 2142 section 5 for
 * postmaster@, section 4 for abuse@.
 * LDAP round trips: one for the addresses; side by side with it those of domain-counts, at most once a minute.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { countDomains } from './domain-counts'

/** The addresses that RFC 2142 wants in every domain that takes mail. */
export const REQUIRED_NAMES = ['postmaster', 'abuse'] as const

export interface DomainGlance {
  readonly status: 'glance'
  readonly mailboxes: number
  readonly aliases: number
  /** Mailboxes that the catch-all leads to; 0 if there is none. */
  readonly catchAll: number
  /** Required addresses that nobody has; none are missing where a catch-all takes their mail. */
  readonly missing: readonly string[]
}

/** A glance at a hosted domain. */
export async function glanceAt(authority: Authority, name: string): Promise<DomainGlance | SearchFailure> {
  const domain = name.toLowerCase()
  const required = REQUIRED_NAMES.map((local) => `${local}@${domain}`)
  const [counted, found] = await Promise.all([
    countDomains(authority, [domain]),
    findHolders(authority, [`@${domain}`, ...required]),
  ])
  if (counted.status === 'failed') return counted
  if ('status' in found) return found
  const held = new Set(found.flatMap(addressesOf))
  const catchAll = found.filter((entry) => aliasesOf(entry).includes(`@${domain}`)).length
  const { mailboxes, aliases } = counted.of.get(domain) ?? { mailboxes: 0, aliases: 0 }
  const missing = catchAll > 0 ? [] : required.filter((address) => !held.has(address))
  return { status: 'glance', mailboxes, aliases, catchAll, missing }
}

async function findHolders(
  authority: Authority,
  addresses: readonly string[],
): Promise<readonly Entry[] | SearchFailure> {
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: {
      type: 'or',
      filters: ['mail', 'mailAlias'].flatMap((attribute) =>
        addresses.map((value) => ({ type: 'equality' as const, attribute, value })),
      ),
    },
    attributes: ['mail', 'mailAlias'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  return result.status === 'failed' ? result : result.entries
}

function addressesOf(entry: Entry): readonly string[] {
  return [...valuesOf(entry, 'mail').map((value) => value.toLowerCase()), ...aliasesOf(entry)]
}

function aliasesOf(entry: Entry): readonly string[] {
  return valuesOf(entry, 'mailAlias').map((value) => value.toLowerCase())
}

/**
 * domain-counts - how many mailboxes and aliases each domain has.
 *
 * Counted by reading nothing but mail and mailAlias, in parts: of the asked domains if they are few, else of all
 * at once, which costs the server one walk however many domains there are. Kept for a minute in this process, with
 * the time at which it was counted; whoever changes a whole domain here makes it forget. Numbers only, so that it
 * does not matter who asked first; which domains are asked about is for the caller to decide.
 * LDAP round trips: one for each thousand entries.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { domainOf } from '@/lib/entries/address'
import type { DomainCount, DomainCounts } from '@/lib/entries/domain-count'
import { directoryEnvironment } from '@/lib/environment'
import { valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'

/** Beyond so many domains one walk over all mailboxes is cheaper than their filters. */
const FEW = 8
const KEPT_MILLISECONDS = 60_000
const PART = 1000

interface Kept {
  counts: Map<string, DomainCount>
  /** The count over all domains that is under way. */
  counting: Promise<DomainCounts> | null
}

const holder = globalThis as typeof globalThis & { postbookDomainCounts?: Kept }

function kept(): Kept {
  return (holder.postbookDomainCounts ??= { counts: new Map(), counting: null })
}

/** Counts again the next time: for after a change to a whole domain. */
export function forgetDomainCounts(): void {
  kept().counts.clear()
  kept().counting = null
}

/** The counts of these domains, in lower case. */
export async function countDomains(authority: Authority, domains: readonly string[]): Promise<DomainCounts> {
  const { counts } = kept()
  const now = Date.now()
  const missing = domains.filter((domain) => (counts.get(domain)?.at ?? 0) < now - KEPT_MILLISECONDS)
  if (missing.length > 0) {
    const counted = await (missing.length > FEW ? countAll(authority) : count(authority, missing))
    if (counted.status === 'failed') return counted
    const none = { mailboxes: 0, aliases: 0, at: now }
    for (const domain of missing) counts.set(domain, counted.of.get(domain) ?? none)
  }
  return {
    status: 'counted',
    of: new Map(domains.flatMap((domain) => pair(domain, counts.get(domain)))),
  }
}

function pair(domain: string, counted: DomainCount | undefined): readonly [string, DomainCount][] {
  return counted === undefined ? [] : [[domain, counted]]
}

/** Two who ask at the same time wait for the same walk. */
async function countAll(authority: Authority): Promise<DomainCounts> {
  const held = kept()
  held.counting ??= count(authority, null)
  const counting = held.counting
  try {
    return await counting
  } finally {
    if (held.counting === counting) held.counting = null
  }
}

async function count(authority: Authority, domains: readonly string[] | null): Promise<DomainCounts> {
  const of = new Map<string, { mailboxes: number; aliases: number; at: number }>()
  const at = Date.now()
  const countOf = (domain: string): { mailboxes: number; aliases: number } => {
    const known = of.get(domain) ?? { mailboxes: 0, aliases: 0, at }
    of.set(domain, known)
    return known
  }
  const failed = await walkEntries(
    authority,
    {
      base: directoryEnvironment().LDAP_MAIL_BASE,
      scope: 'sub',
      filter: filterFor(domains),
      attributes: ['mail', 'mailAlias'],
      sizeLimit: 0,
      timeLimit: 0,
      dereference: 0,
    },
    PART,
    (entries) => {
      for (const entry of entries) {
        for (const domain of new Set(valuesOf(entry, 'mail').map(domainOf)))
          if (domain !== null) countOf(domain).mailboxes += 1
        for (const alias of valuesOf(entry, 'mailAlias')) {
          const domain = domainOf(alias)
          if (domain !== null) countOf(domain).aliases += 1
        }
      }
      return true
    },
  )
  return failed ?? { status: 'counted', of }
}

function filterFor(domains: readonly string[] | null): Filter {
  const attributes = ['mail', 'mailAlias']
  return {
    type: 'or',
    filters: attributes.flatMap((attribute): Filter[] =>
      domains === null
        ? [{ type: 'present', attribute }]
        : domains.map((domain) => ({
            type: 'substrings',
            attribute,
            initial: null,
            any: [],
            final: `@${domain}`,
          })),
    ),
  }
}

/**
 * domain-aliases - aliases of a whole domain: the catch-all, and the alias domain.
 *
 * A catch-all is the alias @domain (virtual(5)): Postfix looks it up for every address of the domain that has no
 * alias of its own, mailboxes included. An alias to itself keeps a mailbox's mail. An alias domain has each
 * address of another domain too, at the same entries; addresses that somebody has there already are left out.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { eachOnce, inOtherDomain, planAddresses, sameAddresses, valuesInDomain } from './domain-addresses'

export interface CatchAll {
  readonly domain: string
  /** DN of the entry that gets the mail; null turns the catch-all off. */
  readonly to: string | null
  /** Gives each mailbox of the domain an alias to itself, so that the catch-all does not divert its mail. */
  readonly protect: boolean
}

/** The entries that have the catch-all of a domain. */
export function catchAllHolders(entries: readonly Entry[], domain: string): readonly Entry[] {
  return entries.filter((entry) => hasAlias(entry, `@${domain}`))
}

/** @param entries those with an address in the domain, and the one that the mail is to go to */
export function planCatchAll(
  entries: readonly Entry[],
  { domain, to, protect }: CatchAll,
): readonly ChangeRecord[] {
  const taken = new Set(entries.flatMap((entry) => valuesOf(entry, 'mailAlias').map(lower)))
  return entries.flatMap((entry) => {
    const own = valuesInDomain(entry, 'mail', domain)
    const fresh = protect ? own.filter((mail) => !taken.has(lower(mail))) : []
    const kept = valuesOf(entry, 'mailAlias').filter((alias) => !sameAddresses(alias, `@${domain}`))
    const catchAll = entry.dn === to ? [keptSpelling(entry, `@${domain}`)] : []
    return planAddresses(entry, { mailAlias: [...kept, ...catchAll, ...fresh] })
  })
}

export interface AliasDomain {
  /** The domain whose addresses there are. */
  readonly from: string
  /** The domain in which they are to be, too. */
  readonly to: string
  /** Whether memberships in lists of the domain are doubled too. */
  readonly lists: boolean
}

export interface AliasDomainPlan {
  readonly changes: readonly ChangeRecord[]
  /** How many aliases are new. */
  readonly added: number
  /** Addresses that somebody else has in the other domain: they are left out. */
  readonly taken: readonly string[]
}

/**
 * @param entries those with an address in the domain
 * @param others those with an address in the other domain
 */
export function planAliasDomain(
  entries: readonly Entry[],
  others: readonly Entry[],
  { from, to, lists }: AliasDomain,
): AliasDomainPlan {
  const holders = new Map<string, string>()
  for (const entry of others)
    for (const address of [...valuesInDomain(entry, 'mail', to), ...valuesInDomain(entry, 'mailAlias', to)])
      holders.set(lower(address), entry.dn)
  const taken: string[] = []
  let added = 0
  const changes = entries.flatMap((entry) => {
    const own = [...valuesInDomain(entry, 'mail', from), ...valuesInDomain(entry, 'mailAlias', from)]
    const wanted = eachOnce(own.map((address) => inOtherDomain(address, to)))
    const fresh = wanted.filter((address) => !holders.has(lower(address)))
    taken.push(...wanted.filter((address) => (holders.get(lower(address)) ?? entry.dn) !== entry.dn))
    added += fresh.length
    const doubled = lists
      ? valuesInDomain(entry, 'mailGroupMember', from).map((address) => inOtherDomain(address, to))
      : []
    return planAddresses(entry, {
      mailAlias: [...valuesOf(entry, 'mailAlias'), ...fresh],
      mailGroupMember: eachOnce([...valuesOf(entry, 'mailGroupMember'), ...doubled]),
    })
  })
  return { changes, added, taken }
}

function hasAlias(entry: Entry, alias: string): boolean {
  return valuesOf(entry, 'mailAlias').some((value) => sameAddresses(value, alias))
}

function keptSpelling(entry: Entry, alias: string): string {
  return valuesOf(entry, 'mailAlias').find((value) => sameAddresses(value, alias)) ?? alias
}

function lower(address: string): string {
  return address.toLowerCase()
}

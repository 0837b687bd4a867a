/**
 * domain-addresses - the addresses of a domain at the entries that have them, and modifications that change them.
 *
 * An entry can have addresses in mail, mailAlias, mailForwardingAddress and mailGroupMember. Values of the
 * domain are told by what follows the last @, without regard to case. Everything else of an entry stays.
 */
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { formatRdn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { domainOf } from './address'

/** The attributes that hold addresses. */
export const ADDRESS_ATTRIBUTES = ['mail', 'mailAlias', 'mailForwardingAddress', 'mailGroupMember'] as const
export type AddressAttribute = (typeof ADDRESS_ATTRIBUTES)[number]

/** How many addresses of each kind a domain has. */
export interface AddressCounts {
  /** Entries with a mail in the domain. */
  readonly mailboxes: number
  /** mailAlias values. */
  readonly aliases: number
  /** mailForwardingAddress values: mail that is sent to the domain from elsewhere, or within it. */
  readonly forwards: number
  /** mailGroupMember values: memberships in lists of the domain. */
  readonly memberships: number
}

/** The values of an attribute that are in a domain. */
export function valuesInDomain(entry: Entry, attribute: AddressAttribute, domain: string): readonly string[] {
  return valuesOf(entry, attribute).filter((value) => domainOf(value) === domain)
}

/** Whether an entry has any address in a domain. */
export function hasAddressIn(entry: Entry, domain: string): boolean {
  return ADDRESS_ATTRIBUTES.some((attribute) => valuesInDomain(entry, attribute, domain).length > 0)
}

/** How many addresses these entries have in a domain. */
export function countAddresses(entries: readonly Entry[], domain: string): AddressCounts {
  const sum = (attribute: AddressAttribute): number =>
    entries.reduce((count, entry) => count + valuesInDomain(entry, attribute, domain).length, 0)
  return {
    mailboxes: entries.filter((entry) => valuesInDomain(entry, 'mail', domain).length > 0).length,
    aliases: sum('mailAlias'),
    forwards: sum('mailForwardingAddress'),
    memberships: sum('mailGroupMember'),
  }
}

/** The same address in another domain; the localpart stays as it is written. */
export function inOtherDomain(address: string, domain: string): string {
  return `${address.slice(0, address.lastIndexOf('@'))}@${domain}`
}

/** Addresses compare without case. */
export function sameAddresses(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** A list of addresses, each once, the first spelling kept. */
export function eachOnce(addresses: readonly string[]): readonly string[] {
  const seen = new Map<string, string>()
  for (const address of addresses)
    if (!seen.has(address.toLowerCase())) seen.set(address.toLowerCase(), address)
  return [...seen.values()]
}

/**
 * The change records that give an entry these addresses. An attribute that is not named stays. A value that names
 * the entry (its RDN) is changed by renaming it, which RFC 4511 section 4.6 asks for.
 */
export function planAddresses(
  entry: Entry,
  wanted: Partial<Readonly<Record<AddressAttribute, readonly string[]>>>,
): readonly ChangeRecord[] {
  const rename = renameFor(entry, wanted.mail ?? valuesOf(entry, 'mail'))
  const modifications = ADDRESS_ATTRIBUTES.flatMap((attribute): readonly Modification[] => {
    const values = wanted[attribute]
    if (values === undefined) return []
    const current = valuesOf(entry, attribute)
    const renamed = attribute === 'mail' ? rename?.moved : undefined
    const before = current.flatMap((value) =>
      renamed !== undefined && sameAddresses(value, renamed[0]) ? [renamed[1]] : [value],
    )
    const removed = before.filter((value) => !values.includes(value))
    const added = values.filter((value) => !before.includes(value))
    return [
      ...(removed.length === 0 ? [] : [{ operation: 'delete' as const, attribute, values: removed }]),
      ...(added.length === 0 ? [] : [{ operation: 'add' as const, attribute, values: added }]),
    ]
  })
  const dn = rename?.after ?? entry.dn
  return [
    ...(rename === null ? [] : [rename.change]),
    ...(modifications.length === 0 ? [] : [{ type: 'modify' as const, dn, modifications }]),
  ]
}

interface Renaming {
  readonly change: ChangeRecord
  /** The DN afterwards. */
  readonly after: string
  /** The value of the RDN before and after. */
  readonly moved: readonly [string, string]
}

/** Where mail names the entry and that value goes, the one that takes its place. */
function renameFor(entry: Entry, wanted: readonly string[]): Renaming | null {
  const [rdn, ...parent] = parseDn(entry.dn) ?? []
  const [naming] = rdn ?? []
  if (rdn?.length !== 1 || naming?.attribute.toLowerCase() !== 'mail') return null
  if (wanted.some((value) => sameAddresses(value, naming.value))) return null
  const next = wanted.find((value) => !valuesOf(entry, 'mail').includes(value)) ?? wanted[0]
  if (next === undefined) return null
  const newRdn = formatRdn([{ attribute: naming.attribute, value: next, encoded: false }])
  const after = [newRdn, ...parent.map(formatRdn)].join(',')
  const change = { type: 'modifyDn', dn: entry.dn, newRdn, deleteOldRdn: true, newSuperior: null } as const
  return { change, after, moved: [naming.value, next] }
}

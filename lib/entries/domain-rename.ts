/**
 * domain-rename - a domain gets another name, and its addresses with it: as change records.
 *
 * Three ways: every address moves and the old domain is gone; or it stays, with the old address of each mailbox
 * as an alias; or with every old address as an alias, so that the old name becomes an alias domain. Destinations
 * (mailForwardingAddress) move in all of them. Storage directories stay where they are: the files are there.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { buildDn, formatDn, formatRdn, parentDn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { domainOf } from './address'
import { eachOnce, inOtherDomain, planAddresses, valuesInDomain } from './domain-addresses'

/** What becomes of the old addresses. */
export const KEPT_ADDRESSES = ['none', 'mailboxes', 'all'] as const
export type KeptAddresses = (typeof KEPT_ADDRESSES)[number]

export interface DomainRename {
  readonly from: string
  readonly to: string
  readonly keep: KeptAddresses
  /**
   * Whether it is written in several commits: both domains are hosted until the last mailbox has moved. Else the
   * entry of the domain is renamed where no old address stays.
   */
  readonly inParts?: boolean
}

/** The change records: the domain first, then every entry with an address in it; in parts the old domain last. */
export function planRename(
  domain: Entry,
  entries: readonly Entry[],
  rename: DomainRename,
): readonly ChangeRecord[] {
  const { first, last } = planRenamedDomain(domain, rename)
  return [...first, ...entries.flatMap((entry) => planRenamedEntry(entry, rename)), ...last]
}

/** What becomes of the entry of the domain: what is written before its addresses, and behind them. */
export function planRenamedDomain(
  domain: Entry,
  rename: DomainRename,
): { readonly first: readonly ChangeRecord[]; readonly last: readonly ChangeRecord[] } {
  const { keep, inParts = false } = rename
  const isMoved = keep === 'none' && !inParts
  const isLeft = keep === 'none' && inParts
  return {
    first: isMoved ? renamed(domain, rename) : copied(domain, rename),
    last: isLeft ? [{ type: 'delete', dn: domain.dn }] : [],
  }
}

/** A name of dc alone is the RDN, else one of several values. */
function renamed(domain: Entry, { to }: DomainRename): readonly ChangeRecord[] {
  const newRdn = formatRdn([{ attribute: 'dc', value: to, encoded: false }])
  return [{ type: 'modifyDn', dn: domain.dn, newRdn, deleteOldRdn: true, newSuperior: null }]
}

/** Set by the server, or part of the name. */
const NOT_COPIED =
  /^(?:dc|entryUUID|entryCSN|entryDN|creatorsName|createTimestamp|modifiersName|modifyTimestamp|structuralObjectClass|subschemaSubentry|hasSubordinates|contextCSN)$/i

/** The new domain beside the old one, with all that is known of it. */
function copied(domain: Entry, { to }: DomainRename): readonly ChangeRecord[] {
  const parent = parentDn(parseDn(domain.dn) ?? []) ?? []
  const attributes = domain.attributes.filter(({ description }) => !NOT_COPIED.test(description))
  return [
    {
      type: 'add',
      dn: formatDn(buildDn([{ attribute: 'dc', value: to }], parent)),
      attributes: [...attributes, { description: 'dc', values: [to] }],
    },
  ]
}

/** What becomes of an entry with an address in the domain. */
export function planRenamedEntry(entry: Entry, { from, to, keep }: DomainRename): readonly ChangeRecord[] {
  const move = (value: string): string => (domainOf(value) === from ? inOtherDomain(value, to) : value)
  const moved = (attribute: 'mail' | 'mailAlias' | 'mailForwardingAddress' | 'mailGroupMember') =>
    valuesOf(entry, attribute).map(move)
  const kept = [
    ...(keep === 'none' ? [] : valuesInDomain(entry, 'mail', from)),
    ...(keep === 'all' ? valuesInDomain(entry, 'mailAlias', from) : []),
  ]
  const lists = keep === 'all' ? valuesInDomain(entry, 'mailGroupMember', from) : []
  return planAddresses(entry, {
    mail: eachOnce(moved('mail')),
    mailAlias: eachOnce([...moved('mailAlias'), ...kept]),
    mailForwardingAddress: eachOnce(moved('mailForwardingAddress')),
    mailGroupMember: eachOnce([...moved('mailGroupMember'), ...lists]),
  })
}

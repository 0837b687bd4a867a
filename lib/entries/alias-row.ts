/**
 * alias-row - lines of the list of aliases: address → destinations, with what is remarkable about each. Pure.
 *
 * Three kinds: an alias (mailAlias of one entry or several), a forward (mailForwardingAddress of the entry with
 * the address) and a group (mailGroupMember of its members). What a line says is what the directory holds;
 * whether Postfix asks for it, the site's tables decide, and the trace of the address tells.
 * Authority: postfix-book.schema; virtual(5) for @domain.
 */
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { domainOf, isCatchAll } from './address'
import { type AliasHolder, readAliasHolder } from './alias'
import { sameAddress } from './mailbox-fields'

export const ALIAS_KINDS = ['alias', 'forward', 'group'] as const
export type AliasKind = (typeof ALIAS_KINDS)[number]

/**
 * external: leads out of the hosted domains. dangling: leads to an address in a hosted domain that nobody has.
 * catchAll: for a whole domain. shadowing: takes the mail of a mailbox with this address. multi: on several
 * entries. unhosted: in a domain that is not hosted, so that no mail for it arrives. disabled: leads to a
 * disabled mailbox.
 */
export const ALIAS_MARKS = [
  'external',
  'dangling',
  'catchAll',
  'shadowing',
  'multi',
  'unhosted',
  'disabled',
] as const
export type AliasMark = (typeof ALIAS_MARKS)[number]

export interface Destination {
  readonly address: string
  /** The mailbox with this address, where it is known. */
  readonly id: string | null
  readonly name: string
}

export interface AliasRow {
  readonly kind: AliasKind
  readonly address: string
  /** Of a forward the mailbox that has it, by entryUUID; else null. */
  readonly mailbox: string | null
  readonly destinations: readonly Destination[]
  /** Number of mailboxes that it leads to, too, and that the person may not see. */
  readonly hidden: number
  readonly marks: readonly AliasMark[]
}

/** What the directory knows about the addresses of some lines. Addresses and domains in lower case. */
export interface AliasFacts {
  /** null where the directory has no hosted domains at all, so that nothing can be said about them. */
  readonly hosted: ReadonlySet<string> | null
  /** Mailboxes by alias. */
  readonly holders: ReadonlyMap<string, readonly AliasHolder[]>
  /** Mailboxes by address. */
  readonly mailboxes: ReadonlyMap<string, readonly AliasHolder[]>
}

const ATTRIBUTE_OF_KIND = { alias: 'mailAlias', forward: 'mailForwardingAddress', group: 'mailGroupMember' }

/** The attribute that makes an entry one of this kind. */
export function attributeOfKind(kind: AliasKind): string {
  return ATTRIBUTE_OF_KIND[kind]
}

/** The addresses that facts are needed for, in lower case. */
export function addressesIn(kind: AliasKind, entries: readonly Entry[]): readonly string[] {
  const values = entries.flatMap((entry) => valuesOf(entry, ATTRIBUTE_OF_KIND[kind]))
  return [...new Set(values.map((value) => value.toLowerCase()))]
}

/** The lines of these entries in their order; an address that several of them have is one line. */
export function rowsOf(
  kind: AliasKind,
  entries: readonly Entry[],
  facts: AliasFacts,
  maySee: (holder: AliasHolder) => boolean,
): readonly AliasRow[] {
  if (kind === 'forward') return entries.map((entry) => forwardRow(entry, facts))
  const rows = new Map<string, AliasRow>()
  for (const address of addressesIn(kind, entries)) {
    const here = entries.filter((entry) =>
      valuesOf(entry, ATTRIBUTE_OF_KIND[kind]).some((value) => sameAddress(value, address)),
    )
    const known = kind === 'alias' ? facts.holders.get(address) : undefined
    rows.set(address, heldRow(kind, address, known ?? here.map(readAliasHolder), facts, maySee))
  }
  return [...rows.values()]
}

function heldRow(
  kind: AliasKind,
  address: string,
  holders: readonly AliasHolder[],
  facts: AliasFacts,
  maySee: (holder: AliasHolder) => boolean,
): AliasRow {
  const visible = holders.filter(maySee)
  const owner = facts.mailboxes.get(address) ?? []
  const isShadowing = owner.some(({ dn }) => !holders.some((holder) => holder.dn === dn))
  const marks: (AliasMark | false)[] = [
    leadsOut(
      holders.map(({ mail }) => mail),
      facts,
    ) && 'external',
    isCatchAll(address) && 'catchAll',
    kind === 'alias' && isShadowing && 'shadowing',
    kind === 'alias' && holders.length > 1 && 'multi',
    !isHosted(address, facts) && 'unhosted',
    holders.some(({ enabled }) => !enabled) && 'disabled',
  ]
  return {
    kind,
    address,
    mailbox: null,
    destinations: visible.map(({ mail, id, name }) => ({ address: mail, id, name })).sort(byAddress),
    hidden: holders.length - visible.length,
    marks: marks.filter((mark) => mark !== false),
  }
}

/** As lists are sorted everywhere: without regard to case. */
export function byAddress(one: { readonly address: string }, other: { readonly address: string }): number {
  const [first, second] = [one.address.toLowerCase(), other.address.toLowerCase()]
  return first === second ? 0 : first < second ? -1 : 1
}

function forwardRow(entry: Entry, facts: AliasFacts): AliasRow {
  const holder = readAliasHolder(entry)
  const targets = valuesOf(entry, 'mailForwardingAddress')
  const isDangling = targets.some((target) => isHosted(target, facts) && !isKnown(target, facts))
  const marks: (AliasMark | false)[] = [
    leadsOut(targets, facts) && 'external',
    facts.hosted !== null && isDangling && 'dangling',
    !isHosted(holder.mail, facts) && 'unhosted',
    !holder.enabled && 'disabled',
  ]
  return {
    kind: 'forward',
    address: holder.mail,
    mailbox: holder.id,
    destinations: targets.map((address) => {
      const mailbox = facts.mailboxes.get(address.toLowerCase())?.[0]
      return { address, id: mailbox?.id ?? null, name: mailbox?.name ?? '' }
    }),
    hidden: 0,
    marks: marks.filter((mark) => mark !== false),
  }
}

function leadsOut(addresses: readonly string[], facts: AliasFacts): boolean {
  return addresses.some((address) => !isHosted(address, facts))
}

function isHosted(address: string, { hosted }: AliasFacts): boolean {
  const domain = domainOf(address)
  return hosted === null || domain === null || hosted.has(domain)
}

/** Somebody has the address, by itself or by an alias, or its domain has a catch-all. */
function isKnown(address: string, { mailboxes, holders }: AliasFacts): boolean {
  const key = address.toLowerCase()
  return mailboxes.has(key) || holders.has(key) || holders.has(`@${domainOf(key) ?? ''}`)
}

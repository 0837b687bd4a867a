/**
 * aliases - pages of the list of aliases, forwards and groups, and one alias, as a person may see them.
 *
 * An alias is a value of a mailbox, and LDAP sorts and pages entries. So a page is a page of mailboxes that have
 * aliases, each with its aliases together; an alias of several mailboxes comes with each of them, on a page
 * once. Sorted by alias, a mailbox stands where its first alias does, and each page is sorted in itself. What no
 * filter can ask (a comparison with other entries) is found by looking at one block of mailboxes after another, up
 * to a bound, and the page says how far it looked. LDAP round trips: one for a page, those of alias-facts; with
 * such a mark, as many for each block.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { searchPage } from '@/lib/directory/listing'
import { search } from '@/lib/directory/service'
import { domainOf } from '@/lib/entries/address'
import { type Alias, HOLDER_ATTRIBUTES, readAliasHolder } from '@/lib/entries/alias'
import {
  addressesIn,
  type AliasFacts,
  type AliasKind,
  type AliasMark,
  type AliasRow,
  attributeOfKind,
  byAddress,
  rowsOf,
} from '@/lib/entries/alias-row'
import { firstOfPage, ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { aliasFacts, mayShow } from './alias-facts'
import { visibleMailboxes } from './visibility'

const BLOCK_SIZE = 250
const MOST_BLOCKS = 8

export interface AliasQuery {
  readonly kind: AliasKind
  /** Text that the address, a destination or its name contains; empty for all. */
  readonly text: string
  /** Only addresses of this domain; empty for all. */
  readonly domain: string
  readonly mark: AliasMark | null
  readonly sortBy: 'destination' | 'address'
  /** From 1; where lines have to be looked for, the place of the mailbox to begin with. */
  readonly page: number
}

export interface AliasPage {
  readonly status: 'page'
  readonly rows: readonly AliasRow[]
  /** Place of the first mailbox on this page, from 1. */
  readonly first: number
  /** Mailboxes on this page, and all that there are; null when the server did not say. */
  readonly entries: number
  readonly total: number | null
  /** How far was looked for a mark that no filter can ask; null where the server has found all. */
  readonly looked: { readonly from: number; readonly to: number } | null
  /** `page` to go on looking; null at the end, and where the server has found all. */
  readonly next: number | null
}

/** Some mailboxes with what is known about their addresses. */
interface Block {
  readonly status: 'read'
  readonly entries: readonly Entry[]
  readonly total: number | null
  readonly facts: AliasFacts
}

/** The marks that a filter can ask for. */
const FILTER_OF_MARK: Partial<Record<AliasMark, Filter>> = {
  catchAll: { type: 'substrings', attribute: 'mailAlias', initial: '@', any: [], final: null },
  disabled: { type: 'equality', attribute: 'mailEnabled', value: 'FALSE' },
}

/** One page of the aliases that this person may see. */
export async function listAliases(
  authority: Authority,
  query: AliasQuery,
): Promise<AliasPage | SearchFailure> {
  if (hasToLook(query)) return lookFor(authority, query)
  const first = firstOfPage(query.page)
  const block = await readBlock(authority, query, first, ROWS_PER_PAGE)
  if (block.status === 'failed') return block
  const { entries, total } = block
  const rows = rowsOfBlock(authority, query, block, entries)
  return { status: 'page', rows, entries: entries.length, total, first, looked: null, next: null }
}

/** Whether no filter asks for all that is wanted: a comparison with other entries, or a group's domain. */
function hasToLook({ kind, domain, mark }: AliasQuery): boolean {
  const isUnaskable = mark !== null && FILTER_OF_MARK[mark] === undefined
  return isUnaskable || (kind === 'group' && domain !== '')
}

/** One block after another, until a page is full or the bound is reached. */
async function lookFor(authority: Authority, query: AliasQuery): Promise<AliasPage | SearchFailure> {
  const rows = new Map<string, AliasRow>()
  const from = query.page
  let next = from
  for (let blocks = 1; ; blocks += 1) {
    const block = await readBlock(authority, query, next, BLOCK_SIZE)
    if (block.status === 'failed') return block
    const { entries, total } = block
    const taken = thatFit(authority, query, block, ROWS_PER_PAGE - rows.size)
    // A mailbox with more lines than a page is shown whole, so that looking goes on behind it.
    const shown = taken === 0 && rows.size === 0 ? entries.slice(0, 1) : entries.slice(0, taken)
    // One of several mailboxes comes with each of them, but once.
    for (const row of rowsOfBlock(authority, query, block, shown))
      rows.set(`${row.address} ${row.mailbox ?? ''}`, row)
    next += shown.length
    const isCut = shown.length < entries.length
    const isEnd = !isCut && (entries.length < BLOCK_SIZE || next - 1 === total)
    if (!isEnd && !isCut && rows.size < ROWS_PER_PAGE && blocks < MOST_BLOCKS) continue
    const looked = { from, to: next - 1 }
    const seen = { first: from, entries: next - from, total, looked, next: isEnd ? null : next }
    return { status: 'page', rows: inOrder(query, [...rows.values()]), ...seen }
  }
}

/** How many mailboxes of a block, from its first, have no more wanted lines together than this. */
function thatFit(authority: Authority, query: AliasQuery, block: Block, most: number): number {
  const addresses = new Set<string>()
  const overfull = block.entries.findIndex((entry) => {
    for (const { address } of rowsOfBlock(authority, query, block, [entry])) addresses.add(address)
    return addresses.size > most
  })
  return overfull === -1 ? block.entries.length : overfull
}

async function readBlock(
  authority: Authority,
  query: AliasQuery,
  from: number,
  count: number,
): Promise<Block | SearchFailure> {
  const found = await searchPage(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    filter: aliasFilter(authority, query),
    attributes: [...HOLDER_ATTRIBUTES, 'mailForwardingAddress', 'mailGroupMember'],
    sortBy: query.sortBy === 'destination' ? 'mail' : attributeOfKind(query.kind),
    from,
    count,
  })
  if (found.status === 'failed') return found
  const facts = await aliasFacts(authority, addressesIn(query.kind, found.entries))
  if (facts.status === 'failed') return facts
  return { status: 'read', entries: found.entries, total: found.total, facts: facts.facts }
}

/** The wanted lines of some mailboxes of a block. */
function rowsOfBlock(
  authority: Authority,
  query: AliasQuery,
  { facts }: Block,
  entries: readonly Entry[],
): readonly AliasRow[] {
  const rows = rowsOf(query.kind, entries, facts, ({ mail }) => mayShow(authority, mail))
  return inOrder(
    query,
    rows.filter((row) => isWanted(row, query)),
  )
}

function inOrder({ sortBy }: AliasQuery, rows: AliasRow[]): readonly AliasRow[] {
  return sortBy === 'address' ? rows.sort(byAddress) : rows
}

/** A mailbox is found for one of its aliases, and has others. */
function isWanted({ address, destinations, marks }: AliasRow, { text, domain, mark }: AliasQuery): boolean {
  const wanted = text.toLowerCase()
  const texts = [address, ...destinations.flatMap((destination) => [destination.address, destination.name])]
  return (
    texts.some((one) => one.toLowerCase().includes(wanted)) &&
    (domain === '' || domainOf(address) === domain) &&
    (mark === null || marks.includes(mark))
  )
}

/** Finds the mailboxes whose addresses the list shows. */
export function aliasFilter(authority: Authority, { kind, text, domain, mark }: AliasQuery): Filter {
  const attribute = attributeOfKind(kind)
  const contains = (name: string): Filter => ({
    type: 'substrings',
    attribute: name,
    initial: null,
    any: [text],
    final: null,
  })
  const filters: Filter[] = [visibleMailboxes(authority), { type: 'present', attribute }]
  // Forwards and groups have no substring rule: such a value is found as a whole.
  const whole: Filter = { type: 'equality', attribute, value: text }
  const own = kind === 'alias' ? contains(attribute) : whole
  if (text !== '')
    filters.push({ type: 'or', filters: [own, ...['mail', 'cn', 'displayName'].map(contains)] })
  const addressed = kind === 'alias' ? attribute : 'mail'
  if (domain !== '' && kind !== 'group')
    filters.push({
      type: 'substrings',
      attribute: addressed,
      initial: null,
      any: [],
      final: `@${domain}`,
    })
  const marked = mark === null ? undefined : FILTER_OF_MARK[mark]
  if (marked !== undefined) filters.push(marked)
  return { type: 'and', filters }
}

/** The entries that hold this alias, with all that an edit needs; also those that the person may not see. */
export async function readAliasEntries(
  authority: Authority,
  address: string,
): Promise<readonly Entry[] | SearchFailure> {
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: {
      type: 'and',
      filters: [
        { type: 'equality', attribute: 'objectClass', value: 'PostfixBookMailAccount' },
        { type: 'equality', attribute: 'mailAlias', value: address },
      ],
    },
    attributes: [...HOLDER_ATTRIBUTES],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  return result.status === 'failed' ? result : result.entries
}

/** The alias with these entries, as this person may see it. */
export function aliasOf(authority: Authority, address: string, entries: readonly Entry[]): Alias {
  const holders = entries
    .map(readAliasHolder)
    .sort((one, other) => (one.mail.toLowerCase() < other.mail.toLowerCase() ? -1 : 1))
  const visible = holders.filter(({ mail }) => mayShow(authority, mail))
  return { address, holders: visible, hidden: holders.length - visible.length }
}

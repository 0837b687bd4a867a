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
  type AliasKind,
  type AliasMark,
  type AliasRow,
  attributeOfKind,
  byAddress,
  rowsOf,
} from '@/lib/entries/alias-row'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { aliasFacts, mayShow } from './alias-facts'
import { visibleMailboxes } from './visibility'

/** Mailboxes on a page. */
export const PAGE_SIZE = 25
const BLOCK_SIZE = 250
const MOST_BLOCKS = 8
/** Enough lines for a screen. */
const ENOUGH = 50

export interface AliasQuery {
  readonly kind: AliasKind
  /** Text that the address, a destination or its name contains; empty for all. */
  readonly text: string
  /** Only addresses of this domain; empty for all. */
  readonly domain: string
  readonly mark: AliasMark | null
  readonly sortBy: 'destination' | 'address'
  /** From 1; with a mark that has to be looked for, the block to begin with. */
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
  /** `page` to go on with; null at the end. */
  readonly next: number | null
}

type Found = Pick<AliasPage, 'rows' | 'entries' | 'total'>

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
  const { mark, page } = query
  if (mark !== null && FILTER_OF_MARK[mark] === undefined) return lookFor(authority, query)
  const found = await readBlock(authority, query, page, PAGE_SIZE)
  if ('status' in found) return found
  const first = (page - 1) * PAGE_SIZE + 1
  const isFull = found.total === null ? found.entries === PAGE_SIZE : first + found.entries <= found.total
  return { status: 'page', ...found, first, looked: null, next: isFull ? page + 1 : null }
}

/** One block after another, until there is a screen of lines or the bound is reached. */
async function lookFor(authority: Authority, query: AliasQuery): Promise<AliasPage | SearchFailure> {
  const rows: AliasRow[] = []
  const from = (query.page - 1) * BLOCK_SIZE + 1
  let to = from - 1
  for (let block = query.page; ; block += 1) {
    const found = await readBlock(authority, query, block, BLOCK_SIZE)
    if ('status' in found) return found
    rows.push(...found.rows)
    to += found.entries
    const isEnd = found.entries < BLOCK_SIZE || to === found.total
    if (!isEnd && rows.length < ENOUGH && block + 1 < query.page + MOST_BLOCKS) continue
    const next = isEnd ? null : block + 1
    const seen = { first: from, entries: to - from + 1, total: found.total, looked: { from, to } }
    return { status: 'page', rows, ...seen, next }
  }
}

async function readBlock(
  authority: Authority,
  query: AliasQuery,
  page: number,
  pageSize: number,
): Promise<Found | SearchFailure> {
  const found = await searchPage(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    filter: aliasFilter(authority, query),
    attributes: [...HOLDER_ATTRIBUTES, 'mailForwardingAddress', 'mailGroupMember'],
    sortBy: query.sortBy === 'destination' ? 'mail' : attributeOfKind(query.kind),
    page,
    pageSize,
  })
  if (found.status === 'failed') return found
  const facts = await aliasFacts(authority, addressesIn(query.kind, found.entries))
  if (facts.status === 'failed') return facts
  const rows = rowsOf(query.kind, found.entries, facts.facts, ({ mail }) => mayShow(authority, mail))
  const wanted = rows.filter((row) => isWanted(row, query))
  return {
    rows: query.sortBy === 'address' ? wanted.sort(byAddress) : wanted,
    entries: found.entries.length,
    total: found.total,
  }
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

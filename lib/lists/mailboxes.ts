/**
 * mailboxes - pages of the list of mailboxes, and one mailbox, as a person may see them.
 *
 * Searched, sorted and paged by the directory server; the panel never holds a whole list, but for what
 * found-mailboxes keeps of those with findings.
 * LDAP round trips: one for a page (the search with its sort and page controls), one for a mailbox.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { searchPage } from '@/lib/directory/listing'
import type { EntryResult } from '@/lib/directory/outcome'
import { readEntry, search } from '@/lib/directory/service'
import { firstOfPage, ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { MAILBOX_ATTRIBUTES } from '@/lib/entries/mailbox'
import { MAILBOX_ROW_ATTRIBUTES, type MailboxRow, readMailboxRow } from '@/lib/entries/mailbox-row'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import type { FindingCode } from '@/lib/survey/mailbox-finding'
import { mailboxOfDomain, visibleMailboxes } from './visibility'

/** Mailboxes that are alike in what a postmaster looks for. */
export const MAILBOX_KINDS = [
  'enabled',
  'disabled',
  'forwarding',
  'withoutQuota',
  'withoutAlias',
  'withFinding',
] as const
export type MailboxKind = (typeof MAILBOX_KINDS)[number]

export interface MailboxQuery {
  /** Text that mail, an alias, the name or the uid contains; empty for all. */
  readonly text: string
  /** Only mailboxes of this domain; empty for all. */
  readonly domain: string
  /** Only mailboxes of this kind; null for all. */
  readonly kind: MailboxKind | null
  /** Of those with findings only the ones with this; null for all. */
  readonly finding?: FindingCode | null
  readonly sortBy: 'mail' | 'cn' | 'uid'
  readonly descending?: boolean
  /** From 1. */
  readonly page: number
}

export type MailboxPage =
  | { readonly status: 'page'; readonly mailboxes: readonly MailboxRow[]; readonly total: number | null }
  | SearchFailure

/** A query whose mailboxes a filter can ask for. */
export type FilteredQuery = Omit<MailboxQuery, 'kind'> & {
  readonly kind: Exclude<MailboxKind, 'withFinding'> | null
}

/** Whether a filter can ask for the mailboxes; else they are those of found-mailboxes. */
export function isFiltered(query: MailboxQuery): query is FilteredQuery {
  return query.kind !== 'withFinding'
}

/** One page of the mailboxes that this person may see. */
export async function listMailboxes(authority: Authority, query: FilteredQuery): Promise<MailboxPage> {
  const found = await searchPage(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    filter: mailboxFilter(authority, query),
    attributes: MAILBOX_ROW_ATTRIBUTES,
    sortBy: query.sortBy,
    descending: query.descending === true,
    from: firstOfPage(query.page),
    count: ROWS_PER_PAGE,
  })
  if (found.status === 'failed') return found
  return { status: 'page', mailboxes: found.entries.map(readMailboxRow), total: found.total }
}

/** The entry of a mailbox by its entryUUID, if this person may see it; else not found. */
export async function readMailboxEntry(authority: Authority, id: string): Promise<EntryResult> {
  const byId: Filter = { type: 'equality', attribute: 'entryUUID', value: id }
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'and', filters: [byId, visibleMailboxes(authority)] },
    attributes: [...MAILBOX_ATTRIBUTES],
    sizeLimit: 1,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const [entry] = result.entries
  return entry === undefined ? { status: 'notFound' } : { status: 'found', entry }
}

/** The entry of the mailbox with this address or user name, if this person may see it; else not found. */
export async function findMailboxEntry(authority: Authority, name: string): Promise<EntryResult> {
  const named = ['mail', 'uid'].map((attribute): Filter => ({ type: 'equality', attribute, value: name }))
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'and', filters: [{ type: 'or', filters: named }, visibleMailboxes(authority)] },
    attributes: [...MAILBOX_ATTRIBUTES],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const [entry, another] = result.entries
  return entry === undefined || another !== undefined ? { status: 'notFound' } : { status: 'found', entry }
}

/** The entry of the person who asks. */
export function readOwnMailboxEntry(authority: Authority): Promise<EntryResult> {
  return readEntry(authority, authority.person.dn, MAILBOX_ATTRIBUTES)
}

const present = (attribute: string): Filter => ({ type: 'present', attribute })
const not = (filter: Filter): Filter => ({ type: 'not', filter })
const DISABLED: Filter = { type: 'equality', attribute: 'mailEnabled', value: 'FALSE' }

/** An absent mailEnabled counts as enabled, as it does for Postfix and Dovecot. */
const FILTER_OF_KIND: Record<Exclude<MailboxKind, 'withFinding'>, Filter> = {
  enabled: not(DISABLED),
  disabled: DISABLED,
  forwarding: present('mailForwardingAddress'),
  withoutQuota: not(present('mailQuota')),
  withoutAlias: not(present('mailAlias')),
}

/** Finds what the list shows: the mailboxes that match and that this person may see. */
export function mailboxFilter(authority: Authority, { text, domain, kind }: FilteredQuery): Filter {
  const contains = (attribute: string): Filter => ({
    type: 'substrings',
    attribute,
    initial: null,
    any: [text],
    final: null,
  })
  const filters: Filter[] = [visibleMailboxes(authority)]
  if (domain !== '') filters.push(mailboxOfDomain(domain))
  if (kind !== null) filters.push(FILTER_OF_KIND[kind])
  if (text !== '') filters.push({ type: 'or', filters: ['mail', 'mailAlias', 'cn', 'uid'].map(contains) })
  return { type: 'and', filters }
}

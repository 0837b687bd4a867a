/**
 * domains - the hosted domains that a person may see: a page of the list, all names, one entry.
 *
 * Searched, sorted and paged by the directory server, like mailboxes.ts. LDAP round trips: one each.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { searchPage } from '@/lib/directory/listing'
import type { EntryResult } from '@/lib/directory/outcome'
import { search } from '@/lib/directory/service'
import { type Domain, DOMAIN_ATTRIBUTES, readDomain } from '@/lib/entries/domain'
import { firstOfPage, ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { directoryEnvironment, panelEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { visibleDomains } from './visibility'

export interface DomainQuery {
  /** Text that the name or the description contains; empty for all. */
  readonly text: string
  readonly sortBy: 'dc' | 'description'
  readonly descending: boolean
  /** From 1. */
  readonly page: number
}

export type DomainPage =
  | { readonly status: 'page'; readonly domains: readonly Domain[]; readonly total: number | null }
  | SearchFailure

export type DomainList = { readonly status: 'list'; readonly domains: readonly Domain[] } | SearchFailure

/** The domain in an entry, with the site's attribute of administrators. */
export function domainOfEntry(entry: Entry): Domain {
  return readDomain(entry, panelEnvironment().DOMAIN_ADMINISTRATOR_ATTRIBUTE)
}

/** How the site says who administers a domain: the attribute of its entry, and the DN of a group or nothing. */
export function administratorSettings(name: string): { readonly attribute: string; readonly group: string } {
  const { DOMAIN_ADMINISTRATOR_ATTRIBUTE, DOMAIN_ADMINISTRATOR_GROUP } = panelEnvironment()
  return {
    attribute: DOMAIN_ADMINISTRATOR_ATTRIBUTE,
    group: DOMAIN_ADMINISTRATOR_GROUP.replaceAll('%d', name),
  }
}

/** One page of the hosted domains that this person may see. */
export async function pageOfDomains(authority: Authority, query: DomainQuery): Promise<DomainPage> {
  const { text, sortBy, descending, page } = query
  const contains = (attribute: string): Filter => ({
    type: 'substrings',
    attribute,
    initial: null,
    any: [text],
    final: null,
  })
  const visible = visibleDomains(authority)
  const found = await searchPage(authority, {
    base: directoryEnvironment().LDAP_DOMAINS_BASE,
    filter:
      text === ''
        ? visible
        : {
            type: 'and',
            filters: [visible, { type: 'or', filters: [contains('dc'), contains('description')] }],
          },
    attributes: [...DOMAIN_ATTRIBUTES],
    sortBy,
    descending,
    from: firstOfPage(page),
    count: ROWS_PER_PAGE,
  })
  if (found.status === 'failed') return found
  return { status: 'page', domains: found.entries.map(domainOfEntry), total: found.total }
}

/** All hosted domains that this person may see, in alphabetical order. */
export async function listDomains(authority: Authority): Promise<DomainList> {
  const result = await searchDomains(authority, visibleDomains(authority))
  if (result.status === 'failed') return result
  const domains = result.entries.map(domainOfEntry)
  return { status: 'list', domains: domains.sort((one, other) => one.name.localeCompare(other.name)) }
}

/** The entry of a domain by its entryUUID, if this person may see it; else not found. */
export function readDomainEntry(authority: Authority, id: string): Promise<EntryResult> {
  return readOne(authority, { type: 'equality', attribute: 'entryUUID', value: id })
}

/** The entry of a hosted domain by its name, if this person may see it; else not found. */
export function readDomainNamed(authority: Authority, name: string): Promise<EntryResult> {
  return readOne(authority, { type: 'equality', attribute: 'dc', value: name })
}

async function readOne(authority: Authority, which: Filter): Promise<EntryResult> {
  const filter: Filter = { type: 'and', filters: [which, visibleDomains(authority)] }
  const result = await searchDomains(authority, filter)
  if (result.status === 'failed') return result
  const [entry] = result.entries
  return entry === undefined ? { status: 'notFound' } : { status: 'found', entry }
}

function searchDomains(authority: Authority, filter: Filter): ReturnType<typeof search> {
  return search(authority, {
    base: directoryEnvironment().LDAP_DOMAINS_BASE,
    scope: 'sub',
    filter,
    attributes: [...DOMAIN_ATTRIBUTES],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
}

/**
 * people - names for the DNs that made changes, and DNs for what a person typed into a filter.
 *
 * LDAP round trips: one for all names together; one for a text that is no DN.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry, search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { parseDn } from '@/lib/ldap/dn'
import { valueOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Text } from '@/lib/words/text'
import { titleOf } from './entry-title'
import { nameValueOf } from './history-entry'
import type { HistoryQuery, Wanted } from './history-query'

const MOST_FOUND = 100
const SIZE_LIMIT_EXCEEDED = 4

/** Names for people, by DN in lower case; one who is gone is called by the value of the DN. */
export async function namesOf(
  authority: Authority,
  dns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(dns.map((dn) => dn.toLowerCase()))].filter((dn) => dn !== '')
  const names = await Promise.all(
    distinct.map(async (dn) => {
      const read = await readEntry(authority, dn, ['cn', 'displayName', 'mail'])
      const title = read.status === 'found' ? titleOf(read.entry) : ''
      return [dn, title === '' ? nameValueOf(dn) : title] as const
    }),
  )
  return new Map(names)
}

export type Resolved =
  | { readonly status: 'resolved'; readonly wanted: Wanted }
  /** Nothing can be found with this query, and why. */
  | { readonly status: 'nothing'; readonly reason: Text }
  | SearchFailure

/** What the texts of a query stand for. */
export async function resolveQuery(authority: Authority, query: HistoryQuery): Promise<Resolved> {
  const [people, entries] = await Promise.all([
    query.person === '' ? null : resolveName(authority, query.person),
    query.entry === '' ? null : resolveName(authority, query.entry),
  ])
  if (people !== null && 'status' in people) return people
  if (entries !== null && 'status' in entries) return entries
  if (people?.length === 0)
    return { status: 'nothing', reason: { key: 'history.nobody', values: { text: query.person } } }
  if (entries?.length === 0)
    return { status: 'nothing', reason: { key: 'history.noEntry', values: { text: query.entry } } }
  const wanted: Wanted = {
    people: people?.map(({ dn }) => dn) ?? null,
    entries,
    address: query.address,
  }
  return { status: 'resolved', wanted }
}

interface Named {
  readonly dn: string
  readonly uuid: string | null
}

type Found = readonly Named[] | Exclude<Resolved, { status: 'resolved' }>

/** An entry that is gone is known by its entryUUID alone, which is in the address of its page. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function resolveName(authority: Authority, text: string): Promise<Found> {
  if (UUID.test(text)) return [{ dn: '', uuid: text.toLowerCase() }]
  const dn = text.includes('=') ? parseDn(text) : null
  if (dn !== null) {
    const read = await readEntry(authority, text, ['entryUUID'])
    if (read.status === 'found')
      return [{ dn: read.entry.dn, uuid: valueOf(read.entry, 'entryUUID') ?? null }]
    // 34: the server does not take it for a DN. Then nobody has it.
    return read.status === 'notFound' || read.resultCode === 34 ? [{ dn: text, uuid: null }] : read
  }
  const equal = ['uid', 'mail', 'mailAlias', 'dc'].map((attribute): Filter => ({
    type: 'equality',
    attribute,
    value: text,
  }))
  const contains = ['cn', 'displayName'].map((attribute): Filter => ({
    type: 'substrings',
    attribute,
    initial: null,
    any: [text],
    final: null,
  }))
  const { LDAP_MAIL_BASE, LDAP_DOMAINS_BASE } = directoryEnvironment()
  const found: Named[] = []
  for (const base of [LDAP_MAIL_BASE, LDAP_DOMAINS_BASE]) {
    const result = await search(authority, {
      base,
      scope: 'sub',
      filter: { type: 'or', filters: [...equal, ...contains] },
      attributes: ['entryUUID'],
      sizeLimit: MOST_FOUND,
      timeLimit: 0,
      dereference: 0,
    })
    if (result.status === 'failed')
      return result.resultCode === SIZE_LIMIT_EXCEEDED
        ? { status: 'nothing', reason: { key: 'history.tooManyMatch', values: { count: MOST_FOUND, text } } }
        : result
    found.push(
      ...result.entries.map((entry) => ({ dn: entry.dn, uuid: valueOf(entry, 'entryUUID') ?? null })),
    )
  }
  return found
}

/**
 * alias-facts - what the directory knows about some addresses: who has them, by themselves or as an alias.
 *
 * LDAP round trips: one for the hosted domains, and one for each hundred addresses, side by side. All mailboxes
 * are asked, also those that the person may not see, because an alias that they hold too is still held twice;
 * whoever shows the result leaves them out (mayShow).
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { domainOf } from '@/lib/entries/address'
import { type AliasHolder, HOLDER_ATTRIBUTES, readAliasHolder } from '@/lib/entries/alias'
import type { AliasFacts } from '@/lib/entries/alias-row'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { hostedDomains } from './hosted-domains'

const ADDRESSES_PER_SEARCH = 100
const MAILBOX: Filter = { type: 'equality', attribute: 'objectClass', value: 'PostfixBookMailAccount' }

/** The facts about these addresses, and about the catch-alls of their domains. */
export async function aliasFacts(
  authority: Authority,
  addresses: readonly string[],
): Promise<{ readonly status: 'read'; readonly facts: AliasFacts } | SearchFailure> {
  const keys = addresses.flatMap((address) => [address, `@${domainOf(address) ?? ''}`])
  const [hosted, entries] = await Promise.all([
    hostedDomains(authority),
    entriesWith(authority, [...new Set(keys)]),
  ])
  if (hosted.status === 'failed') return hosted
  if ('status' in entries) return entries
  const holders = new Map<string, AliasHolder[]>()
  const mailboxes = new Map<string, AliasHolder[]>()
  for (const entry of entries) {
    const holder = readAliasHolder(entry)
    for (const value of valuesOf(entry, 'mailAlias')) gather(holders, value.toLowerCase(), holder)
    for (const value of valuesOf(entry, 'mail')) gather(mailboxes, value.toLowerCase(), holder)
  }
  return { status: 'read', facts: { hosted: hosted.domains, holders, mailboxes } }
}

/** Whether a mailbox may be shown to this person, by its address. */
export function mayShow({ role, domains }: Authority, mail: string): boolean {
  return role === 'postmaster' || (role === 'domainAdministrator' && domains.includes(domainOf(mail) ?? ''))
}

function gather(map: Map<string, AliasHolder[]>, key: string, holder: AliasHolder): void {
  const known = map.get(key) ?? []
  if (!known.some(({ dn }) => dn === holder.dn)) map.set(key, [...known, holder])
}

async function entriesWith(
  authority: Authority,
  addresses: readonly string[],
): Promise<readonly Entry[] | SearchFailure> {
  const portions: (readonly string[])[] = []
  for (let at = 0; at < addresses.length; at += ADDRESSES_PER_SEARCH)
    portions.push(addresses.slice(at, at + ADDRESSES_PER_SEARCH))
  const results = await Promise.all(
    portions.map((portion) =>
      search(authority, {
        base: directoryEnvironment().LDAP_MAIL_BASE,
        scope: 'sub',
        filter: { type: 'and', filters: [MAILBOX, { type: 'or', filters: portion.flatMap(hasAddress) }] },
        attributes: [...HOLDER_ATTRIBUTES],
        sizeLimit: 0,
        timeLimit: 0,
        dereference: 0,
      }),
    ),
  )
  const entries: Entry[] = []
  for (const result of results) {
    if (result.status === 'failed') return result
    entries.push(...result.entries)
  }
  return entries
}

function hasAddress(value: string): readonly Filter[] {
  return ['mail', 'mailAlias'].map((attribute) => ({ type: 'equality', attribute, value }))
}

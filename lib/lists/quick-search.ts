/**
 * quick-search - the first few mailboxes and domains that fit what a person is typing.
 *
 * For boxes that answer at each key: nothing is sorted, and the server is asked for a handful and then left
 * alone. What fits best by its first letters comes first among those few. LDAP round trips: two, side by side.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { type AliasHolder, HOLDER_ATTRIBUTES, readAliasHolder } from '@/lib/entries/alias'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { visibleDomains, visibleMailboxes } from './visibility'

export const MOST_FOUND = 8

export interface QuickMatch extends AliasHolder {
  /** Those of its aliases that contain the text. */
  readonly aliases: readonly string[]
}

export type QuickResult =
  | {
      readonly status: 'found'
      readonly mailboxes: readonly QuickMatch[]
      /** Names. */
      readonly domains: readonly string[]
    }
  | SearchFailure

/** Mailboxes by address, alias, name or uid, and domains by name, that contain this text. */
export async function quickSearch(authority: Authority, text: string): Promise<QuickResult> {
  const { LDAP_MAIL_BASE, LDAP_DOMAINS_BASE } = directoryEnvironment()
  const [mailboxes, domains] = await Promise.all([
    firstFew(
      authority,
      LDAP_MAIL_BASE,
      [visibleMailboxes(authority), anyContains(['mail', 'mailAlias', 'cn', 'uid'], text)],
      [...HOLDER_ATTRIBUTES],
    ),
    firstFew(authority, LDAP_DOMAINS_BASE, [visibleDomains(authority), anyContains(['dc'], text)], ['dc']),
  ])
  if ('status' in mailboxes) return mailboxes
  if ('status' in domains) return domains
  const wanted = text.toLowerCase()
  const aliasesOf = (entry: Entry): readonly string[] =>
    valuesOf(entry, 'mailAlias').filter((value) => value.toLowerCase().includes(wanted))
  const matches = mailboxes.map((entry) => ({ ...readAliasHolder(entry), aliases: aliasesOf(entry) }))
  const rank = ({ mail, name }: QuickMatch): number =>
    mail.toLowerCase().startsWith(wanted) || name.toLowerCase().startsWith(wanted) ? 0 : 1
  return {
    status: 'found',
    mailboxes: matches.sort((one, other) => rank(one) - rank(other)),
    domains: domains.flatMap((entry) => valueOf(entry, 'dc') ?? []),
  }
}

async function firstFew(
  authority: Authority,
  base: string,
  filters: readonly Filter[],
  attributes: readonly string[],
): Promise<readonly Entry[] | SearchFailure> {
  const found: Entry[] = []
  const request: SearchRequest = {
    base,
    scope: 'sub',
    filter: { type: 'and', filters },
    attributes,
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  }
  const failure = await walkEntries(authority, request, MOST_FOUND, (entries) => {
    found.push(...entries)
    return false
  })
  return failure ?? found
}

function anyContains(attributes: readonly string[], text: string): Filter {
  return {
    type: 'or',
    filters: attributes.map((attribute) => ({
      type: 'substrings',
      attribute,
      initial: null,
      any: [text],
      final: null,
    })),
  }
}

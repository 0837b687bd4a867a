/**
 * domain-entries - every entry with an address in a domain, as far as a person may change it.
 *
 * For a postmaster any entry below the mail base; for a domain administrator the mailboxes of the own domains.
 * mailForwardingAddress and mailGroupMember have no substring rule (postfix-book.schema), so that their values are
 * sorted out here. Read with the attributes that a plan needs. LDAP round trips: one for each thousand entries.
 */
import 'server-only'
import { cache } from 'react'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { hasAddressIn } from '@/lib/entries/domain-addresses'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { visibleMailboxes } from './visibility'

export type DomainEntries = { readonly status: 'read'; readonly entries: readonly Entry[] } | SearchFailure

const ATTRIBUTES = [
  'objectClass',
  'cn',
  'displayName',
  'uid',
  'mail',
  'mailAlias',
  'mailForwardingAddress',
  'mailGroupMember',
  'mailEnabled',
  'entryUUID',
  'entryCSN',
]

const PART = 1000
const BY_SUBSTRING = ['mail', 'mailAlias'] as const
const BY_PRESENCE = ['mailForwardingAddress', 'mailGroupMember'] as const

/** The entries, in the order of their names; read once per request (React cache), for a page and its preview. */
export const readEntriesOfDomain = cache(
  async (authority: Authority, domain: string): Promise<DomainEntries> => {
    const found = new Map<string, Entry>()
    const ending = BY_SUBSTRING.map((attribute): Filter => ({
      type: 'substrings',
      attribute,
      initial: null,
      any: [],
      final: `@${domain}`,
    }))
    const present = BY_PRESENCE.map((attribute): Filter => ({ type: 'present', attribute }))
    for (const filters of [ending, present]) {
      const failed = await walkEntries(
        authority,
        {
          base: directoryEnvironment().LDAP_MAIL_BASE,
          scope: 'sub',
          filter: withinReach(authority, { type: 'or', filters }),
          attributes: ATTRIBUTES,
          sizeLimit: 0,
          timeLimit: 0,
          dereference: 0,
        },
        PART,
        (entries) => {
          for (const entry of entries) if (hasAddressIn(entry, domain)) found.set(entry.dn, entry)
          return true
        },
      )
      if (failed !== null) return failed
    }
    const entries = [...found.values()].sort((one, other) => (one.dn < other.dn ? -1 : 1))
    return { status: 'read', entries }
  },
)

function withinReach(authority: Authority, filter: Filter): Filter {
  return authority.role === 'postmaster'
    ? filter
    : { type: 'and', filters: [filter, visibleMailboxes(authority)] }
}

/**
 * visibility - which entries a person may see in the panel, as a search filter. Pure.
 *
 * The filter is part of every search that a page makes, so that an entry out of reach is not even read.
 */
import type { Authority } from '@/lib/directory/authority'
import type { Filter } from '@/lib/ldap/filter'

const NOTHING: Filter = { type: 'or', filters: [] }

/** Mailboxes: all for a postmaster, those of the own domains for an administrator, else one's own. */
export function visibleMailboxes({ role, domains, person }: Authority): Filter {
  const mailbox: Filter = { type: 'equality', attribute: 'objectClass', value: 'PostfixBookMailAccount' }
  switch (role) {
    case 'postmaster':
      return mailbox
    case 'domainAdministrator':
      return { type: 'and', filters: [mailbox, { type: 'or', filters: domains.map(mailboxOfDomain) }] }
    case 'owner':
      return {
        type: 'and',
        filters: [
          mailbox,
          person.mail === '' ? NOTHING : { type: 'equality', attribute: 'mail', value: person.mail },
        ],
      }
  }
}

/** Hosted domains: all for a postmaster, the own ones for an administrator, none for an owner. */
export function visibleDomains({ role, domains }: Authority): Filter {
  const domain: Filter = { type: 'equality', attribute: 'objectClass', value: 'dNSDomain' }
  switch (role) {
    case 'postmaster':
      return domain
    case 'domainAdministrator': {
      const own = domains.map((value): Filter => ({ type: 'equality', attribute: 'dc', value }))
      return { type: 'and', filters: [domain, { type: 'or', filters: own }] }
    }
    case 'owner':
      return NOTHING
  }
}

/** Mailboxes with an address in this domain. */
export function mailboxOfDomain(domain: string): Filter {
  return { type: 'substrings', attribute: 'mail', initial: null, any: [], final: `@${domain}` }
}

/**
 * domains - the hosted domains that a person may see. One LDAP round trip.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { type Domain, DOMAIN_ATTRIBUTES, readDomain } from '@/lib/entries/domain'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { visibleDomains } from './visibility'

export type DomainList = { readonly status: 'list'; readonly domains: readonly Domain[] } | SearchFailure

/** The hosted domains in alphabetical order. */
export async function listDomains(authority: Authority): Promise<DomainList> {
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_DOMAINS_BASE,
    scope: 'sub',
    filter: visibleDomains(authority),
    attributes: [...DOMAIN_ATTRIBUTES],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const domains = result.entries.map(readDomain)
  return { status: 'list', domains: domains.sort((one, other) => one.name.localeCompare(other.name)) }
}

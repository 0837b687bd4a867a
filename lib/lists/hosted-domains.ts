/**
 * hosted-domains - the names of all hosted domains, to judge addresses by.
 *
 * Not a list for a person: it is not narrowed to what the person may see, so its names are not to be shown
 * (domain-choices.ts). Kept while nothing is written, because some thousand names are read otherwise for each page.
 * LDAP round trips: one to see whether the kept ones still hold, else two.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { valuesOf } from '@/lib/ldap/entry'
import { PatientCache } from './patient-cache'

export interface HostedDomains {
  readonly status: 'read'
  /** In lower case; null where the directory holds no domains, so that nothing can be judged by them. */
  readonly domains: ReadonlySet<string> | null
}

const holder = globalThis as typeof globalThis & { postbookHostedDomains?: PatientCache<HostedDomains> }

/** The names as the directory has them now. */
export function hostedDomains(authority: Authority): Promise<HostedDomains | SearchFailure> {
  const { LDAP_URL, LDAP_DOMAINS_BASE } = directoryEnvironment()
  const kept = (holder.postbookHostedDomains ??= new PatientCache<HostedDomains>())
  return kept.get(JSON.stringify([LDAP_URL, LDAP_DOMAINS_BASE]), LDAP_DOMAINS_BASE, () =>
    readDomains(authority, LDAP_DOMAINS_BASE),
  )
}

async function readDomains(authority: Authority, base: string): Promise<HostedDomains | SearchFailure> {
  const result = await search(authority, {
    base,
    scope: 'sub',
    filter: { type: 'equality', attribute: 'objectClass', value: 'dNSDomain' },
    attributes: ['dc'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const names = result.entries.flatMap((entry) => valuesOf(entry, 'dc')).map((name) => name.toLowerCase())
  return { status: 'read', domains: names.length === 0 ? null : new Set(names) }
}

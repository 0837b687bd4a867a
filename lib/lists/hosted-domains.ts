/**
 * hosted-domains - the names of all hosted domains, to judge addresses by. One LDAP round trip.
 *
 * Not a list for a person: it is not narrowed to what the person may see, so its names are not to be shown.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { valuesOf } from '@/lib/ldap/entry'

/** In lower case; null where the directory holds no domains, so that nothing can be judged by them. */
export async function hostedDomains(
  authority: Authority,
): Promise<{ readonly status: 'read'; readonly domains: ReadonlySet<string> | null } | SearchFailure> {
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_DOMAINS_BASE,
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

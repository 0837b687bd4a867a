/**
 * sweep-authority - authorities for what the panel does by itself: aliases that have come to their last day.
 *
 * On behalf of an owner it may what the owner may, and the record names the owner. For itself the panel reads its
 * store: it has no mailbox, so it may change nothing.
 */
import 'server-only'
import { type Authority, grantAuthority, type Person } from '@/lib/directory/authority'
import { directoryEnvironment } from '@/lib/environment'

/** On behalf of an owner who is not there. */
export function authorityOfOwner(person: Person): Authority {
  return grantAuthority({ person, role: 'owner', domains: [] })
}

/** For the panel's own reading of its store. */
export function panelAuthority(): Authority {
  const person = { dn: directoryEnvironment().LDAP_BIND_DN, name: 'Postbook', mail: '' }
  return grantAuthority({ person, role: 'owner', domains: [] })
}

/**
 * owner-authority - authorities with an owner's rights, for the account page.
 *
 * On the account page everybody acts as the owner of their own mailbox and no further, also a postmaster: one set of
 * rules, and no more rights than the page needs.
 */
import 'server-only'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { type AuthorityResult, currentAuthority, requireAuthority } from './current-authority'

/** The authority behind this request, with an owner's rights. */
export async function ownerAuthority(): Promise<AuthorityResult> {
  const result = await currentAuthority()
  return result.status === 'signedIn' ? { status: 'signedIn', authority: asOwner(result.authority) } : result
}

/** For pages: as {@link ownerAuthority}, or off to the sign-in page. */
export async function requireOwner(): Promise<Authority> {
  return asOwner(await requireAuthority())
}

/** Someone's authority, with the rights of an owner alone. */
export function asOwner({ person, origin, viewer }: Authority): Authority {
  return grantAuthority({ person, role: 'owner', domains: [] }, origin, viewer)
}

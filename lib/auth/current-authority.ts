/**
 * current-authority - who makes this request, and how far that person may go.
 *
 * The session says who; the directory says, at each request, whether the mailbox is still enabled and which
 * role the person has. One LDAP round trip of pipelined searches, once per request (React cache).
 */
import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { findPersonByDn, readRoleFacts } from '@/lib/directory/sign-in'
import { auth } from './session'
import { roleOf } from './roles'

export type AuthorityResult =
  | { readonly status: 'signedIn'; readonly authority: Authority }
  | { readonly status: 'signedOut' }
  | { readonly status: 'unavailable'; readonly message: string }

/** The authority behind the session cookie of this request. */
export const currentAuthority = cache(async (): Promise<AuthorityResult> => {
  const session = await auth()
  const dn = session?.user?.id
  if (dn === undefined || dn === '') return { status: 'signedOut' }
  const [found, facts] = await Promise.all([findPersonByDn(dn), readRoleFacts(dn)])
  if (found.status === 'failed') return { status: 'unavailable', message: found.diagnostic }
  if (facts.status === 'failed') return { status: 'unavailable', message: facts.diagnostic }
  if (found.status === 'notFound' || !found.enabled) return { status: 'signedOut' }
  return { status: 'signedIn', authority: grantAuthority({ person: found.person, ...roleOf(facts) }) }
})

/** For pages: the authority, or off to the sign-in page. Throws when the directory does not answer. */
export async function requireAuthority(): Promise<Authority> {
  const result = await currentAuthority()
  if (result.status === 'signedIn') return result.authority
  if (result.status === 'signedOut') redirect('/sign-in')
  throw new DirectoryUnavailable(result.message)
}

/** For pages of postmasters and domain administrators: owners go to their own page. */
export async function requireStaff(): Promise<Authority> {
  const authority = await requireAuthority()
  if (authority.role === 'owner') redirect('/account')
  return authority
}

class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable'
}

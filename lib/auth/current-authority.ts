/**
 * current-authority - who makes this request, and how far that person may go.
 *
 * The session says who; the directory says, at each request, whether the mailbox is still enabled, whether the
 * session's seal still holds, and which role the person has. Two LDAP round trips, once per request (React cache).
 */
import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { readSessionGeneration } from '@/lib/directory/session-generation'
import { findPersonByDn, readRoleFacts } from '@/lib/directory/sign-in'
import { ConfigurationProblem, panelEnvironment } from '@/lib/environment'
import { type ClaimGrants, rulesOf } from './claims'
import { roleOf } from './roles'
import { readSessionCookie, SESSION_LIFE } from './session-cookie'
import { sealOf, type SessionFacts } from './session-facts'

export type AuthorityResult =
  | { readonly status: 'signedIn'; readonly authority: Authority }
  /** `ended`: there was a session, and it does not hold any more. */
  | { readonly status: 'signedOut'; readonly ended: boolean }
  | { readonly status: 'unavailable'; readonly message: string }

/** The authority behind the session cookie of this request. */
export const currentAuthority = cache(async (): Promise<AuthorityResult> => {
  const session = await sessionOf(await headers())
  return session === null ? { status: 'signedOut', ended: false } : authorityOf(session)
})

/** The authority of a session as the directory is now. */
export async function authorityOf(session: SessionFacts): Promise<AuthorityResult> {
  const { dn } = session
  const [found, read] = await Promise.all([findPersonByDn(dn), readSessionGeneration(dn)])
  if (found.status === 'failed') return { status: 'unavailable', message: found.diagnostic }
  if (read.status === 'failed') return { status: 'unavailable', message: read.diagnostic }
  if (found.status === 'notFound' || !found.enabled || sealOf(found, read.generation) !== session.seal)
    return { status: 'signedOut', ended: true }
  const facts = await readRoleFacts(dn, found.uids)
  if (facts.status === 'failed') return { status: 'unavailable', message: facts.diagnostic }
  const grants = grantsInForce(session)
  const role = roleOf(
    {
      postmaster: facts.inPostmasterGroup || grants?.postmaster === true,
      domains: [...facts.administeredDomains, ...(grants?.domains ?? [])],
      groups: facts.groups,
    },
    panelEnvironment().DOMAIN_ADMINISTRATOR_GROUP,
  )
  return { status: 'signedIn', authority: grantAuthority({ person: found.person, ...role }) }
}

/** For pages: the authority, or off to the sign-in page. Throws when the directory does not answer. */
export async function requireAuthority(): Promise<Authority> {
  const result = await currentAuthority()
  if (result.status === 'signedIn') return result.authority
  if (result.status === 'signedOut') redirect(result.ended ? '/sign-in?code=ended' : '/sign-in')
  throw new DirectoryUnavailable(result.message)
}

/** For pages of postmasters and domain administrators: owners go to their own page. */
export async function requireStaff(): Promise<Authority> {
  const authority = await requireAuthority()
  if (authority.role === 'owner') redirect('/account')
  return authority
}

async function sessionOf(requestHeaders: Headers): Promise<SessionFacts | null> {
  try {
    return await readSessionCookie(requestHeaders)
  } catch (error) {
    // Without settings there are no sessions; the sign-in page names the setting.
    if (error instanceof ConfigurationProblem) return null
    throw error
  }
}

/** The provider is not asked again, so what a claim granted does not outlive one session without prolonging. */
function grantsInForce({ grants, signedInAt }: SessionFacts): ClaimGrants | null {
  const { openId } = panelEnvironment()
  if (grants === null || openId === null || grants.rules !== rulesOf(openId)) return null
  return Date.now() / 1000 - signedInAt < SESSION_LIFE ? grants : null
}

class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable'
}

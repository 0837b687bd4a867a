/**
 * current-authority - who makes this request, and how far that person may go.
 *
 * The session says who; the directory says, at each request, whether the mailbox is still enabled, whether the
 * session's seal still holds, and which role the person has. Two LDAP round trips, once per request (React cache).
 *
 * Pages take requireAuthority and requireStaff; actions and route handlers take currentAuthority, which refuses a
 * postmaster who sees the panel as an owner would (view-as.ts): such a person reads pages and does nothing else.
 */
import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type Authority, grantAuthority, type Origin, type Person } from '@/lib/directory/authority'
import { readSessionGeneration } from '@/lib/directory/session-generation'
import { findPersonByDn, readRoleFacts } from '@/lib/directory/sign-in'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import { panelEnvironment } from '@/lib/environment'
import { inEnglish } from '@/lib/words/english'
import { type ClaimGrants, rulesOf } from './claims'
import { clientAddress } from './client-address'
import { roleOf } from './roles'
import { readSessionCookie, SESSION_LIFE } from './session-cookie'
import { sealOf, type SessionFacts } from './session-facts'
import { authorityOfView } from './view-as'
import { readViewCookie } from './view-as-cookie'

export type AuthorityResult =
  | { readonly status: 'signedIn'; readonly authority: Authority }
  /** `ended`: there was a session, and it does not hold any more. */
  | { readonly status: 'signedOut'; readonly ended: boolean }
  | { readonly status: 'unavailable'; readonly message: string }
  /** The panel is seen as the owner with this name would see it, and nothing can be done meanwhile. */
  | { readonly status: 'viewing'; readonly name: string; readonly message: string }

/** Who may read the pages of this request: also a postmaster, as the owner whose view it is. */
const readingAuthority = cache(async (): Promise<AuthorityResult> => {
  const requestHeaders = await headers()
  const session = await sessionOf(requestHeaders)
  if (session === null) return { status: 'signedOut', ended: false }
  const [result, view] = await Promise.all([
    authorityOf(session, originOf(requestHeaders)),
    readViewCookie(requestHeaders, session),
  ])
  if (view === null || result.status !== 'signedIn') return result
  const authority = await authorityOfView(result.authority, view)
  if (authority === null) return { status: 'signedOut', ended: true }
  return 'status' in authority
    ? { status: 'unavailable', message: authority.diagnostic }
    : { status: 'signedIn', authority }
})

/** The authority behind the session cookie of this request, for whatever does something. */
export async function currentAuthority(): Promise<AuthorityResult> {
  const result = await readingAuthority()
  if (result.status !== 'signedIn' || result.authority.viewer === null) return result
  const { name } = result.authority.person
  return { status: 'viewing', name, message: inEnglish({ key: 'viewAs.readOnly', values: { name } }) }
}

/** Whose panel a postmaster sees now; null if it is their own. */
export async function viewedPerson(): Promise<Person | null> {
  const result = await readingAuthority()
  return result.status === 'signedIn' && result.authority.viewer !== null ? result.authority.person : null
}

/** The authority of a session as the directory is now, for a request from there. */
export async function authorityOf(session: SessionFacts, origin: Origin): Promise<AuthorityResult> {
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
  return { status: 'signedIn', authority: grantAuthority({ person: found.person, ...role }, origin) }
}

/** For pages: the authority, or off to the sign-in page. Throws when the directory does not answer. */
export async function requireAuthority(): Promise<Authority> {
  const result = await readingAuthority()
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

function originOf(requestHeaders: Headers): Origin {
  const forwarded = requestHeaders.get('x-forwarded-for')
  return { program: 'panel', address: clientAddress(forwarded, panelEnvironment().TRUSTED_PROXY) }
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

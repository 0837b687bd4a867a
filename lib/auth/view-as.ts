/**
 * view-as - a postmaster sees the panel as an owner would: begins, ends, and what of it holds at a request.
 *
 * The authority of such a request is the owner's, with the postmaster as its viewer: pages read as the owner
 * would, and nothing is written (current-authority.ts refuses actions, lib/directory/service.ts refuses writes).
 * A view holds while the session is a postmaster's and the owner's entry is the same and enabled; when it does
 * not hold any more, nothing does, so that nobody acts as postmaster believing to look as someone else.
 * Begin and end are lines of the audit log.
 */
import 'server-only'
import { headers } from 'next/headers'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { findPersonByDn } from '@/lib/directory/sign-in'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Text } from '@/lib/words/text'
import { audit } from './audit'
import { readSessionCookie } from './session-cookie'
import { readViewCookie, removeViewCookie, setViewCookie, type ViewFacts } from './view-as-cookie'

/** The owner's authority, seen by this postmaster; null if the view does not hold any more. */
export async function authorityOfView(
  postmaster: Authority,
  view: ViewFacts,
): Promise<Authority | SearchFailure | null> {
  if (postmaster.role !== 'postmaster') return null
  const found = await findPersonByDn(view.dn)
  if (found.status === 'failed') return found
  if (found.status === 'notFound' || !found.enabled || found.entryUuid !== view.entryUuid) return null
  return grantAuthority(
    { person: found.person, role: 'owner', domains: [] },
    postmaster.origin,
    postmaster.person,
  )
}

/** Begins to see the panel as the owner with this DN would; answers why not, or null. */
export async function beginView(authority: Authority, dn: string): Promise<Text | null> {
  const session = await readSessionCookie(await headers())
  const refused = (refusal: string, message: Text): Text => {
    writeLine(authority, 'view as another person', dn, refusal)
    return message
  }
  if (session === null || authority.role !== 'postmaster' || authority.viewer !== null)
    return refused('role', { key: 'viewAs.postmastersOnly' })
  const found = await findPersonByDn(dn)
  if (found.status === 'failed')
    return refused('unavailable', { key: 'edit.noAnswer', values: { diagnostic: found.diagnostic } })
  if (found.status === 'notFound') return refused('notFound', { key: 'viewAs.gone' })
  if (!found.enabled) return refused('disabled', { key: 'viewAs.disabled' })
  await setViewCookie({ dn: found.person.dn, entryUuid: found.entryUuid, session })
  writeLine(authority, 'view as another person', found.person.dn)
  return null
}

/** Ends the view of this browser if there is one; answers the entryUUID of whom it was about. */
export async function endView(): Promise<string | null> {
  const sent = await headers()
  const session = await readSessionCookie(sent)
  const view = session === null ? null : await readViewCookie(sent, session)
  if (view === null) return null
  await removeViewCookie()
  audit({ event: 'end of a view', outcome: 'accepted', dn: view.session.dn, about: view.dn })
  return view.entryUuid
}

function writeLine(
  { person, origin }: Authority,
  event: 'view as another person',
  about: string,
  refusal?: string,
): void {
  audit({
    event,
    outcome: refusal === undefined ? 'accepted' : 'refused',
    dn: person.dn,
    about,
    address: origin.program === 'panel' ? origin.address : null,
    ...(refusal === undefined ? {} : { refusal }),
  })
}

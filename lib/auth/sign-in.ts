/**
 * sign-in - signing in and out, on the server. What the forms of app/sign-in call.
 *
 * Each function that succeeds redirects, which in Next.js is a throw; a refusal is returned. A password goes
 * from the form to the directory and nowhere else.
 */
import 'server-only'
import { headers } from 'next/headers'
import { redirect, unstable_rethrow } from 'next/navigation'
import type { Authority } from '@/lib/directory/authority'
import { startSessionGeneration } from '@/lib/directory/session-generation'
import { findPersonByDn, type FoundPerson } from '@/lib/directory/sign-in'
import { hasStore } from '@/lib/directory/store'
import { panelEnvironment } from '@/lib/environment'
import type { Text } from '@/lib/words/text'
import { audit } from './audit'
import { clientAddress } from './client-address'
import { checkCredentials, type SignInRefusal } from './credentials'
import { log } from './log'
import { OPEN_ID } from './open-id'
import { setPassword, type TypedPasswords } from './password-change'
import { signIn, signOut, ticketFor } from './session'
import { newSessionFacts } from './session-facts'
import { endView } from './view-as'

export type FormRefusal =
  | { readonly status: 'refused'; readonly refusal: SignInRefusal | 'changed' }
  /** The password is right, and a new one has to be set. */
  | { readonly status: 'mustChange' }
  | { readonly status: 'unfit'; readonly reason: Text }

const DAY = 24 * 60 * 60

/** Signs in with a password and redirects, or returns why not. */
export async function signInByForm(name: unknown, password: unknown): Promise<FormRefusal> {
  const address = await addressOfRequest()
  const checked = await checkCredentials({ name, password, address })
  if (checked.status === 'refused') return checked
  const { dn } = checked.found.person
  if (checked.status === 'mustChange') {
    audit({ event: 'sign-in', outcome: 'refused', method: 'password', dn, address, refusal: 'mustChange' })
    return checked
  }
  const { secondsLeft, graceLogins } = checked
  const notice =
    graceLogins !== null
      ? `/sign-in/password?grace=${graceLogins}`
      : secondsLeft !== null
        ? `/sign-in/password?days=${Math.floor(secondsLeft / DAY)}`
        : '/'
  return beginSession(checked.found, notice, address, 'unavailable')
}

/**
 * Sets a new password and signs in with it, or returns why not. `authority` is the person who is signed in; without
 * one the name says who it is.
 */
export async function setPasswordByForm(
  name: unknown,
  typed: TypedPasswords,
  authority: Authority | null,
): Promise<FormRefusal> {
  const address = await addressOfRequest()
  const who = authority === null ? { name } : { name, dn: authority.person.dn }
  const result = await setPassword(who, typed, address)
  if (result.status !== 'changed') return result
  // The seal covers the time of the change, so the entry is read again.
  const found = await findPersonByDn(result.found.person.dn)
  if (found.status !== 'found') return { status: 'refused', refusal: 'changed' }
  if (authority === null) return beginSession(found, '/', address, 'changed')
  const othersEnded = result.generation || found.passwordChanged !== result.found.passwordChanged
  return beginSession(found, `/sign-in/password?changed=${othersEnded ? 'ended' : 'yes'}`, address, 'changed')
}

/** Goes to the provider of OpenID Connect; back to the sign-in page when there is none or it does not answer. */
export async function signInByProvider(): Promise<void> {
  if (panelEnvironment().openId === null) redirect('/sign-in')
  try {
    await signIn(OPEN_ID, { redirectTo: '/' })
  } catch (reason) {
    unstable_rethrow(reason)
    log.error({ error: reason instanceof Error ? reason.message : 'unknown' }, 'provider not reached')
    redirect('/sign-in?code=provider')
  }
}

/** What the sign-in page calls the provider; null when there is none. */
export function providerName(): string | null {
  return panelEnvironment().openId?.name ?? null
}

/** Ends the session of this browser, and the view as someone else, and goes to the sign-in page. */
export async function signOutHere(): Promise<void> {
  await endView()
  await signOut({ redirectTo: '/sign-in' })
}

/** Whether people can end all their sessions: the panel needs a store for it. */
export function canSignOutEverywhere(): boolean {
  return hasStore()
}

/** Ends all sessions of the person and goes to the sign-in page; returns false when the directory refused. */
export async function signOutEverywhere(authority: Authority): Promise<boolean> {
  const { dn } = authority.person
  const address = await addressOfRequest()
  const ended = await startSessionGeneration(authority)
  if (ended.status !== 'done') {
    const { diagnostic } = ended
    audit({ event: 'sign-out everywhere', outcome: 'refused', dn, address, diagnostic })
    return false
  }
  audit({ event: 'sign-out everywhere', outcome: 'accepted', dn, address })
  await signOut({ redirectTo: '/sign-in?code=everywhere' })
  return true
}

async function beginSession(
  found: FoundPerson,
  redirectTo: string,
  address: string | null,
  otherwise: 'unavailable' | 'changed',
): Promise<FormRefusal> {
  const { dn } = found.person
  const known = await newSessionFacts(found, null)
  if (known.status === 'failed') {
    const { diagnostic } = known
    audit({ event: 'sign-in', outcome: 'refused', method: 'password', dn, address, diagnostic })
    return { status: 'refused', refusal: otherwise }
  }
  audit({ event: 'sign-in', outcome: 'accepted', method: 'password', dn, address })
  await signIn('credentials', { ticket: await ticketFor(known.facts), redirectTo })
  return { status: 'refused', refusal: otherwise }
}

async function addressOfRequest(): Promise<string | null> {
  return clientAddress((await headers()).get('x-forwarded-for'), panelEnvironment().TRUSTED_PROXY)
}

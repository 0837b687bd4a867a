/**
 * credentials - checks a name and a password by an LDAP bind as the person found by mail address or uid.
 *
 * A refusal before the password is known to be right is `wrong`, whatever the reason, so that nobody learns which
 * addresses exist; only a server that is set up to tell (ppolicy_use_lockout) makes it `locked`. A name that does
 * not exist costs a bind too, to a DN that no entry has, and refusals are answered at fixed steps of time, since
 * a server hashes a password only for an entry that is there.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { checkPassword, type PasswordChange, type PasswordCheck } from '@/lib/directory/password'
import {
  findPersonByDn,
  findPersonByLogin,
  type FoundPerson,
  type LoginResult,
} from '@/lib/directory/sign-in'
import { directoryEnvironment } from '@/lib/environment'
import { forgetAttempts, mayAttempt } from './attempts'
import { audit } from './audit'

/**
 * `wrong`: name or password; `limited`: too many wrong ones; `locked`, `expired`: by the directory's policy;
 * `unavailable`: the directory does not answer.
 */
export type SignInRefusal = 'wrong' | 'limited' | 'locked' | 'expired' | 'unavailable'

export interface Refused {
  readonly status: 'refused'
  readonly refusal: SignInRefusal
}

export type CredentialResult =
  | {
      readonly status: 'accepted'
      readonly found: FoundPerson
      /** Until the password expires, if the directory warns. */
      readonly secondsLeft: number | null
      /** Sign-ins that the expired password still allows. */
      readonly graceLogins: number | null
      readonly change: PasswordChange | null
    }
  /** Right, and good for nothing but setting another one. */
  | { readonly status: 'mustChange'; readonly found: FoundPerson; readonly change: PasswordChange | null }
  | Refused

// An empty password would be an unauthenticated bind, which servers accept (RFC 4513 section 5.1.2).
const loginName = z.string().trim().min(1).max(320)
export const typedPassword = z.string().min(1).max(1024)

/** Milliseconds. Longer than a bind with a slow hash takes. */
const STEP = 500

/** What was typed into a form. */
export interface Attempt {
  /** Mail address or uid. */
  readonly name: unknown
  /** Of the person who is signed in already; the name is then not looked up. */
  readonly dn?: string
  readonly password: unknown
  /** A new password, to be set if the person may come in. */
  readonly next?: string
  /** Of the client; null if it is not known. */
  readonly address: string | null
}

type ParsedAttempt = Attempt & { readonly name: string; readonly password: string }

/** Checks what was typed, and sets a new password if there is one. Never throws for a refusal. */
export async function checkCredentials(attempt: Attempt): Promise<CredentialResult> {
  const started = performance.now()
  const name = attempt.dn ?? attempt.name
  const parsed = z
    .object({ name: attempt.dn === undefined ? loginName : z.string(), password: typedPassword })
    .safeParse({ name, password: attempt.password })
  const { address } = attempt
  const result = parsed.success
    ? await judge({ ...attempt, ...parsed.data })
    : refuse('wrong', { name: typeof name === 'string' ? name : '', address })
  if (result.status === 'refused') await delay(restOfStep(performance.now() - started))
  return result
}

async function judge({ name, dn, password, next, address }: ParsedAttempt): Promise<CredentialResult> {
  if (!(await mayAttempt(name, address))) return refuse('limited', { name, address })
  const found = await (dn === undefined ? findPersonByLogin(name) : findPersonByDn(dn))
  if (found.status === 'failed') {
    const { resultCode, diagnostic } = found
    return refuse('unavailable', { name, address, resultCode, diagnostic })
  }
  const mayChange = found.status === 'found' && found.enabled
  const check = await checkPassword(dnToBind(found), password, mayChange ? next : undefined)
  const refusal = refusalOf(found, check)
  if (refusal !== null || found.status !== 'found' || check.status !== 'accepted') {
    const said =
      check.status === 'accepted' ? {} : { resultCode: check.resultCode, diagnostic: check.diagnostic }
    const entry = found.status === 'found' ? { dn: found.person.dn } : {}
    return refuse(refusal ?? 'wrong', { name, address, ...entry, ...said })
  }
  await forgetAttempts(name, address)
  const { secondsLeft, graceLogins, error } = check.policy
  if (error === 'changeAfterReset') return { status: 'mustChange', found, change: check.change }
  return { status: 'accepted', found, secondsLeft, graceLogins, change: check.change }
}

/** Null if the person may come in. */
function refusalOf(found: LoginResult, check: PasswordCheck): SignInRefusal | null {
  if (check.status === 'failed') return 'unavailable'
  if (found.status !== 'found' || !found.enabled) return 'wrong'
  if (check.status === 'accepted') return null
  if (check.policy.error === 'accountLocked') return 'locked'
  return check.policy.error === 'passwordExpired' ? 'expired' : 'wrong'
}

/** Someone who is not there costs a bind as well. */
function dnToBind(found: LoginResult): string {
  return found.status === 'found'
    ? found.person.dn
    : `uid=${randomUUID()},${directoryEnvironment().LDAP_MAIL_BASE}`
}

function refuse(
  refusal: SignInRefusal,
  details: Omit<Parameters<typeof audit>[0], 'event' | 'outcome' | 'refusal'>,
): Refused {
  audit({ event: 'sign-in', outcome: 'refused', method: 'password', refusal, ...details })
  return { status: 'refused', refusal }
}

/** Milliseconds to the end of the step; timers cut fractions off and may fire a millisecond early. */
function restOfStep(elapsed: number): number {
  return Math.ceil(STEP - (elapsed % STEP)) + 1
}

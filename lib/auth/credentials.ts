/**
 * credentials - checks a name and a password by an LDAP bind as the person found by mail address or uid.
 *
 * Every refusal that depends on name or password is `wrong`, whatever the reason, so that nobody learns which
 * addresses exist. An unknown name costs a bind too, to a DN that no entry has.
 */
import 'server-only'
import { z } from 'zod'
import type { Person } from '@/lib/directory/authority'
import { checkPassword, findPersonByLogin, type LoginResult } from '@/lib/directory/sign-in'
import { directoryEnvironment } from '@/lib/environment'
import { forgetAttempts, mayAttempt } from './attempts'
import { log } from './log'

/** `wrong`: name or password; `limited`: too many wrong ones; `unavailable`: the directory does not answer. */
export type SignInRefusal = 'wrong' | 'limited' | 'unavailable'

export type CredentialResult =
  | { readonly status: 'accepted'; readonly person: Person }
  | { readonly status: 'refused'; readonly refusal: SignInRefusal }

// An empty password would be an unauthenticated bind, which servers accept (RFC 4513 section 5.1.2).
const credentials = z.object({
  name: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(1024),
})

/** Checks what was typed into the sign-in form; never throws for a refusal. */
export async function checkCredentials(name: unknown, password: unknown): Promise<CredentialResult> {
  const parsed = credentials.safeParse({ name, password })
  if (!parsed.success) return refuse('wrong', '')
  if (!(await mayAttempt(parsed.data.name))) return refuse('limited', parsed.data.name)
  const found = await findPersonByLogin(parsed.data.name)
  if (found.status === 'failed') return refuse('unavailable', parsed.data.name)
  const check = await checkPassword(dnToBind(found), parsed.data.password)
  if (check.status === 'failed') return refuse('unavailable', parsed.data.name)
  if (found.status !== 'found' || check.status !== 'accepted' || !found.enabled)
    return refuse('wrong', parsed.data.name)
  await forgetAttempts(parsed.data.name)
  log.info({ dn: found.person.dn }, 'signed in')
  return { status: 'accepted', person: found.person }
}

/** Someone who is not there costs a bind as well, so that the time taken tells nothing. */
function dnToBind(found: LoginResult): string {
  return found.status === 'found' ? found.person.dn : `uid=nobody,${directoryEnvironment().LDAP_MAIL_BASE}`
}

function refuse(refusal: SignInRefusal, name: string): CredentialResult {
  log.warn({ name, refusal }, 'sign-in refused')
  return { status: 'refused', refusal }
}

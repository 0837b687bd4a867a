/**
 * password-change - a person sets a new password, with the current one.
 *
 * The directory makes the change, bound as the person (RFC 3062), and its own rules decide; what they refuse is
 * one sentence. The current password is limited like a sign-in: this must be no second door for guessing.
 * Afterwards every other session of the person ends: the seal covers the time of the change, and where the
 * panel has a store, the generation (session-facts.ts).
 */
import 'server-only'
import { z } from 'zod'
import { grantAuthority } from '@/lib/directory/authority'
import type { PasswordChange, PasswordRefusal } from '@/lib/directory/password'
import { startSessionGeneration } from '@/lib/directory/session-generation'
import type { FoundPerson } from '@/lib/directory/sign-in'
import { hasStore } from '@/lib/directory/store'
import { audit } from './audit'
import { type Attempt, checkCredentials, type SignInRefusal, typedPassword } from './credentials'

export type PasswordChangeResult =
  /** `found` is the entry before; `generation`: a new generation of sessions has begun. */
  | { readonly status: 'changed'; readonly found: FoundPerson; readonly generation: boolean }
  /** The current password is not accepted. */
  | { readonly status: 'refused'; readonly refusal: SignInRefusal }
  /** The new one is not, and why, for the person. */
  | { readonly status: 'unfit'; readonly sentence: string }

export interface TypedPasswords {
  readonly current: unknown
  readonly next: unknown
  readonly repeated: unknown
}

const typedPasswords = z.object({ current: typedPassword, next: typedPassword, repeated: z.string() })

/** Changes the password of the person with this mail address or uid, or of the one who is signed in. */
export async function setPassword(
  who: Pick<Attempt, 'name' | 'dn'>,
  typed: TypedPasswords,
  address: string | null,
): Promise<PasswordChangeResult> {
  const parsed = typedPasswords.safeParse(typed)
  if (!parsed.success) return { status: 'unfit', sentence: 'Type the current password and a new one.' }
  const { current, next, repeated } = parsed.data
  if (next !== repeated)
    return { status: 'unfit', sentence: 'The two new passwords differ. Type both again.' }
  if (next === current)
    return { status: 'unfit', sentence: 'This is the current password. Choose a different one.' }
  const checked = await checkCredentials({ ...who, password: current, next, address })
  if (checked.status === 'refused') return checked
  const { found, change } = checked
  const { dn } = found.person
  if (change?.status !== 'changed') {
    const { resultCode, diagnostic } = change ?? {}
    audit({
      event: 'password change',
      outcome: 'refused',
      dn,
      address,
      ...(resultCode === undefined ? {} : { resultCode }),
      ...(diagnostic === undefined ? {} : { diagnostic }),
    })
    return { status: 'unfit', sentence: unchangedSentence(change) }
  }
  audit({ event: 'password change', outcome: 'accepted', dn, address })
  return { status: 'changed', found, generation: hasStore() && (await endOtherSessions(found)) }
}

async function endOtherSessions({ person }: FoundPerson): Promise<boolean> {
  const ended = await startSessionGeneration(grantAuthority({ person, role: 'owner', domains: [] }))
  if (ended.status === 'done') return true
  const { dn } = person
  audit({ event: 'sign-out everywhere', outcome: 'refused', dn, diagnostic: ended.diagnostic })
  return false
}

function unchangedSentence(change: Exclude<PasswordChange, { status: 'changed' }> | null): string {
  if (change?.status === 'refused') return unfitSentence(change)
  return 'The directory did not answer, and the password may have been changed or not. Sign in with the new one, or else with the old one.'
}

const INSUFFICIENT_ACCESS = 50
const CONSTRAINT_VIOLATION = 19
const NOT_ALLOWED = 'The directory does not let you change your password yourself. Ask your postmaster.'

/** What is wrong with a new password, by the policy control or else by the result code. */
export function unfitSentence({ resultCode, diagnostic, policy }: PasswordRefusal): string {
  const said = diagnostic === '' ? '' : ` The directory says: ${diagnostic}.`
  switch (policy.error) {
    case 'passwordTooShort':
      return 'The new password is too short for the directory. Choose a longer one.'
    case 'insufficientPasswordQuality':
      return `The new password is too easy to guess for the directory's rules. Choose another.${said}`
    case 'passwordInHistory':
      return 'You have used this password before. Choose one that is new.'
    case 'passwordTooYoung':
      return 'The password was changed a short while ago, and the directory wants it kept for longer. Try again later.'
    case 'passwordModNotAllowed':
      return NOT_ALLOWED
    case 'mustSupplyOldPassword':
    case 'changeAfterReset':
    case 'accountLocked':
    case 'passwordExpired':
    case null:
      break
  }
  if (resultCode === INSUFFICIENT_ACCESS) return NOT_ALLOWED
  if (resultCode === CONSTRAINT_VIOLATION)
    return `The directory does not take this password. Choose another.${said}`
  return `The password was not changed.${said} Try again, or ask your postmaster.`
}

/**
 * password-change - a person sets a new password, with the current one.
 *
 * The directory makes the change, bound as the person (RFC 3062), and its own rules decide; why they refuse is
 * said. The current password is limited like a sign-in: this must be no second door for guessing.
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
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import { audit } from './audit'
import { type Attempt, checkCredentials, type SignInRefusal, typedPassword } from './credentials'

export type PasswordChangeResult =
  /** `found` is the entry before; `generation`: a new generation of sessions has begun. */
  | { readonly status: 'changed'; readonly found: FoundPerson; readonly generation: boolean }
  /** The current password is not accepted. */
  | { readonly status: 'refused'; readonly refusal: SignInRefusal }
  /** The new one is not, and why, for the person. */
  | { readonly status: 'unfit'; readonly reason: Text }

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
  if (!parsed.success) return { status: 'unfit', reason: { key: 'signIn.unfit.missing' } }
  const { current, next, repeated } = parsed.data
  if (next !== repeated) return { status: 'unfit', reason: { key: 'signIn.unfit.differ' } }
  if (next === current) return { status: 'unfit', reason: { key: 'signIn.unfit.same' } }
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
    return { status: 'unfit', reason: unchangedReason(change) }
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

function unchangedReason(change: Exclude<PasswordChange, { status: 'changed' }> | null): Text {
  return change?.status === 'refused' ? unfitReason(change) : { key: 'signIn.unfit.noAnswer' }
}

const INSUFFICIENT_ACCESS = 50
const CONSTRAINT_VIOLATION = 19
const NOT_ALLOWED: Text = { key: 'signIn.unfit.notAllowed' }

/** What is wrong with a new password, by the policy control or else by the result code. */
export function unfitReason({ resultCode, diagnostic, policy }: PasswordRefusal): Text {
  const said: readonly Text[] =
    diagnostic === '' ? [] : [{ key: 'signIn.unfit.directorySays', values: { diagnostic } }]
  switch (policy.error) {
    case 'passwordTooShort':
      return { key: 'signIn.unfit.tooShort' }
    case 'insufficientPasswordQuality':
      return sentences({ key: 'signIn.unfit.tooEasy' }, ...said)
    case 'passwordInHistory':
      return { key: 'signIn.unfit.used' }
    case 'passwordTooYoung':
      return { key: 'signIn.unfit.tooYoung' }
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
  if (resultCode === CONSTRAINT_VIOLATION) return sentences({ key: 'signIn.unfit.notTaken' }, ...said)
  return sentences({ key: 'signIn.unfit.unchanged' }, ...said, { key: 'signIn.unfit.tryAgain' })
}

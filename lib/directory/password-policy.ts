/**
 * password-policy - what a server says about a password beside yes and no.
 *
 * The password policy control of draft-behera-ldap-password-policy-10 section 6, as slapo-ppolicy(5) speaks it.
 * The request is not critical: a server without policies ignores it, and then everything here is null. A
 * response that cannot be read is taken for none; the result code of the bind decides, never this control.
 * slapd says `accountLocked` only with ppolicy_use_lockout, because it tells strangers that the account exists.
 */
import 'server-only'
import { BerReader, Control } from 'ldapts'
import { ResponseControl } from './controls'

const PASSWORD_POLICY = '1.3.6.1.4.1.42.2.27.8.5.1'
const WARNING = 0xa0
const ERROR = 0x81
const TIME_BEFORE_EXPIRATION = 0x80
const GRACE_AUTHENTICATIONS = 0x81

/** The words of the draft, in the order of their numbers. */
const ERRORS = [
  'passwordExpired',
  'accountLocked',
  'changeAfterReset',
  'passwordModNotAllowed',
  'mustSupplyOldPassword',
  'insufficientPasswordQuality',
  'passwordTooShort',
  'passwordTooYoung',
  'passwordInHistory',
] as const

export type PasswordPolicyError = (typeof ERRORS)[number]

export interface PasswordPolicy {
  /** Until the password expires; null when the server does not warn. */
  readonly secondsLeft: number | null
  /** Binds that an expired password still allows; null when it has not expired. */
  readonly graceLogins: number | null
  readonly error: PasswordPolicyError | null
}

const SILENT: PasswordPolicy = { secondsLeft: null, graceLogins: null, error: null }

/** Asks the server to say what the policy says. */
export function passwordPolicyRequest(): Control {
  return new Control(PASSWORD_POLICY, { critical: false })
}

/** Catches what the server says. */
export function passwordPolicyResponse(): ResponseControl {
  return new ResponseControl(PASSWORD_POLICY)
}

/** Reads the value of a response control; null is no control. */
export function readPasswordPolicy(value: Buffer | null): PasswordPolicy {
  if (value === null || value.length === 0) return SILENT
  const reader = new BerReader(value)
  try {
    if (reader.readSequence() === null) return SILENT
    let policy = SILENT
    if (reader.peek() === WARNING && reader.readSequence(WARNING) !== null) {
      const kind = reader.peek()
      const number = kind === null ? null : reader.readTag(kind)
      if (kind === TIME_BEFORE_EXPIRATION) policy = { ...policy, secondsLeft: number }
      if (kind === GRACE_AUTHENTICATIONS) policy = { ...policy, graceLogins: number }
    }
    const number = reader.peek() === ERROR ? reader.readTag(ERROR) : null
    return { ...policy, error: number === null ? null : (ERRORS[number] ?? null) }
  } catch {
    return SILENT
  }
}

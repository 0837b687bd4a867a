/**
 * password - checks a person's password by a bind as that person, and changes it. For lib/auth alone.
 *
 * Each check has a connection of its own, which is closed afterwards: a simple bind (RFC 4513 section 5.1.3) with
 * the password policy control. A change is the Password Modify operation (RFC 3062) on a connection bound as the
 * person, so that the server applies its own rules for quality and history. An empty password is refused here,
 * because for the server it is an anonymous bind that succeeds (RFC 4513 section 5.1.2). Refusals are values.
 */
import 'server-only'
import { BerWriter, ExtendedRequest } from 'ldapts'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { ServerSettings } from '@/lib/postfix/table-access'
import type { Connection } from './connection'
import { octetsOf, OctetBindRequest } from './message'
import {
  type PasswordPolicy,
  passwordPolicyRequest,
  passwordPolicyResponse,
  readPasswordPolicy,
} from './password-policy'
import { serviceSettings } from './service'
import { brokenAt, failure, openConnection, patience } from './session'

const PASSWORD_MODIFY = '1.3.6.1.4.1.4203.1.11.1'
const INVALID_CREDENTIALS = 49
/** Codes of a bind that say nothing about the password: TLS or a stronger method is wanted, busy, unavailable. */
const SERVER_TROUBLE = [8, 13, 51, 52]

export type PasswordCheck =
  /** The bind succeeded. `policy.error` changeAfterReset: nothing but a new password is allowed with it. */
  | {
      readonly status: 'accepted'
      readonly policy: PasswordPolicy
      /** What became of the new password; null when none was to be set. */
      readonly change: PasswordChange | null
    }
  /** Wrong, or the account may not bind; code and text are for the log alone. */
  | PasswordRefusal
  | SearchFailure

/** `failed`: nobody knows whether it was changed. */
export type PasswordChange = { readonly status: 'changed' } | PasswordRefusal | SearchFailure

export interface PasswordRefusal {
  readonly status: 'refused'
  readonly resultCode: number
  readonly diagnostic: string
  readonly policy: PasswordPolicy
}

interface Bound {
  readonly status: 'bound'
  readonly connection: Connection
  readonly settings: ServerSettings
  readonly policy: PasswordPolicy
}

/**
 * Whether the directory accepts this password for this entry, and what its policy says. With a new password, sets
 * it in the same session, because each bind with an expired password may be the last.
 */
export async function checkPassword(dn: string, password: string, next?: string): Promise<PasswordCheck> {
  const bound = await bindAs(dn, password)
  if (bound.status !== 'bound') return bound
  const change = next === undefined ? null : await changePassword(bound, dn, password, next)
  bound.connection.close()
  return { status: 'accepted', policy: bound.policy, change }
}

async function changePassword(
  { connection, settings }: Bound,
  dn: string,
  current: string,
  next: string,
): Promise<PasswordChange> {
  const message = new ExtendedRequest({
    messageId: 0,
    oid: PASSWORD_MODIFY,
    value: modifyValue(dn, current, next),
  })
  message.controls = [passwordPolicyRequest()]
  const response = passwordPolicyResponse()
  const exchange = await connection.exchange(message, patience(settings), [response])
  if (exchange.status === 'broken') return brokenAt('search', exchange)
  const { resultCode, diagnostic } = exchange
  if (resultCode === 0) return { status: 'changed' }
  return { status: 'refused', resultCode, diagnostic, policy: readPasswordPolicy(response.value) }
}

async function bindAs(dn: string, password: string): Promise<Bound | PasswordRefusal | SearchFailure> {
  if (dn === '' || password === '') {
    const policy = readPasswordPolicy(null)
    return { status: 'refused', resultCode: INVALID_CREDENTIALS, diagnostic: 'empty password', policy }
  }
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const opened = await openConnection({ ...settings, bind: 'none' })
  if (opened.status === 'failed') return opened
  const { connection } = opened
  const message = new OctetBindRequest(3, dn, password)
  message.controls = [passwordPolicyRequest()]
  const response = passwordPolicyResponse()
  const exchange = await connection.exchange(message, patience(settings), [response])
  if (exchange.status === 'answered' && exchange.resultCode === 0)
    return { status: 'bound', connection, settings, policy: readPasswordPolicy(response.value) }
  connection.close()
  if (exchange.status === 'broken') return brokenAt('bind', exchange)
  const { resultCode, diagnostic } = exchange
  if (SERVER_TROUBLE.includes(resultCode)) return failure('bind', resultCode, diagnostic)
  return { status: 'refused', resultCode, diagnostic, policy: readPasswordPolicy(response.value) }
}

/** PasswdModifyRequestValue of RFC 3062 section 2. */
function modifyValue(dn: string, current: string, next: string): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeBuffer(octetsOf(dn), 0x80)
  writer.writeBuffer(octetsOf(current), 0x81)
  writer.writeBuffer(octetsOf(next), 0x82)
  writer.endSequence()
  return writer.buffer
}

/**
 * password-reset - gives an entry a new password, as the service account and for a person who may do that.
 *
 * The Password Modify operation (RFC 3062) without the old password, so that the server hashes the new one by its own
 * settings and applies its policy. With LDAP_PROXIED_AUTHORIZATION the directory judges it by the person's own rights
 * (RFC 4370). Nothing is written for whoever looks at the panel as another person. Who may set whose password is
 * decided in lib/changes. It is sent once; when no answer comes, nobody knows whether it was changed.
 */
import 'server-only'
import { BerWriter, ExtendedRequest } from 'ldapts'
import { directoryEnvironment } from '@/lib/environment'
import type { Authority } from './authority'
import { proxiedAuthorizationControl } from './controls'
import { octetsOf } from './message'
import type { PasswordChange } from './password'
import { passwordPolicyRequest, passwordPolicyResponse, readPasswordPolicy } from './password-policy'
import { serviceSettings } from './service'
import { brokenAt, patience, sharedSession } from './session'

const PASSWORD_MODIFY = '1.3.6.1.4.1.4203.1.11.1'
const INSUFFICIENT_ACCESS = 50

/** Sets the password of the entry with this DN. */
export async function resetPassword(
  authority: Authority,
  dn: string,
  password: string,
): Promise<PasswordChange> {
  if (authority.viewer !== null) {
    const diagnostic = 'the panel is seen as another person, and nothing is written then'
    const policy = readPasswordPolicy(null)
    return { status: 'refused', resultCode: INSUFFICIENT_ACCESS, diagnostic, policy }
  }
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const opened = await sharedSession(settings).acquire()
  if (opened.status === 'failed') return opened
  const message = new ExtendedRequest({ messageId: 0, oid: PASSWORD_MODIFY, value: resetValue(dn, password) })
  message.controls = directoryEnvironment().LDAP_PROXIED_AUTHORIZATION
    ? [passwordPolicyRequest(), proxiedAuthorizationControl(authority.person.dn)]
    : [passwordPolicyRequest()]
  const response = passwordPolicyResponse()
  const exchange = await opened.connection.exchange(message, patience(settings), [response])
  if (exchange.status === 'broken') return brokenAt('search', exchange)
  const { resultCode, diagnostic } = exchange
  if (resultCode === 0) return { status: 'changed' }
  return { status: 'refused', resultCode, diagnostic, policy: readPasswordPolicy(response.value) }
}

/** PasswdModifyRequestValue of RFC 3062 section 2, without the old password. */
function resetValue(dn: string, password: string): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeBuffer(octetsOf(dn), 0x80)
  writer.writeBuffer(octetsOf(password), 0x82)
  writer.endSequence()
  return writer.buffer
}

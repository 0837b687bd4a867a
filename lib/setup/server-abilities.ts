/**
 * server-abilities - what the directory server can do of what the panel makes use of.
 *
 * Read from the root DSE (RFC 4512 section 5.1), the settings, and the base of the server's log. The No-Op control is
 * not listed there: the server is asked to rehearse the removal of a value that nobody has, critically, so that one
 * without the control refuses it with 12 and none removes anything. LDAP round trips: three, and those of
 * lib/directory/capabilities.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { capabilities, type Capabilities } from '@/lib/directory/capabilities'
import { CONTROL } from '@/lib/directory/controls'
import { contextStamp } from '@/lib/directory/list-view'
import { rehearseWrite } from '@/lib/directory/rehearsal'
import { directoryEnvironment } from '@/lib/environment'
import { findLog } from '@/lib/history/server-log'
import type { SearchFailure } from '@/lib/ldap/directory-view'

/** RFC 3062. */
const PASSWORD_MODIFY = '1.3.6.1.4.1.4203.1.11.1'
/** draft-behera-ldap-password-policy. */
const PASSWORD_POLICY = '1.3.6.1.4.1.42.2.27.8.5.1'
const UNAVAILABLE_CRITICAL_EXTENSION = 12

export const ABILITIES = [
  'assertion',
  'rehearsal',
  'sortedLists',
  'passwordModify',
  'passwordPolicy',
  'changeStamp',
  'serverLog',
  'proxiedAuthorization',
] as const

export type AbilityName = (typeof ABILITIES)[number]

/** `off`: the server can, and the settings do not ask for it. `unknown`: it could not be found out. */
export type AbilityState = 'yes' | 'no' | 'off' | 'unknown'

export interface ServerAbilities {
  readonly status: 'known'
  /** What the server calls itself; empty if it does not. */
  readonly vendor: string
  readonly abilities: readonly { readonly name: AbilityName; readonly state: AbilityState }[]
}

/** What the server of the service account can do. */
export async function serverAbilities(authority: Authority): Promise<ServerAbilities | SearchFailure> {
  const known = await capabilities()
  if (known.status === 'failed') return known
  const { LDAP_MAIL_BASE } = directoryEnvironment()
  const [rehearsal, stamp, log] = await Promise.all([
    rehearsalState(authority),
    contextStamp(LDAP_MAIL_BASE),
    logState(authority),
  ])
  const states: Readonly<Record<AbilityName, AbilityState>> = {
    ...listedAbilities(known),
    rehearsal,
    changeStamp: stamp === '' ? 'no' : 'yes',
    serverLog: log,
  }
  return {
    status: 'known',
    vendor: known.vendor,
    abilities: ABILITIES.map((name) => ({ name, state: states[name] })),
  }
}

/** Those that the root DSE lists. */
function listedAbilities({
  controls,
  extensions,
}: Capabilities): Omit<
  Readonly<Record<AbilityName, AbilityState>>,
  'rehearsal' | 'changeStamp' | 'serverLog'
> {
  const listed = (isListed: boolean): AbilityState => (isListed ? 'yes' : 'no')
  const canActFor = controls.has(CONTROL.proxiedAuthorization)
  return {
    assertion: listed(controls.has(CONTROL.assertion)),
    sortedLists: listed(controls.has(CONTROL.sortRequest) && controls.has(CONTROL.listViewRequest)),
    passwordModify: listed(extensions.has(PASSWORD_MODIFY)),
    passwordPolicy: listed(controls.has(PASSWORD_POLICY)),
    proxiedAuthorization:
      canActFor && !directoryEnvironment().LDAP_PROXIED_AUTHORIZATION ? 'off' : listed(canActFor),
  }
}

async function rehearsalState(authority: Authority): Promise<AbilityState> {
  const { LDAP_MAIL_BASE: dn } = directoryEnvironment()
  const values = ['no entry has this value: Postbook asks whether the server can rehearse']
  const modifications = [{ operation: 'delete' as const, attribute: 'description', values }]
  const result = await rehearseWrite(authority, { type: 'modify', dn, modifications }, { asService: true })
  if (result.status === 'connectionLost') return 'unknown'
  return result.status === 'refused' && result.resultCode === UNAVAILABLE_CRITICAL_EXTENSION ? 'no' : 'yes'
}

async function logState(authority: Authority): Promise<AbilityState> {
  const log = await findLog(authority)
  if (log === null) return directoryEnvironment().LDAP_ACCESSLOG_BASE === '' ? 'off' : 'no'
  return typeof log === 'string' ? 'yes' : 'unknown'
}

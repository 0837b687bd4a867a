/**
 * settings-in-use - the settings of this process as they are understood, never a secret, and what runs it.
 */
import 'server-only'
import { directoryEnvironment, shownSettings } from '@/lib/environment'
import type { ShownSetting } from '@/lib/shown-settings'
import packageFile from '@/package.json'
import { type ConnectionSecurity, securityOf } from './connection'

export interface SettingsInUse {
  readonly settings: readonly ShownSetting[]
  /** Of Postbook. */
  readonly version: string
  /** Of Node. */
  readonly node: string
}

/** All settings, and the versions. */
export function settingsInUse(): SettingsInUse {
  return { settings: shownSettings(), version: packageFile.version, node: process.versions.node }
}

export interface ServerConnection {
  readonly uri: string
  readonly security: ConnectionSecurity
}

/** The addresses of the directory in the order in which they are tried. */
export function connections(): readonly ServerConnection[] {
  const { LDAP_URL, LDAP_START_TLS } = directoryEnvironment()
  return LDAP_URL.map((uri) => ({ uri, security: securityOf(uri, LDAP_START_TLS) }))
}

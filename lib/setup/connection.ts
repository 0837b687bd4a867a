/**
 * connection - how the panel reaches the directory, as far as the settings tell. Pure.
 */
export type ConnectionSecurity =
  /** ldapi: a socket of this machine. */
  | 'socket'
  /** ldaps. */
  | 'tls'
  | 'startTls'
  /** In clear text, on this machine alone. */
  | 'loopback'
  /** In clear text over a network, as LDAP_ALLOW_CLEAR_TEXT lets it. */
  | 'clear'

/** How this address is reached. */
export function securityOf(uri: string, startTls: boolean): ConnectionSecurity {
  if (/^ldapi:/i.test(uri)) return 'socket'
  if (/^ldaps:/i.test(uri)) return 'tls'
  if (startTls) return 'startTls'
  const host = /^ldap:\/\/(\[[^\]]*\]|[^:/?]*)/i.exec(uri)?.[1]?.toLowerCase() ?? ''
  return /^(|localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) ? 'loopback' : 'clear'
}

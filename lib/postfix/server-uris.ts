/**
 * server-uris - the LDAP URIs of a table's server_host.
 *
 * Items that are LDAP URLs give their scheme, host and port; a URL that does not parse is skipped with an
 * error line. Any other item becomes a host, with server_port unless a `:` stands in it. Such a URI may be
 * unusable, which shows only when the table is asked.
 *
 * Authority: ldap_table(5) server_host; dict_ldap_open (dict_ldap.c).
 */
import { error, warning } from './diagnostic'
import type { Diagnostic } from './lookup-result'
import { ldapErrorText } from './ldap-error-text'
import { isLdapUrl, parseLdapUrl } from './ldap-url'

export interface ServerUris {
  readonly uris: readonly string[]
  /** ldaps and ldapi force version 3. */
  readonly version: 2 | 3
  readonly diagnostics: readonly Diagnostic[]
}

/** Items of a list of names: split at comma and white space. */
export function splitNames(text: string): readonly string[] {
  return text.split(/[, \t\r\n]+/).filter((name) => name !== '')
}

/** The URIs of server_host in their order. */
export function serverUris(serverHost: string, serverPort: number, version: 2 | 3): ServerUris {
  const uris: string[] = []
  const diagnostics: Diagnostic[] = []
  let used = version
  for (const item of splitNames(serverHost)) {
    if (!isLdapUrl(item)) {
      uris.push(item.includes(':') ? `ldap://${item}` : `ldap://${item}:${serverPort}`)
      continue
    }
    const url = parseLdapUrl(item)
    if ('code' in url) {
      const text = `dict_ldap_open: error parsing URL ${item}: ${url.code}: ${ldapErrorText(url.code)}; skipping`
      diagnostics.push(error(`cf.bad-url:${url.code}`, text))
      continue
    }
    if (url.scheme !== 'ldap' && used !== 3) {
      const text = `dict_ldap_open: URL scheme ${url.scheme} requires protocol version 3`
      diagnostics.push(warning('cf.scheme-needs-v3', text))
      used = 3
    }
    uris.push(`${url.scheme}://${url.hostPort}`)
  }
  return { uris, version: used, diagnostics }
}

/** The first URI that the client library refuses, which makes every lookup an error; null if none. */
export function unusableUri(uris: readonly string[]): string | null {
  return uris.find((uri) => 'code' in parseLdapUrl(uri)) ?? null
}

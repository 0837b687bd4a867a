/**
 * ldap-url - LDAP URLs as OpenLDAP's client library reads them.
 *
 * Wanted in two places: items of server_host, and values of special result attributes. The library is laxer
 * than RFC 4516: `<URL:...>` wrapping, a scope `subtree`, a default filter. A URL that it refuses gives its
 * error number, which Postfix logs.
 *
 * Authority: ldap_url(3), ldap_is_ldap_url and ldap_url_parse of OpenLDAP 2.5; RFC 4516.
 */
import type { Scope } from '@/lib/ldap/directory-view'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'

export interface LdapUrl {
  readonly scheme: 'ldap' | 'ldaps' | 'ldapi' | 'pldap' | 'pldaps'
  /** Host and port as written, which is all of a URL that opens a connection. */
  readonly hostPort: string
  readonly dn: string
  readonly attributes: readonly string[]
  readonly scope: Scope
  readonly filter: string
}

/** LDAP_URL_ERR_* of ldap.h. */
export interface LdapUrlError {
  readonly code: 4 | 5 | 8 | 9 | 10
}

const PREFIX = /^(<?)(?:URL:)?(p?ldaps?|ldapi):\/\//i

const SCHEMES: ReadonlyMap<string, LdapUrl['scheme']> = new Map([
  ['ldap', 'ldap'],
  ['ldaps', 'ldaps'],
  ['ldapi', 'ldapi'],
  ['pldap', 'pldap'],
  ['pldaps', 'pldaps'],
])

const SCOPES: ReadonlyMap<string, LdapUrl['scope']> = new Map([
  ['base', 'base'],
  ['one', 'one'],
  ['onelevel', 'one'],
  ['sub', 'sub'],
  ['subtree', 'sub'],
  ['subord', 'subordinate'],
  ['subordinate', 'subordinate'],
  ['children', 'subordinate'],
])

/** Whether the library takes the text for an LDAP URL at all. */
export function isLdapUrl(text: string): boolean {
  return PREFIX.test(text)
}

/** Parses text for which {@link isLdapUrl} holds; an error number for anything else or malformed. */
export function parseLdapUrl(text: string): LdapUrl | LdapUrlError {
  const match = PREFIX.exec(text)
  if (match === null) return { code: 5 }
  let rest = text.slice(match[0].length)
  if (match[1] === '<') {
    if (!rest.endsWith('>')) return { code: 4 }
    rest = rest.slice(0, -1)
  }
  const slash = rest.indexOf('/')
  const hostPort = slash < 0 ? rest : rest.slice(0, slash)
  const scheme = SCHEMES.get((match[2] ?? '').toLowerCase()) ?? 'ldap'
  if (scheme !== 'ldapi' && !isHostPort(hostPort)) return { code: 5 }
  const parts = slash < 0 ? [''] : rest.slice(slash + 1).split('?')
  const [dn = '', attributes = '', scope = '', filter = '', extensions] = parts
  const scopeName = SCOPES.get(unescape(scope).toLowerCase())
  if (scope !== '' && scopeName === undefined) return { code: 8 }
  if (filter !== '' && unescape(filter) === '') return { code: 9 }
  if (parts.length > 5) return { code: 5 }
  if (extensions === '') return { code: 10 }
  return {
    scheme,
    hostPort,
    dn: unescape(dn),
    attributes: unescape(attributes)
      .split(',')
      .filter((name) => name !== ''),
    scope: scopeName ?? 'base',
    filter: filter === '' ? '(objectClass=*)' : unescape(filter),
  }
}

/** A host, or an IPv6 address in brackets, with an optional decimal port. */
function isHostPort(text: string): boolean {
  const port = text.startsWith('[') ? /^\[[^\]]*\](?::(.*))?$/.exec(text) : /^[^:]*(?::(.*))?$/.exec(text)
  if (port === null) return false
  return port[1] === undefined || /^[ \t]*[+-]?\d+$/.test(port[1])
}

/** Undoes %XX; the library empties a part that has a bad escape. */
function unescape(part: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(part)) return ''
  const octets = encodeOctets(part)
  const decoded: number[] = []
  for (let at = 0; at < octets.length; at += 1) {
    const octet = octets[at] ?? 0
    if (octet === 0x25) {
      decoded.push(Number.parseInt(String.fromCharCode(octets[at + 1] ?? 0, octets[at + 2] ?? 0), 16))
      at += 2
    } else decoded.push(octet)
  }
  return decodeOctets(Uint8Array.from(decoded))
}

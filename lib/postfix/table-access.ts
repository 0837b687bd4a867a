/**
 * table-access - what the pure lookup code needs from outside: files, and a directory for each table's server.
 */
import type { Dereference, DirectoryView } from '@/lib/ldap/directory-view'

/** Where and as whom an LDAP table searches; the connection parameters of ldap_table(5), checked and defaulted. */
export interface ServerSettings {
  /** LDAP URIs in the order in which they are tried. */
  readonly uris: readonly string[]
  readonly version: 2 | 3
  readonly bind: 'none' | 'simple' | 'sasl'
  readonly bindDn: string
  readonly bindPassword: string
  /** Seconds; for connect, bind and search. */
  readonly timeout: number
  readonly dereference: Dereference
  readonly chaseReferrals: boolean
  readonly startTls: boolean
  readonly tls: TlsSettings
  /** Only with bind `sasl`. */
  readonly sasl?: SaslSettings
}

export interface SaslSettings {
  /** Mechanism names as written; empty lets the library choose. */
  readonly mechanisms: string
  readonly realm: string
  readonly authorizationId: string
  readonly minimumStrength: number
}

export interface TlsSettings {
  readonly requireCertificate: boolean
  readonly caFile: string
  readonly caDirectory: string
  readonly certificateFile: string
  readonly keyFile: string
  readonly cipherSuite: string
}

export type FileContent =
  | { readonly status: 'read'; readonly octets: Uint8Array }
  | { readonly status: 'missing' | 'directory' | 'unreadable'; readonly reason: string }

/** What the lookup code is given; a test passes maps, the panel passes disk and network. */
export interface TableAccess {
  readFile(path: string): FileContent
  /** One view per table; tables with equal settings may share a connection. No connection is made here. */
  openDirectory(settings: ServerSettings): DirectoryView
}

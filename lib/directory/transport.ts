/**
 * transport - the byte stream to one LDAP server: TCP, TLS or a local socket.
 *
 * Understands the LDAP URIs of ldap_table(5) and OpenLDAP: ldap://, ldaps:// and ldapi:// with the path of
 * the socket percent-encoded as the host. TLS follows the table's settings as ldap_table(5) words them:
 * without tls_require_cert the certificate is not checked at all, a CA file that cannot be read is an error in
 * any case. `cipherSuite` is not applied: its syntax belongs to the TLS library that libldap was built with,
 * and it has no influence on answers. Failures are values with a result code as in libldap: -1 when the
 * server cannot be reached, -11 when TLS fails on an open connection, -9 for a URI that is none.
 */
import 'server-only'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import type { ConnectionOptions } from 'node:tls'
import type { TlsSettings } from '@/lib/postfix/table-access'

export type ServerAddress =
  | { readonly scheme: 'ldap' | 'ldaps'; readonly host: string; readonly port: number }
  | { readonly scheme: 'ldapi'; readonly path: string }

export type Dialled<Stream extends net.Socket = net.Socket> =
  | { readonly status: 'open'; readonly socket: Stream }
  | { readonly status: 'failed'; readonly resultCode: number; readonly diagnostic: string }

const DEFAULT_LOCAL_SOCKET = '/var/run/slapd/ldapi'
/** Where Debian, Red Hat and SUSE keep the certificates that libldap trusts when no CA file is set. */
const SYSTEM_CERTIFICATES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
]

/** The address that an LDAP URI names; null if it is no LDAP URI. A DN, scope or filter in it is ignored. */
export function parseServerUri(uri: string): ServerAddress | null {
  const match = /^(ldaps?|ldapi):\/\/([^/?]*)/i.exec(uri.trim())
  if (match === null) return null
  const scheme = match[1]?.toLowerCase()
  const authority = match[2] ?? ''
  if (scheme === 'ldapi') {
    const socketPath = percentDecoded(authority)
    return socketPath === null
      ? null
      : { scheme, path: socketPath === '' ? DEFAULT_LOCAL_SOCKET : socketPath }
  }
  if (scheme !== 'ldap' && scheme !== 'ldaps') return null
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority)
  if (parts === null) return null
  const host = (parts[1] ?? '').replace(/^\[|\]$/g, '')
  const port = parts[2] === undefined || parts[2] === '' ? (scheme === 'ldaps' ? 636 : 389) : Number(parts[2])
  return port > 65535 ? null : { scheme, host: host === '' ? 'localhost' : host, port }
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Opens the stream; for ldaps the TLS handshake is part of it. */
export async function dial(
  address: ServerAddress,
  settings: TlsSettings,
  milliseconds: number,
): Promise<Dialled> {
  const socket =
    address.scheme === 'ldapi'
      ? net.connect(address.path)
      : net.connect({ host: address.host, port: address.port })
  const opened = await settled(socket, 'connect', milliseconds, -1)
  if (opened.status === 'failed') return opened
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 30_000)
  return address.scheme === 'ldaps' ? secure(socket, address.host, settings, milliseconds, -1) : opened
}

/** Starts TLS on an open stream. */
export async function secure(
  socket: net.Socket,
  host: string,
  settings: TlsSettings,
  milliseconds: number,
  resultCode: number,
): Promise<Dialled> {
  const options = tlsOptions(settings)
  if (typeof options === 'string') {
    socket.destroy()
    return { status: 'failed', resultCode, diagnostic: options }
  }
  try {
    // Only here: a command that needs no TLS starts sooner without it.
    const tls = await import('node:tls')
    const stream = tls.connect({
      ...options,
      socket,
      ...(net.isIP(host) === 0 ? { servername: host } : { host }),
    })
    return await settled(stream, 'secureConnect', milliseconds, resultCode)
  } catch (error) {
    socket.destroy()
    return { status: 'failed', resultCode, diagnostic: reason(error) }
  }
}

function settled<Stream extends net.Socket>(
  socket: Stream,
  event: 'connect' | 'secureConnect',
  milliseconds: number,
  resultCode: number,
): Promise<Dialled<Stream>> {
  return new Promise((resolve) => {
    const finish = (result: Dialled<Stream>): void => {
      clearTimeout(timer)
      socket.off(event, opened).off('error', failed).off('close', closed)
      if (result.status === 'failed') {
        // A late error of a stream that was given up must not end the process.
        socket.on('error', () => undefined)
        socket.destroy()
      }
      resolve(result)
    }
    const opened = (): void => {
      finish({ status: 'open', socket })
    }
    const failed = (error: Error): void => {
      finish({ status: 'failed', resultCode, diagnostic: reason(error) })
    }
    const closed = (): void => {
      finish({ status: 'failed', resultCode, diagnostic: 'the server closed the connection' })
    }
    const timer = setTimeout(() => {
      finish({
        status: 'failed',
        resultCode,
        diagnostic: `no connection within ${String(milliseconds / 1000)} s`,
      })
    }, milliseconds)
    socket.once(event, opened).once('error', failed).once('close', closed)
  })
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Several addresses for one name fail together in an AggregateError without a text of its own.
  return error instanceof AggregateError ? error.errors.map(reason).join('; ') : error.message
}

/** Options for tls.connect, or why they cannot be made. */
function tlsOptions(settings: TlsSettings): ConnectionOptions | string {
  try {
    const authorities = certificateAuthorities(settings)
    return {
      rejectUnauthorized: settings.requireCertificate,
      ...(authorities.length > 0 ? { ca: authorities } : {}),
      ...(settings.certificateFile === '' ? {} : { cert: readFileSync(settings.certificateFile) }),
      ...(settings.keyFile === '' ? {} : { key: readFileSync(settings.keyFile) }),
    }
  } catch (error) {
    return reason(error)
  }
}

function certificateAuthorities(settings: TlsSettings): Buffer[] {
  const files: string[] = []
  if (settings.caFile !== '') files.push(settings.caFile)
  if (settings.caDirectory !== '') {
    files.push(...readdirSync(settings.caDirectory).map((name) => path.join(settings.caDirectory, name)))
  }
  if (files.length > 0) return files.map((file) => readFileSync(file))
  const system = SYSTEM_CERTIFICATES.find((file) => existsSync(file))
  return system === undefined ? [] : [readFileSync(system)]
}

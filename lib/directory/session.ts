/**
 * session - a connection with an identity, opened when needed and shared by all who need the same.
 *
 * Opening is: the servers in order until one can be reached, StartTLS, bind. As in libldap only a server that
 * cannot be reached is skipped; one that refuses TLS or the bind, or is silent, is a failure. Callers that come
 * at the same time share one attempt. A connection that has ended or has been given up is replaced at the next
 * call, bound again before anyone may use it. Failures are SearchFailure values and are not kept.
 */
import 'server-only'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { ServerSettings } from '@/lib/postfix/table-access'
import { Connection } from './connection'
import type { Exchange } from './connection'
import { dial, parseServerUri } from './transport'
import type { ServerAddress } from './transport'

export type Opened = { readonly status: 'open'; readonly connection: Connection } | SearchFailure

/** setTimeout fires at once for more. */
const LONGEST_PATIENCE = 2 ** 31 - 1

/** Longest wait for one answer, in milliseconds; a negative timeout has none. */
export function patience(settings: ServerSettings): number {
  return settings.timeout < 0 ? LONGEST_PATIENCE : settings.timeout * 1000
}

/** A search failure of this stage. */
export function failure(
  stage: SearchFailure['stage'],
  resultCode: number,
  diagnostic: string,
): SearchFailure {
  return { status: 'failed', stage, resultCode, diagnostic }
}

/** Opens a connection of one's own, bound as the settings say. Whoever opens it closes it. */
export async function openConnection(settings: ServerSettings): Promise<Opened> {
  if (settings.bind === 'sasl') return failure('bind', -6, 'SASL binds are not supported here')
  if (settings.timeout === 0) return failure('search', -9, 'timeout must not be zero')
  const addresses: ServerAddress[] = []
  for (const uri of settings.uris) {
    const address = parseServerUri(uri)
    if (address === null) return failure('connect', -9, `${uri} is not an LDAP URI`)
    addresses.push(address)
  }
  let last = failure('connect', -1, 'no server is named')
  for (const [index, address] of addresses.entries()) {
    const dialled = await dial(address, settings.tls, patience(settings))
    if (dialled.status === 'open') return identify(new Connection(dialled.socket), address, settings)
    last = failure('connect', dialled.resultCode, `${settings.uris[index] ?? ''}: ${dialled.diagnostic}`)
  }
  return last
}

async function identify(
  connection: Connection,
  address: ServerAddress,
  settings: ServerSettings,
): Promise<Opened> {
  if (settings.startTls) {
    const host = address.scheme === 'ldapi' ? 'localhost' : address.host
    const secured =
      address.scheme === 'ldaps'
        ? { status: 'failed' as const, resultCode: 1, diagnostic: 'TLS is already in use' }
        : await connection.startTls(host, settings.tls, patience(settings))
    if (secured.status === 'failed') {
      connection.close()
      return failure('startTls', secured.resultCode, secured.diagnostic)
    }
  }
  if (settings.bind === 'none') return { status: 'open', connection }
  const bound = await connection.bind(
    settings.version,
    settings.bindDn,
    settings.bindPassword,
    patience(settings),
  )
  if (bound.status === 'answered' && bound.resultCode === 0) return { status: 'open', connection }
  connection.close()
  return bound.status === 'broken'
    ? brokenAt('bind', bound)
    : failure('bind', bound.resultCode, bound.diagnostic)
}

/** The failure for an exchange that got no answer. */
export function brokenAt(
  stage: SearchFailure['stage'],
  broken: Extract<Exchange, { status: 'broken' }>,
): SearchFailure {
  return failure(stage, broken.timedOut ? -5 : -1, broken.diagnostic)
}

/** A connection that is there when asked for. */
export class Session {
  readonly settings: ServerSettings
  #current: Connection | null = null
  #opening: Promise<Opened> | null = null

  constructor(settings: ServerSettings) {
    this.settings = settings
  }

  /** The connection, opened and bound if it is not; all who wait share one attempt. */
  acquire(): Promise<Opened> {
    if (this.#current?.usable === true) return Promise.resolve({ status: 'open', connection: this.#current })
    this.#opening ??= this.#open()
    return this.#opening
  }

  /** Ends the connection, if there is one. */
  close(): void {
    this.#current?.close()
    this.#current = null
  }

  async #open(): Promise<Opened> {
    try {
      const opened = await openConnection(this.settings)
      this.#current = opened.status === 'open' ? opened.connection : null
      return opened
    } finally {
      this.#opening = null
    }
  }
}

const MOST_SESSIONS = 64
const holder = globalThis as typeof globalThis & { postbookSessions?: Map<string, Session> }

/** The session of the process for these settings. It is on globalThis, because a server bundle may load this module twice. */
export function sharedSession(settings: ServerSettings): Session {
  const sessions = (holder.postbookSessions ??= new Map<string, Session>())
  const key = JSON.stringify(settings)
  const known = sessions.get(key)
  if (known !== undefined) return known
  const session = new Session(settings)
  sessions.set(key, session)
  for (const [oldKey, old] of sessions) {
    if (sessions.size <= MOST_SESSIONS) break
    sessions.delete(oldKey)
    old.close()
  }
  return session
}

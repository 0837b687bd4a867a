/**
 * connection - one LDAP session over one byte stream (RFC 4511 sections 4.1.1, 4.3, 4.11 and 4.14).
 *
 * Requests are pipelined. The session belongs to its stream: when the stream ends, the connection is over for
 * good, so that no request can ever go out on a new stream with another identity (see the decision on ldapts
 * in docs/decisions). A request without an answer in time is abandoned, and the connection takes no new
 * requests; those under way may still finish. Failures are values that say whether the request had been sent.
 */
import 'server-only'
import type { Socket } from 'node:net'
import type { AddResponse, Control } from 'ldapts'
import { AbandonRequest, ExtendedRequest, MessageParser, SearchReference, UnbindRequest } from 'ldapts'
import type { Entry } from '@/lib/ldap/entry'
import type { TlsSettings } from '@/lib/postfix/table-access'
import { OctetBindRequest } from './message'
import { MessageReader } from './message-reader'
import type { Dialled } from './transport'
import { secure } from './transport'

/** slapd ends a session with more than 100 requests waiting (conn_max_pending of slapd.conf(5)); stay far below. */
const MOST_IN_FLIGHT = 32
const IDLE_MILLISECONDS = 60_000
/** setTimeout fires at once for more. */
const LONGEST_TIMEOUT = 2 ** 31 - 1
const START_TLS = '1.3.6.1.4.1.1466.20037'

/** A request of ldapts; the package does not export the name. */
type Message =
  Parameters<MessageParser['read']>[1] extends Map<string, { message: infer Request }> ? Request : never

/** What all responses of ldapts have. */
type Response = Pick<AddResponse, 'messageId' | 'status' | 'errorMessage' | 'controls'>

export interface Answered {
  readonly status: 'answered'
  readonly resultCode: number
  readonly diagnostic: string
  readonly entries: readonly Entry[]
  /** How many search references came between them (RFC 4511 section 4.5.3); they are not followed. */
  readonly references: number
  /** The response controls that ldapts knows. */
  readonly controls: readonly Control[]
}

export interface Broken {
  readonly status: 'broken'
  /** False: the request surely never left. */
  readonly sent: boolean
  /** The server is silent; else the stream ended. */
  readonly timedOut: boolean
  readonly diagnostic: string
}

export type Exchange = Answered | Broken

interface Pending {
  readonly message: Message
  readonly entries: Entry[]
  references: number
  readonly resolve: (exchange: Exchange) => void
  readonly timer: NodeJS.Timeout
}

interface Waiting {
  readonly message: Message
  readonly milliseconds: number
  readonly catchers: readonly Control[]
  readonly resolve: (exchange: Exchange) => void
}

export class Connection {
  #socket: Socket
  #parser = new MessageParser()
  #lastId = 0
  #over: string | null = null
  #retired = false
  #idle: NodeJS.Timeout | undefined
  readonly #pending = new Map<string, Pending>()
  readonly #waiting: Waiting[] = []

  constructor(socket: Socket) {
    this.#socket = socket
    this.#attach(socket)
    this.#rest()
  }

  /** Whether new requests may be given to it. */
  get usable(): boolean {
    return this.#over === null && !this.#retired
  }

  /** Sends a request and waits for its result; `catchers` receive response controls. Never throws. */
  exchange(message: Message, milliseconds: number, catchers: readonly Control[] = []): Promise<Exchange> {
    return new Promise((resolve) => {
      if (this.#over !== null) {
        resolve({ status: 'broken', sent: false, timedOut: false, diagnostic: this.#over })
        return
      }
      const waiting = { message, milliseconds: Math.min(milliseconds, LONGEST_TIMEOUT), catchers, resolve }
      if (this.#pending.size >= MOST_IN_FLIGHT) this.#waiting.push(waiting)
      else this.#send(waiting)
    })
  }

  /** Simple bind. The connection must not have been shared before. */
  bind(version: 2 | 3, dn: string, password: string, milliseconds: number): Promise<Exchange> {
    return this.exchange(new OctetBindRequest(version, dn, password), milliseconds)
  }

  /** StartTLS (RFC 4511 section 4.14). The connection must not have been shared before. */
  async startTls(host: string, settings: TlsSettings, milliseconds: number): Promise<Dialled> {
    const reply = await this.exchange(new ExtendedRequest({ messageId: 0, oid: START_TLS }), milliseconds)
    if (reply.status === 'broken') {
      return { status: 'failed', resultCode: reply.timedOut ? -5 : -1, diagnostic: reply.diagnostic }
    }
    if (reply.resultCode !== 0) {
      return { status: 'failed', resultCode: reply.resultCode, diagnostic: reply.diagnostic }
    }
    // Whatever came in clear text after the answer is thrown away with its parser.
    this.#parser.removeAllListeners()
    this.#socket.removeAllListeners()
    this.#parser = new MessageParser()
    const secured = await secure(this.#socket, host, settings, milliseconds, -11)
    if (secured.status === 'failed') {
      this.#end(secured.diagnostic)
      return secured
    }
    this.#socket = secured.socket
    this.#attach(secured.socket)
    return secured
  }

  /** Ends the session: unbind, then the stream. Requests under way are broken. */
  close(): void {
    if (this.#over !== null) return
    this.#socket.write(new UnbindRequest({ messageId: this.#nextId() }).write())
    this.#end('the connection was closed')
  }

  #attach(socket: Socket): void {
    this.#parser.on('message', (message) => {
      this.#receive(message)
    })
    this.#parser.on('error', (error) => {
      this.#end(`the server sent what is no LDAP message: ${error.message}`)
    })
    const parser = this.#parser
    const reader = new MessageReader()
    socket.on('data', (octets) => {
      const arrived = reader.read(octets)
      if (arrived === null) this.#end('the server sent what is no LDAP message')
      for (const message of arrived ?? []) {
        if (this.#over !== null) return
        if (message.type === 'other') parser.read(message.octets, this.#pending)
        else this.#pending.get(String(message.messageId))?.entries.push(message.entry)
      }
    })
    socket.on('error', (error) => {
      this.#end(error.message)
    })
    socket.on('close', () => {
      this.#end('the server closed the connection')
    })
    socket.on('end', () => {
      this.#end('the server closed the connection')
    })
  }

  #nextId(): number {
    this.#lastId = this.#lastId >= LONGEST_TIMEOUT ? 1 : this.#lastId + 1
    return this.#lastId
  }

  #send({ message, milliseconds, catchers, resolve }: Waiting): void {
    message.messageId = this.#nextId()
    const octets = message.write()
    message.controls = [...catchers]
    const id = String(message.messageId)
    const timer = setTimeout(() => {
      this.#giveUp(id, milliseconds)
    }, milliseconds)
    this.#pending.set(id, { message, entries: [], references: 0, resolve, timer })
    clearTimeout(this.#idle)
    const socket = this.#socket
    socket.ref()
    // Requests that are made at the same time leave in one piece.
    socket.cork()
    socket.write(octets)
    process.nextTick(() => {
      socket.uncork()
    })
  }

  #receive(message: Response): void {
    // Message 0 is unsolicited: the only one in use says that the server is about to close (section 4.4.1).
    if (message.messageId === 0) {
      this.#end(message.errorMessage === '' ? 'the server ended the session' : message.errorMessage)
      return
    }
    const pending = this.#pending.get(String(message.messageId))
    if (pending === undefined) return
    if (message instanceof SearchReference) {
      pending.references += 1
      return
    }
    this.#settle(String(message.messageId), {
      status: 'answered',
      resultCode: message.status,
      diagnostic: message.errorMessage,
      entries: pending.entries,
      references: pending.references,
      controls: message.controls ?? [],
    })
  }

  #settle(id: string, exchange: Exchange): void {
    const pending = this.#pending.get(id)
    if (pending === undefined) return
    clearTimeout(pending.timer)
    this.#pending.delete(id)
    pending.resolve(exchange)
    const next = this.#over === null ? this.#waiting.shift() : undefined
    if (next !== undefined) this.#send(next)
    else if (this.#pending.size === 0) this.#rest()
  }

  #giveUp(id: string, milliseconds: number): void {
    const pending = this.#pending.get(id)
    if (pending === undefined) return
    this.#retired = true
    this.#socket.write(
      new AbandonRequest({ messageId: this.#nextId(), abandonId: pending.message.messageId }).write(),
    )
    const diagnostic = `no answer within ${String(milliseconds / 1000)} s`
    this.#flush(diagnostic)
    this.#settle(id, { status: 'broken', sent: true, timedOut: true, diagnostic })
  }

  /** Requests that had to wait go back unsent, to be tried on another connection. */
  #flush(diagnostic: string): void {
    for (const { resolve } of this.#waiting.splice(0)) {
      resolve({ status: 'broken', sent: false, timedOut: false, diagnostic })
    }
  }

  /** Nothing is under way: let the process end, and close after a while. */
  #rest(): void {
    if (this.#over !== null) return
    if (this.#retired) {
      this.close()
      return
    }
    this.#socket.unref()
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.close()
    }, IDLE_MILLISECONDS).unref()
  }

  #end(diagnostic: string): void {
    if (this.#over !== null) return
    this.#over = diagnostic
    clearTimeout(this.#idle)
    this.#socket.on('error', () => undefined)
    this.#socket.end()
    this.#socket.destroySoon()
    this.#flush(diagnostic)
    for (const id of [...this.#pending.keys()]) {
      this.#settle(id, { status: 'broken', sent: true, timedOut: false, diagnostic })
    }
  }
}

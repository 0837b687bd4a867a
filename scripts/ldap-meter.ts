/**
 * ldap-meter - hands LDAP connections on to a slapd, and counts what goes over them.
 *
 * An operation is a request message (RFC 4511 section 4.1.1), unbind and abandon left out. A round trip is a time
 * at which a request is sent while none is under way, on any connection: requests that are sent together, or
 * before the answers to others have come, cost their wait once. Listens on a free loopback port.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface LdapCount {
  readonly operations: number
  readonly roundTrips: number
}

export interface LdapMeter {
  readonly port: number
  /** What was counted since the last call. */
  take(): LdapCount
  close(): Promise<void>
}

const UNANSWERED = new Set([0x42, 0x50])
/** bindResponse, searchResDone, modifyResponse, addResponse, delResponse, modDNResponse, compareResponse, extendedResp. */
const LAST_ANSWERS = new Set([0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78])

/** Starts a meter in front of this port. */
export async function startLdapMeter(target: number): Promise<LdapMeter> {
  const open = new Set<Socket>()
  let underWay = 0
  let operations = 0
  let roundTrips = 0
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: target })
    let mine = 0
    const requests = operationTags((tag) => {
      if (UNANSWERED.has(tag)) return
      operations += 1
      if (underWay === 0) roundTrips += 1
      underWay += 1
      mine += 1
    })
    const answers = operationTags((tag) => {
      if (!LAST_ANSWERS.has(tag)) return
      underWay -= 1
      mine -= 1
    })
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        underWay -= mine
        mine = 0
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (octets: Buffer) => {
      requests(octets)
      upstream.write(octets)
    })
    upstream.on('data', (octets: Buffer) => {
      answers(octets)
      client.write(octets)
    })
  })
  await new Promise<void>((settle) => {
    server.listen(0, '127.0.0.1', settle)
  })
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const count = { operations, roundTrips }
      operations = 0
      roundTrips = 0
      return count
    },
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((settle) => {
        server.close(() => {
          settle()
        })
      })
    },
  }
}

/** Finds the protocolOp tag of each LDAPMessage in a stream that comes in pieces. */
function operationTags(found: (tag: number) => void): (octets: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (octets) => {
    rest = rest.length === 0 ? octets : Buffer.concat([rest, octets])
    for (;;) {
      const message = header(rest)
      if (message === null || rest.length < message.start + message.length) return
      const { start, length } = message
      found(rest[start + 2 + (rest[start + 1] ?? 0)] ?? 0)
      rest = rest.subarray(start + length)
    }
  }
}

function header(octets: Buffer): { readonly start: number; readonly length: number } | null {
  const first = octets[1]
  if (first === undefined) return null
  if (first < 0x80) return { start: 2, length: first }
  const size = first & 0x7f
  return octets.length < 2 + size ? null : { start: 2 + size, length: octets.readUIntBE(2, size) }
}

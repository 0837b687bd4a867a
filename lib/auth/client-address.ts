/**
 * client-address - the address that a request comes from, as far as it can be known.
 *
 * Only a proxy that we are told to trust says it: the last address in X-Forwarded-For is the one that it has
 * seen itself, those before it are whatever the client wrote. Without a trusted proxy there is none, and nothing
 * is limited by address. For IPv6 the first 64 bits count, because a client has all of them.
 */
import { isIP } from 'node:net'

/** The address to limit and to log; null if it cannot be known. */
export function clientAddress(forwardedFor: string | null, trustedProxy: boolean): string | null {
  if (!trustedProxy || forwardedFor === null) return null
  const last = forwardedFor.slice(forwardedFor.lastIndexOf(',') + 1).trim()
  const address = last.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  switch (isIP(address)) {
    case 4:
      return address
    case 6:
      return network(address)
    default:
      return null
  }
}

/** The /64 of an IPv6 address; an IPv4 address in IPv6 clothes is that IPv4 address. */
function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  // A dotted IPv4 part at the end stands for two groups.
  const written = before.length + after.length + (after.at(-1)?.includes('.') === true ? 1 : 0)
  const groups =
    tail === undefined ? before : [...before, ...Array<string>(Math.max(8 - written, 0)).fill('0'), ...after]
  const first = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${first.join(':')}::/64`
}

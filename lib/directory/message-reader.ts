/**
 * message-reader - LDAP messages from a byte stream, and the entries among them (RFC 4511 sections 4.1.1, 4.5.2).
 *
 * Cuts the stream into whole messages, however its pieces arrive. A SearchResultEntry, of which there may be
 * very many, is decoded here, with its values as in octets.ts; every other message is handed on as octets, for
 * ldapts to read. Controls of an entry are passed over. What is no LDAP message makes the reading end with null,
 * and the reader must not be used again.
 */
import 'server-only'
import type { Attribute, Entry } from '@/lib/ldap/entry'
import { decodeOctets } from '@/lib/ldap/octets'

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const OCTET_STRING = 0x04
const SEARCH_RESULT_ENTRY = 0x64
/** Tag, one octet of length form and four of length. */
const LONGEST_HEADER = 6

export type Arrived =
  | { readonly type: 'entry'; readonly messageId: number; readonly entry: Entry }
  | { readonly type: 'other'; readonly octets: Buffer }

/** The contents of one BER element: from `start` up to `end`. */
interface Element {
  readonly tag: number
  readonly start: number
  readonly end: number
}

export class MessageReader {
  #rest: Buffer | null = null

  /** The messages that are complete with these octets; null if the stream is not LDAP. */
  read(octets: Buffer): readonly Arrived[] | null {
    const buffer = this.#rest === null ? octets : Buffer.concat([this.#rest, octets])
    this.#rest = null
    const arrived: Arrived[] = []
    let at = 0
    while (at < buffer.length) {
      if (buffer[at] !== SEQUENCE) return null
      const message = elementAt(buffer, at, Number.POSITIVE_INFINITY)
      if (message === null && buffer.length - at >= LONGEST_HEADER) return null
      if (message === null || message.end > buffer.length) break
      const one = decodeMessage(buffer, at, message)
      if (one === null) return null
      arrived.push(one)
      at = message.end
    }
    if (at < buffer.length) this.#rest = buffer.subarray(at)
    return arrived
  }
}

/** The element at a place, if its header is whole and its contents end by `limit`. */
function elementAt(buffer: Buffer, at: number, limit: number): Element | null {
  const tag = buffer[at]
  const first = buffer[at + 1]
  if (tag === undefined || first === undefined) return null
  if (first < 0x80) return within(tag, at + 2, first, limit)
  const size = first - 0x80
  if (size < 1 || size > 4 || at + 2 + size > buffer.length) return null
  return within(tag, at + 2 + size, buffer.readUIntBE(at + 2, size), limit)
}

function within(tag: number, start: number, length: number, limit: number): Element | null {
  return start + length > limit ? null : { tag, start, end: start + length }
}

/** The same, where a certain tag has to be. */
function expected(buffer: Buffer, at: number, limit: number, tag: number): Element | null {
  const element = elementAt(buffer, at, limit)
  return element?.tag === tag ? element : null
}

function decodeMessage(buffer: Buffer, at: number, message: Element): Arrived | null {
  const id = expected(buffer, message.start, message.end, INTEGER)
  if (id === null || id.end - id.start < 1 || id.end - id.start > 4) return null
  const operation = elementAt(buffer, id.end, message.end)
  if (operation === null) return null
  if (operation.tag !== SEARCH_RESULT_ENTRY)
    return { type: 'other', octets: buffer.subarray(at, message.end) }
  const entry = decodeEntry(buffer, operation)
  const messageId = buffer.readUIntBE(id.start, id.end - id.start)
  return entry === null ? null : { type: 'entry', messageId, entry }
}

function decodeEntry(buffer: Buffer, operation: Element): Entry | null {
  const name = expected(buffer, operation.start, operation.end, OCTET_STRING)
  const list = name === null ? null : expected(buffer, name.end, operation.end, SEQUENCE)
  if (name === null || list === null) return null
  const attributes: Attribute[] = []
  for (let at = list.start; at < list.end;) {
    const attribute = expected(buffer, at, list.end, SEQUENCE)
    const type = attribute === null ? null : expected(buffer, attribute.start, attribute.end, OCTET_STRING)
    const set = attribute === null || type === null ? null : expected(buffer, type.end, attribute.end, SET)
    if (attribute === null || type === null || set === null) return null
    const values: string[] = []
    for (let next = set.start; next < set.end;) {
      const value = expected(buffer, next, set.end, OCTET_STRING)
      if (value === null) return null
      values.push(textOf(buffer, value))
      next = value.end
    }
    attributes.push({ description: textOf(buffer, type), values })
    at = attribute.end
  }
  return { dn: textOf(buffer, name), attributes }
}

/** Node.js puts U+FFFD for what is no UTF-8; only then the slower, exact way is needed. */
function textOf(buffer: Buffer, { start, end }: Element): string {
  const text = buffer.toString('utf8', start, end)
  return text.includes('\uFFFD') ? decodeOctets(buffer.subarray(start, end)) : text
}

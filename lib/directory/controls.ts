/**
 * controls - the LDAP controls that Postbook sends and understands.
 *
 * Assertion (RFC 4528), No-Op (draft-zeilenga-ldap-noop; slapd knows it by an experimental OID alone), proxied authorization (RFC 4370),
 * server-side sorting (RFC 2891), virtual list view (draft-ietf-ldapext-ldapv3-vlv-09) and simple paged
 * results (RFC 2696). A response control is caught by its object identifier with {@link ResponseControl};
 * one that does not come leaves `value` null.
 */
import 'server-only'
import type { BerWriter as Writer } from 'ldapts'
import { BerReader, BerWriter, Control } from 'ldapts'
import type { Filter } from '@/lib/ldap/filter'
import { octetsOf, writeFilter } from './message'

export const CONTROL = {
  assertion: '1.3.6.1.1.12',
  noOperation: '1.3.6.1.4.1.4203.666.5.2',
  proxiedAuthorization: '2.16.840.1.113730.3.4.18',
  sortRequest: '1.2.840.113556.1.4.473',
  sortResponse: '1.2.840.113556.1.4.474',
  listViewRequest: '2.16.840.1.113730.3.4.9',
  listViewResponse: '2.16.840.1.113730.3.4.10',
  pagedResults: '1.2.840.113556.1.4.319',
} as const

/** A control with a ready value; always critical, so that a server that lacks it refuses instead of ignoring it. */
class RequestControl extends Control {
  readonly #value: Buffer | null

  constructor(type: string, value: Buffer | null) {
    super(type, { critical: true })
    this.#value = value
  }

  override writeControl(writer: Writer): void {
    if (this.#value !== null) writer.writeBuffer(this.#value, 0x04)
  }
}

/** Catches the value of a response control. */
export class ResponseControl extends Control {
  value: Buffer | null = null

  override parseControl(reader: BerReader): void {
    this.value = reader.remainingBuffer
  }
}

function encoded(write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter()
  write(writer)
  return writer.buffer
}

/** Carry the request out only if the entry matches the filter; else code 122. */
export function assertionControl(filter: Filter): Control {
  return new RequestControl(
    CONTROL.assertion,
    encoded((writer) => {
      writeFilter(writer, filter)
    }),
  )
}

/**
 * Judge the request as if it were carried out, and change nothing: code 16654 for "it would have been".
 * It has to be critical: a server that does not know it would otherwise carry the request out.
 */
export function noOperationControl(): Control {
  return new RequestControl(CONTROL.noOperation, null)
}

/** Carry the request out as the person with this DN. */
export function proxiedAuthorizationControl(dn: string): Control {
  return new RequestControl(CONTROL.proxiedAuthorization, octetsOf(`dn:${dn}`))
}

/**
 * Sort the entries by one attribute. The rule is named, because most mail attributes have no ordering rule of
 * their own (RFC 4517 section 4.2.12).
 */
export function sortControl(attribute: string, orderingRule: string, descending: boolean): Control {
  return new RequestControl(
    CONTROL.sortRequest,
    encoded((writer) => {
      writer.startSequence()
      writer.startSequence()
      writer.writeString(attribute)
      writer.writeString(orderingRule, 0x80)
      if (descending) writer.writeBoolean(true, 0x81)
      writer.endSequence()
      writer.endSequence()
    }),
  )
}

/** Return `count` entries of the sorted list, the first of them at `offset` (from 1). */
export function listViewControl(offset: number, count: number, contextId: Buffer | null): Control {
  return new RequestControl(
    CONTROL.listViewRequest,
    encoded((writer) => {
      writer.startSequence()
      writer.writeInt(0)
      writer.writeInt(count - 1)
      writer.startSequence(0xa0)
      writer.writeInt(offset)
      writer.writeInt(0)
      writer.endSequence()
      if (contextId !== null) writer.writeBuffer(contextId, 0x04)
      writer.endSequence()
    }),
  )
}

export interface ListView {
  /** The server's count of all entries of the list. */
  readonly total: number
  readonly resultCode: number
  readonly contextId: Buffer | null
}

/** Reads the response value of a virtual list view; null if it is none. */
export function readListView(value: Buffer): ListView | null {
  const reader = new BerReader(value)
  if (reader.readSequence() === null) return null
  const target = reader.readInt()
  const total = reader.readInt()
  const resultCode = reader.readEnumeration()
  if (target === null || total === null || resultCode === null) return null
  const contextId = reader.peek() === 0x04 ? reader.readString(0x04, true) : null
  return { total, resultCode, contextId }
}

/** Return the entries in parts of `size`; `cookie` is empty at first and then the server's. */
export function pagedResultsControl(size: number, cookie: Buffer): Control {
  return new RequestControl(
    CONTROL.pagedResults,
    encoded((writer) => {
      writer.startSequence()
      writer.writeInt(size)
      writer.writeBuffer(cookie, 0x04)
      writer.endSequence()
    }),
  )
}

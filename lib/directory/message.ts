/**
 * message - LDAP requests whose octets are exactly ours (RFC 4511 sections 4.2, 4.5.1 and 4.6).
 *
 * The envelope, the BER and the responses are ldapts'. Three requests are written here, because ldapts takes
 * JavaScript text where the protocol takes octets: a search (base, filter, attribute selection), a simple
 * bind (password) and a modify (it has no increment, RFC 4525). Values are strings as in octets.ts. A filter
 * is written from its data, never from text. Nothing here fails.
 */
import 'server-only'
import type { BerWriter } from 'ldapts'
import {
  Attribute as WireAttribute,
  BindRequest,
  Change,
  ModifyRequest,
  SearchRequest as WireSearch,
} from 'ldapts'
import type { Attribute } from '@/lib/ldap/entry'
import type { Modification } from '@/lib/ldap/change-record'
import type { SearchRequest } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import { encodeOctets } from '@/lib/ldap/octets'

const OCTET_STRING = 0x04
const SCOPES = { base: 0, one: 1, sub: 2 } as const
const SIMPLE_AUTHENTICATION = 0x80
const ASSERTION_TAGS = { equality: 0xa3, greaterOrEqual: 0xa5, lessOrEqual: 0xa6, approximate: 0xa8 } as const

/** The octets of a value as a Buffer. */
export function octetsOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const octets = encodeOctets(text)
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
}

function write(writer: BerWriter, text: string, tag = OCTET_STRING): void {
  writer.writeBuffer(octetsOf(text), tag)
}

/** Writes the BER of a filter (RFC 4511 section 4.5.1.7). */
export function writeFilter(writer: BerWriter, filter: Filter): void {
  switch (filter.type) {
    case 'and':
    case 'or':
      writer.startSequence(filter.type === 'and' ? 0xa0 : 0xa1)
      for (const part of filter.filters) writeFilter(writer, part)
      writer.endSequence()
      return
    case 'not':
      writer.startSequence(0xa2)
      writeFilter(writer, filter.filter)
      writer.endSequence()
      return
    case 'equality':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approximate':
      writeAssertion(writer, ASSERTION_TAGS[filter.type], filter)
      return
    case 'present':
      write(writer, filter.attribute, 0x87)
      return
    case 'substrings':
      writeSubstrings(writer, filter)
      return
    case 'extensible':
      writeExtensible(writer, filter)
  }
}

function writeAssertion(
  writer: BerWriter,
  tag: number,
  assertion: { attribute: string; value: string },
): void {
  writer.startSequence(tag)
  write(writer, assertion.attribute)
  write(writer, assertion.value)
  writer.endSequence()
}

function writeSubstrings(writer: BerWriter, filter: Extract<Filter, { type: 'substrings' }>): void {
  writer.startSequence(0xa4)
  write(writer, filter.attribute)
  writer.startSequence()
  if (filter.initial !== null) write(writer, filter.initial, 0x80)
  for (const part of filter.any) write(writer, part, 0x81)
  if (filter.final !== null) write(writer, filter.final, 0x82)
  writer.endSequence()
  writer.endSequence()
}

function writeExtensible(writer: BerWriter, filter: Extract<Filter, { type: 'extensible' }>): void {
  writer.startSequence(0xa9)
  if (filter.matchingRule !== null) write(writer, filter.matchingRule, 0x81)
  if (filter.attribute !== null) write(writer, filter.attribute, 0x82)
  write(writer, filter.value, 0x83)
  if (filter.dnAttributes) writer.writeBoolean(true, 0x84)
  writer.endSequence()
}

/** A search request with base, filter and attributes as they are. */
export class OctetSearchRequest extends WireSearch {
  readonly #request: SearchRequest

  constructor(request: SearchRequest) {
    // The filter that the base class wants is never written: writeMessage below replaces all of it.
    super({ messageId: 0, filter: Object.create(null) as never })
    this.#request = request
  }

  override writeMessage(writer: BerWriter): void {
    const request = this.#request
    write(writer, request.base)
    writer.writeEnumeration(SCOPES[request.scope])
    writer.writeEnumeration(request.dereference)
    writer.writeInt(request.sizeLimit)
    writer.writeInt(request.timeLimit)
    writer.writeBoolean(false)
    writeFilter(writer, request.filter)
    writer.startSequence()
    for (const attribute of request.attributes) write(writer, attribute)
    writer.endSequence()
  }
}

/** A simple bind (RFC 4513 section 5.1). The password is in no enumerable field, so that no log can show it. */
export class OctetBindRequest extends BindRequest {
  readonly #password: string

  constructor(version: 2 | 3, dn: string, password: string) {
    super({ messageId: 0, dn })
    this.version = version
    this.#password = password
  }

  override writeMessage(writer: BerWriter): void {
    writer.writeInt(this.version)
    write(writer, this.dn)
    write(writer, this.#password, SIMPLE_AUTHENTICATION)
  }
}

class IncrementChange extends Change {
  override write(writer: BerWriter): void {
    writer.startSequence()
    writer.writeEnumeration(3)
    this.modification.write(writer)
    writer.endSequence()
  }
}

/** An attribute for an add request, with the exact octets of its values. */
export function wireAttribute(attribute: Attribute): WireAttribute {
  return new WireAttribute({ type: attribute.description, values: attribute.values.map(octetsOf) })
}

/** A modify request; modifications are carried out in this order, all or none. */
export function modifyRequest(dn: string, modifications: readonly Modification[]): ModifyRequest {
  const changes = modifications.map(({ operation, attribute, values }) => {
    const modification = wireAttribute({ description: attribute, values })
    return operation === 'increment'
      ? new IncrementChange({ modification })
      : new Change({ operation, modification })
  })
  return new ModifyRequest({ messageId: 0, dn, changes })
}

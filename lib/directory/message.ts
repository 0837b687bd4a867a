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
import { filterOctets } from './filter-octets'

const OCTET_STRING = 0x04
const SCOPES = { base: 0, one: 1, sub: 2, subordinate: 3 } as const
const SIMPLE_AUTHENTICATION = 0x80

/** The octets of a value as a Buffer. */
export function octetsOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const octets = encodeOctets(text)
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
}

function write(writer: BerWriter, text: string, tag = OCTET_STRING): void {
  writer.writeBuffer(octetsOf(text), tag)
}

/** Writes the BER of a filter. */
export function writeFilter(writer: BerWriter, filter: Filter): void {
  const { tag, contents } = filterOctets(filter)
  writer.writeBuffer(contents, tag)
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

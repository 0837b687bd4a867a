/**
 * filter-octets - the BER of a search filter (RFC 4511 section 4.5.1.7), written from its data, never from text.
 *
 * BER is put together as strings with one character for each octet, which is quick for filters with very many
 * small parts. Nothing here fails.
 */
import 'server-only'
import type { Filter } from '@/lib/ldap/filter'
import { encodeOctets } from '@/lib/ldap/octets'
import { isAscii } from '@/lib/ldap/string-preparation'

const OCTET_STRING = 0x04
const SEQUENCE = 0x30
const TAGS = {
  and: 0xa0,
  or: 0xa1,
  not: 0xa2,
  equality: 0xa3,
  substrings: 0xa4,
  greaterOrEqual: 0xa5,
  lessOrEqual: 0xa6,
  present: 0x87,
  approximate: 0xa8,
  extensible: 0xa9,
} as const

/** The tag of a filter, and what stands behind tag and length. */
export function filterOctets(filter: Filter): { readonly tag: number; readonly contents: Buffer } {
  return { tag: TAGS[filter.type], contents: Buffer.from(contentsOf(filter), 'latin1') }
}

function elementOf(filter: Filter): string {
  return element(TAGS[filter.type], contentsOf(filter))
}

function contentsOf(filter: Filter): string {
  switch (filter.type) {
    case 'and':
    case 'or': {
      const { filters } = filter
      let contents = ''
      for (let at = 0; at < filters.length; at += 1) {
        const member = filters[at]
        if (member !== undefined) contents += elementOf(member)
      }
      return contents
    }
    case 'not':
      return elementOf(filter.filter)
    case 'equality':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approximate':
      return text(filter.attribute) + text(filter.value)
    case 'present':
      return octetsIn(filter.attribute)
    case 'substrings': {
      const initial = filter.initial === null ? '' : text(filter.initial, 0x80)
      const any = filter.any.map((piece) => text(piece, 0x81)).join('')
      const final = filter.final === null ? '' : text(filter.final, 0x82)
      return text(filter.attribute) + element(SEQUENCE, initial + any + final)
    }
    case 'extensible': {
      const rule = filter.matchingRule === null ? '' : text(filter.matchingRule, 0x81)
      const type = filter.attribute === null ? '' : text(filter.attribute, 0x82)
      return rule + type + text(filter.value, 0x83) + (filter.dnAttributes ? element(0x84, '\xff') : '')
    }
  }
}

function text(value: string, tag = OCTET_STRING): string {
  return element(tag, octetsIn(value))
}

/** The octets of a value, as characters. */
function octetsIn(value: string): string {
  return isAscii(value) ? value : Buffer.from(encodeOctets(value)).toString('latin1')
}

function element(tag: number, contents: string): string {
  const { length } = contents
  if (length < 0x80) return String.fromCharCode(tag, length) + contents
  if (length < 0x100) return String.fromCharCode(tag, 0x81, length) + contents
  if (length < 0x10000) return String.fromCharCode(tag, 0x82, length >> 8, length & 0xff) + contents
  const octets = [24, 16, 8, 0].map((bits) => (length >> bits) & 0xff)
  return String.fromCharCode(tag, 0x84, ...octets) + contents
}

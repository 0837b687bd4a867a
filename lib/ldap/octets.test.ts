import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeOctets, encodeOctets, isUtf8 } from './octets'

describe('octets', () => {
  it('brings every octet string back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(encodeOctets(decodeOctets(octets))).toEqual(octets)
      }),
    )
  })

  it('brings octet strings back that are nearly UTF-8', () => {
    const lead = fc.constantFrom(
      0x00,
      0x41,
      0x80,
      0xbf,
      0xc0,
      0xc3,
      0xe2,
      0xed,
      0xa0,
      0xef,
      0xbb,
      0xf0,
      0x9f,
      0xf4,
      0xff,
    )
    fc.assert(
      fc.property(fc.array(lead), (list) => {
        const octets = Uint8Array.from(list)
        expect(encodeOctets(decodeOctets(octets))).toEqual(octets)
      }),
    )
  })

  it('is plain text where the octets are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeOctets(new TextEncoder().encode(text))).toBe(text)
        expect(isUtf8(text)).toBe(true)
      }),
    )
  })

  it('marks octets that are not UTF-8', () => {
    expect(decodeOctets(Uint8Array.of(0x61, 0xff, 0xc3, 0xa9))).toBe('a\udcff\u00e9')
    expect(isUtf8('a\udcff')).toBe(false)
  })
})

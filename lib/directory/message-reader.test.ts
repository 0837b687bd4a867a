import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { decodeOctets } from '@/lib/ldap/octets'
import { octetsOf } from './message'
import { MessageReader, type Arrived } from './message-reader'

/** A BER element, with a length in its shortest or in a longer form. */
function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  const { length } = body
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

const text = (value: string): Buffer => element(4, octetsOf(value))

function message(id: number, { dn, attributes }: Entry): Buffer {
  const list = attributes.map(({ description, values }) =>
    element(0x30, text(description), element(0x31, ...values.map(text))),
  )
  return element(0x30, element(2, Buffer.from([id])), element(0x64, text(dn), element(0x30, ...list)))
}

const DONE = Buffer.from('300c02010165070a010004000400', 'hex')

const value = fc
  .oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }).map(decodeOctets))
  .filter((one) => one.isWellFormed() || decodeOctets(octetsOf(one)) === one)
const entry: fc.Arbitrary<Entry> = fc.record({
  dn: value,
  attributes: fc.array(fc.record({ description: value, values: fc.array(value, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
})

describe('MessageReader', () => {
  it('reads entries with all their octets, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), fc.integer({ min: 1, max: 50 }), (entries, size) => {
        const stream = Buffer.concat([...entries.map((one, id) => message(id, one)), DONE])
        const reader = new MessageReader()
        const arrived: Arrived[] = []
        for (let at = 0; at < stream.length; at += size) {
          arrived.push(...(reader.read(stream.subarray(at, at + size)) ?? []))
        }
        expect(arrived).toEqual([
          ...entries.map((one, messageId) => ({ type: 'entry', messageId, entry: one })),
          { type: 'other', octets: DONE },
        ])
      }),
    )
  })

  it.each([
    ['another protocol', '485454502f312e31'],
    ['an indefinite length', '308002010100'],
    ['a message without a number', '30030401ff'],
    ['an entry that ends too early', '3007020101640204ff'],
    ['a length of five octets', '308500000000010201'],
  ])('refuses %s', (_, octets) => {
    expect(new MessageReader().read(Buffer.from(octets, 'hex'))).toBeNull()
  })
})

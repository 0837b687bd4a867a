import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dn } from './dn'
import {
  buildDn,
  escapeDnValue,
  formatDn,
  isBelow,
  isSameDn,
  isWithin,
  normalizeDn,
  parentDn,
  parseDn,
} from './dn'
import { decodeOctets } from './octets'

/** What ldap_str2dn of OpenLDAP 2.5 makes of these texts; null where it refuses. */
const READ: readonly (readonly [string, string | null])[] = [
  ['', ''],
  [' ', null],
  ['cn', null],
  ['=a', null],
  ['cn=', 'cn='],
  [' cn=a', 'cn=a'],
  ['cn = a , dc=b ', 'cn=a,dc=b'],
  ['cn=a;dc=b', 'cn=a,dc=b'],
  ['cn=a + sn=b,dc=c', 'cn=a+sn=b,dc=c'],
  ['cn="a,b",dc=c', 'cn=a\\,b,dc=c'],
  ['cn=" a "', 'cn=\\ a\\ '],
  ['cn="a\\"b"', 'cn=a\\"b'],
  ['cn="a"x', null],
  ['"cn=a"', null],
  ['cn=\\41\\2cb', 'cn=A\\,b'],
  ['cn=a#b', 'cn=a#b'],
  ['cn=\\#a', 'cn=\\#a'],
  ['cn=#0403414243', 'cn=#0403414243'],
  ['cn=#041', null],
  ['cn=#', null],
  ['cn=#zz', null],
  ['cn=a=b', 'cn=a\\=b'],
  ['cn=a<b', null],
  ['cn=a"b', null],
  ['cn=\\ a\\ ', 'cn=\\ a\\ '],
  ['cn=\\ ', 'cn=\\ '],
  ['cn=a\\', null],
  ['cn=a\\z', null],
  ['cn=a,', null],
  [',cn=a', null],
  ['cn=a,,dc=b', null],
  ['cn=a+', null],
  ['2.5.4.3=a', '2.5.4.3=a'],
  ['2.5.=a', null],
  ['oid.2.5.4.3=a', null],
  ['c_n=a', null],
  ['c n=a', null],
  ['cn;lang-de=a', 'cn=a'],
  ['cn=\\c3\\a9', 'cn=é'],
  ['cn=\\ff', 'cn=\\FF'],
  ['cn=a\\0ab', 'cn=a\\0Ab'],
]

const assertion = fc.record({
  attribute: fc.constantFrom('cn', 'dc', 'uid', 'ou', '2.5.4.3', 'x-y'),
  value: fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from(' \\",+;<>=#ab\0\n\u00e9\u{1f600}')) }),
    fc.string({ unit: 'binary' }),
    fc.uint8Array().map(decodeOctets),
  ),
  encoded: fc.constant(false),
})
const dn: fc.Arbitrary<Dn> = fc.array(fc.array(assertion, { minLength: 1, maxLength: 3 }), { maxLength: 4 })

describe('distinguished names', () => {
  it.each(READ)('%j is read as %j', (text, expected) => {
    const parsed = parseDn(text)
    expect(parsed === null ? null : formatDn(parsed)).toBe(expected)
  })

  it('reads what it has written', () => {
    fc.assert(
      fc.property(dn, (random) => {
        expect(parseDn(formatDn(random))).toEqual(random)
      }),
    )
  })

  it('never lets a value break out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(parseDn(`uid=${escapeDnValue(value)},dc=x`)).toEqual(
          buildDn([{ attribute: 'uid', value }], parseDn('dc=x') ?? []),
        )
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('cn=,;+\\"# \udcff<41')) }), (text) => {
        expect(() => parseDn(text)).not.toThrow()
      }),
    )
  })

  it('compares without regard to case, spaces and the order inside an RDN', () => {
    const one = parseDn('CN=John  Doe+uid=j , DC=Example') ?? []
    expect(isSameDn(one, parseDn('uid=J+cn=john doe,dc=example') ?? [])).toBe(true)
    expect(isSameDn(one, parseDn('cn=john doe,dc=example') ?? [])).toBe(false)
    expect(normalizeDn(parseDn('cn=a\\,dc\\=b') ?? [])).not.toBe(normalizeDn(parseDn('cn=a,dc=b') ?? []))
  })

  it('knows what is above and below', () => {
    const base = parseDn('ou=Mail,dc=example') ?? []
    const below = parseDn('uid=a,ou=mail,DC=EXAMPLE') ?? []
    expect([isWithin(below, base), isBelow(below, base)]).toEqual([true, true])
    expect([isWithin(base, base), isBelow(base, base)]).toEqual([true, false])
    expect(isWithin(base, below)).toBe(false)
    expect(isWithin(parseDn('uid=a,ou=xmail,dc=example') ?? [], base)).toBe(false)
    expect(parentDn(below)).toEqual(parseDn('ou=mail,DC=EXAMPLE'))
    expect(parentDn([])).toBeNull()
  })
})

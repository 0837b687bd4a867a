import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAddressLiteral, isHostName } from './address-domain'
import { splitExtension } from './address-extension'
import { parseAddressList } from './address-list'
import { quoteAddress, unquoteAddress } from './address-quoting'
import { externalText, internalText, scanAddress } from './address-tokens'
import { mapNames } from './map-list-names'

/** Texts of these characters. */
function textOf(characters: string, minLength = 0): fc.Arbitrary<string> {
  const unit = fc.nat(characters.length - 1).map((at) => characters.charAt(at))
  return fc.string({ unit, minLength })
}

const localpart = textOf('ab.@"\\ (),;:<>[]\r\tä+-!%')
const internal = fc.tuple(localpart, fc.constantFrom('d.test', '[192.0.2.1]')).map((parts) => parts.join('@'))

describe('quoteAddress', () => {
  it.each([
    ['jd@d', 'jd@d'],
    ['john doe@d', '"john doe"@d'],
    ['.x@d', '".x"@d'],
    ['x.@d', '"x."@d'],
    ['a..b@d', '"a..b"@d'],
    ['a@b@d', '"a@b"@d'],
    ['a"b\\c@d', '"a\\"b\\\\c"@d'],
    ['jörg@d', 'jörg@d'],
    ['@d', '""@d'],
    ['', '""'],
    ['a\u007fb', '"a\u007fb"'],
  ])('%s becomes %s', (address, expected) => {
    expect(quoteAddress(address)).toBe(expected)
  })

  it('is undone by unquoteAddress', () => {
    fc.assert(fc.property(internal, (address) => unquoteAddress(quoteAddress(address)) === address))
  })

  it('gives text that scans as one local part, an @ and the domain', () => {
    fc.assert(
      fc.property(internal, (address) => {
        const tokens = scanAddress(quoteAddress(address))
        // The scanner makes a blank of other white space, as Postfix does.
        expect(internalText(tokens)).toBe(address.replace(/[\t\r\n]/g, ' '))
        expect(parseAddressList(quoteAddress(address))).toHaveLength(1)
      }),
    )
  })
})

describe('scanAddress', () => {
  it('reads again what it wrote', () => {
    fc.assert(
      fc.property(textOf('ab.@" ()[]<>,;:!%|'), (text) => {
        const tokens = scanAddress(text)
        const spaced = tokens.map((token) => externalText([token])).join(' ')
        expect(scanAddress(spaced)).toEqual(tokens)
      }),
    )
  })
})

describe('parseAddressList', () => {
  it('finds every address of a list, whatever separates them', () => {
    const word = textOf('abc', 1).map((name) => `${name}@d.test`)
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(',', ', ', ' ', '; ', '\n'), (addresses, separator) => {
        expect(parseAddressList(addresses.join(separator)).map(internalText)).toEqual(addresses)
      }),
    )
  })
})

describe('splitExtension', () => {
  const rules = { recipientDelimiter: '+-', ownerRequestSpecial: true, doubleBounceSender: 'double-bounce' }

  it('loses nothing, and never splits at the first character', () => {
    fc.assert(
      fc.property(internal, (address) => {
        const split = splitExtension(address, rules)
        if (split === null) return
        const at = split.address.lastIndexOf('@')
        expect(split.address.slice(0, at) + split.extension + split.address.slice(at)).toBe(address)
        expect(at).toBeGreaterThan(0)
        expect('+-').toContain(split.extension.charAt(0))
        expect(/[+-]/.test(split.address.slice(0, at))).toBe(false)
      }),
    )
  })

  it('takes an extension without a domain off too', () => {
    expect(splitExtension('user+x', rules)).toEqual({ address: 'user', extension: '+x' })
  })
})

describe('mapNames', () => {
  it('gives back the names of a list', () => {
    const name = fc.constantFrom('ldap:a', 'inline:{a=b, c=d}', 'unionmap:{ldap:a,inline:{x=y}}', 'static:x')
    fc.assert(
      fc.property(fc.array(name), fc.constantFrom(',', ' ', ' , ', '\n\t'), (names, separator) => {
        expect(mapNames(names.join(separator))).toEqual(names)
      }),
    )
  })
})

describe('domains', () => {
  it.each([
    ['example.org', true],
    ['a_b.example', true],
    ['localhost', true],
    ['', false],
    ['a..b', false],
    ['a.', false],
    ['-a.b', false],
    ['a-.b', false],
    ['1.2.3.4', false],
    ['münchen.example', true],
    [`${'a'.repeat(64)}.b`, false],
  ])('host name %s: %s', (name, expected) => {
    expect(isHostName(name, true)).toBe(expected)
  })

  it('has no letters of other scripts without UTF-8 mode', () => {
    expect(isHostName('münchen.example', false)).toBe(false)
  })

  it.each([
    ['[127.0.0.1]', true],
    ['[IPv6:::1]', true],
    ['[IPv6:2001:db8::192.0.2.1]', true],
    ['[IPv6:1:2:3:4:5:6:7:8]', true],
    ['[IPv6:1:2:3:4:5:6:7]', false],
    ['[IPv6:1::2::3]', false],
    ['[300.1.1.1]', false],
    ['[1.2.3]', false],
    ['127.0.0.1', false],
  ])('address literal %s: %s', (domain, expected) => {
    expect(isAddressLiteral(domain)).toBe(expected)
  })
})

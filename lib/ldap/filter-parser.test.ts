import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filter } from './filter'
import { parseFilter } from './filter-parser'
import { escapeFilterValue, formatFilter } from './filter-text'
import { decodeOctets } from './octets'

/** Verdicts of ldap_pvt_put_filter, OpenLDAP 2.5. */
const GOOD = [
  ...[
    '(a=b)',
    'a=b',
    '(\ta=b)',
    '(\n&(a=b)\n(c=d))',
    '(&(a=b)\t)',
    '(&)',
    '(& )',
    '(|)',
    '(! (a=b))',
    '(a=)',
  ],
  ...[
    '(a>=)',
    '(a<=b)',
    '(a~=b\\28)',
    '(a=*b*)',
    '(a=b*)',
    '(a=\\(b)',
    '(a=b\\)c)',
    '(a=\\*b*)',
    '(a=\\00)',
    '(a==b)',
  ],
  ...[
    '(a:=b)',
    '(a:DN:=b)',
    '(:dn:r:=b)',
    '(a:dn:r:=b)',
    '(a::=b)',
    '(a:dn::=b)',
    '(:1.2.3:=b)',
    '(a:dn:dn:=b)',
    '(a-=b)',
  ],
  ...['(a;x=b)', '(1.2=b)', '(1.2;x=b)', '(a=<b)', '(|(a=b)(&(c=d)(!(e=f))))', '(a=\\e9*)', '(a:=\\2a)'],
]
const BAD = [
  ...[
    '',
    ' ',
    ' (a=b)',
    '(a=b) ',
    '\t(a=b)',
    'a=(b)',
    'a=b)',
    '(a=b)x',
    '(!)',
    '(!(a=b) )',
    '(!(a=b)(c=d))',
    '(!a=b)',
    'a',
  ],
  ...[
    '(a)',
    '()',
    '(a>=*)',
    '(a>=a*b)',
    '(a>b)',
    '(a=**)',
    '(a=b**c)',
    '(a=*b**)',
    '(a=(b))',
    '(a=b(c)d)',
    '(:=b)',
  ],
  ...[
    '(a:=*)',
    '(:dn:=b)',
    '(a:r:dn:=b)',
    '(a:r;x:=b)',
    '(a:r_x:=b)',
    '(a:1.2.:=b)',
    '(a;=b)',
    '(a;;x=b)',
    '(1.=b)',
  ],
  ...[
    '(1a=b)',
    '(-a=b)',
    '(a_b=c)',
    '(a.b=c)',
    '(=b)',
    '((a=b))',
    '(a=b',
    '(&(a=b)c=d)',
    '(&(a=b)(c=d)',
    '(&a=b)',
  ],
  ...[
    '(&(a=b))(c=d)',
    '(a=\\zz)',
    '(a=\\2)',
    '(a=\\)',
    '(a = b)',
    '(aé=b)',
    '&(a=b)',
    '(&((a=b)))',
    '(a:dn:r:x:=b)',
  ],
]

const attribute = fc.constantFrom('mail', 'cn', '2.5.4.3', 'description;lang-de', 'x-y')
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('()*\\ab&|!=~<>: \0\n\u00e9\u{1f600}')) }),
  fc.uint8Array().map(decodeOctets),
)
const piece = value.filter((text) => text !== '')
const option = fc.option(piece, { nil: null })
const item: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    type: fc.constantFrom(...(['equality', 'approximate', 'greaterOrEqual', 'lessOrEqual'] as const)),
    attribute,
    value,
  }),
  fc.record({ type: fc.constant('present' as const), attribute }),
  fc
    .record({
      type: fc.constant('substrings' as const),
      attribute,
      initial: option,
      any: fc.array(piece),
      final: option,
    })
    .filter(({ initial, any, final }) => initial !== null || final !== null || any.length > 0),
  fc
    .record({
      type: fc.constant('extensible' as const),
      attribute: fc.option(attribute, { nil: null }),
      matchingRule: fc.option(fc.constantFrom('caseIgnoreMatch', '2.5.13.2'), { nil: null }),
      dnAttributes: fc.boolean(),
      value,
    })
    .filter(({ attribute: named, matchingRule }) => named !== null || matchingRule !== null),
)
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    item,
    fc.record({ type: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('filter'), { maxLength: 3 }),
    }),
  ),
}))

describe('filters as text', () => {
  it.each(GOOD)('%j is taken', (text) => {
    expect(parseFilter(text)).not.toBeNull()
  })

  it.each(BAD)('%j is bad', (text) => {
    expect(parseFilter(text)).toBeNull()
  })

  it('keeps blanks of the value and undoes escapes', () => {
    expect(parseFilter('(mail= a\\2A\\(\\c3\\a9 )')).toEqual({
      type: 'equality',
      attribute: 'mail',
      value: ' a*(é ',
    })
    expect(parseFilter('(mail=a*b*)')).toEqual({
      type: 'substrings',
      attribute: 'mail',
      initial: 'a',
      any: ['b'],
      final: null,
    })
    expect(parseFilter('(mail=\\*)')).toEqual({ type: 'equality', attribute: 'mail', value: '*' })
    expect(parseFilter('(|)')).toEqual({ type: 'or', filters: [] })
  })

  it('reads what it has written', () => {
    fc.assert(
      fc.property(filter, (random) => {
        expect(parseFilter(formatFilter(random))).toEqual(random)
      }),
    )
  })

  it('never lets an escaped value change the tree', () => {
    fc.assert(
      fc.property(value, (text) => {
        expect(parseFilter(`(&(mail=${escapeFilterValue(text)})(cn=x))`)).toEqual({
          type: 'and',
          filters: [
            { type: 'equality', attribute: 'mail', value: text },
            { type: 'equality', attribute: 'cn', value: 'x' },
          ],
        })
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('()&|!=*\\2a:~<> ;.-\udcff')) }),
        (text) => {
          expect(() => parseFilter(text)).not.toThrow()
        },
      ),
    )
  })
})

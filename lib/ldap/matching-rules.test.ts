import { describe, expect, it } from 'vitest'
import { defaultSchema } from './default-schema'
import { dnKey, findMatchingRule, serverDnKey } from './matching-rules'
import { parseDn } from './dn'
import { parseGeneralizedTime } from './syntaxes'

const schema = defaultSchema()

/** rule, value, assertion; true, false, or undefined for an illegal assertion. */
const EQUALITY: readonly (readonly [string, string, string, boolean | undefined])[] = [
  ['caseIgnoreMatch', 'John  Doe', ' john doe ', true],
  ['caseIgnoreMatch', 'a\tb', 'a b', false],
  ['caseIgnoreMatch', 'Straße', 'STRASSE', false],
  ['caseIgnoreMatch', 'JÖRG', 'jo\u0308rg', true],
  ['caseIgnoreMatch', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ', true],
  ['caseIgnoreMatch', '\u0130stanbul', 'istanbul', true],
  ['caseIgnoreMatch', '\ufb01x', 'fix', true],
  ['caseIgnoreMatch', 'a\u00a0b', 'a b', true],
  ['caseIgnoreMatch', 'a', '', undefined],
  ['caseIgnoreMatch', 'a', '\udcff', undefined],
  ['caseExactMatch', 'John', 'john', false],
  ['caseExactMatch', ' John ', 'John', true],
  ['caseIgnoreIA5Match', 'A@B.net', ' a@b.NET', true],
  ['caseIgnoreIA5Match', '', ' ', true],
  ['caseIgnoreIA5Match', 'a', 'ü', undefined],
  ['caseExactIA5Match', 'A', 'a', false],
  ['distinguishedNameMatch', 'uid=A, dc=X', 'UID=a,DC=x', true],
  ['distinguishedNameMatch', 'cn=a+sn=b', 'surname=B+commonName=A', true],
  ['distinguishedNameMatch', 'uid=a', 'nosuch=a', undefined],
  ['distinguishedNameMatch', 'uid=a', 'a', undefined],
  ['booleanMatch', 'TRUE', 'TRUE', true],
  ['booleanMatch', 'TRUE', 'true', undefined],
  ['integerMatch', '42', '42', true],
  ['integerMatch', '42', '042', undefined],
  ['integerMatch', '42', '-0', undefined],
  ['octetStringMatch', 'a', 'A', false],
  ['octetStringMatch', '\udcff\0', '\udcff\0', true],
  ['numericStringMatch', '1 2 3', '123', true],
  ['numericStringMatch', '1', 'a', undefined],
  ['telephoneNumberMatch', '+1 555-12', '+15 5 512', true],
  ['objectIdentifierMatch', 'person', '2.5.6.6', true],
  ['objectIdentifierMatch', 'person', 'nosuch', undefined],
  ['generalizedTimeMatch', '20260102030405Z', '202601020304.0833Z', false],
  ['generalizedTimeMatch', '20260102030405Z', '20260102040405+0100', true],
  ['generalizedTimeMatch', '20260102030405Z', '20260230030405Z', undefined],
  ['UUIDMatch', 'fbe3450e-7aac-1041-8b1a-b1f588bfcbbc', 'FBE3450E-7AAC-1041-8B1A-B1F588BFCBBC', true],
  ['UUIDMatch', 'fbe3450e-7aac-1041-8b1a-b1f588bfcbbc', 'fbe3450e', undefined],
  ['caseIgnoreListMatch', 'A Street$Town', 'a  street$ town ', true],
]

/** rule, smaller, greater */
const ORDER: readonly (readonly [string, string, string])[] = [
  ['integerOrderingMatch', '-10', '9'],
  ['integerOrderingMatch', '9', '123456789012345678901234567890'],
  ['caseIgnoreOrderingMatch', 'a', 'B'],
  ['caseExactOrderingMatch', 'B', 'a'],
  ['caseIgnoreOrderingMatch', 'ab', 'abc'],
  ['caseIgnoreOrderingMatch', '\uffee', '\u{1f600}'],
  ['octetStringOrderingMatch', 'a', '\udcff'],
  ['generalizedTimeOrderingMatch', '20251231235959Z', '20260101000000Z'],
  ['generalizedTimeOrderingMatch', '20260101000000Z', '20260101000000.5Z'],
  ['numericStringOrderingMatch', '1 2', '13'],
]

describe('matching rules', () => {
  it.each(EQUALITY)('%s: %j against %j is %s', (name, value, assertion, expected) => {
    const rule = findMatchingRule(name)
    const [stored, asserted] = [value, assertion].map((text) => rule?.prepare(text, 'whole', schema) ?? null)
    if (expected === undefined) expect(asserted).toBeNull()
    else expect(rule?.compare(stored ?? '', asserted ?? '') === 0).toBe(expected)
  })

  it.each(ORDER)('%s: %j is less than %j', (name, smaller, greater) => {
    const rule = findMatchingRule(name)
    const [one, other] = [smaller, greater].map((text) => rule?.prepare(text, 'whole', schema) ?? '')
    expect(rule?.compare(one ?? '', other ?? '')).toBeLessThan(0)
    expect(rule?.compare(other ?? '', one ?? '')).toBeGreaterThan(0)
    expect(rule?.compare(one ?? '', one ?? '')).toBe(0)
  })

  it('finds rules by name and OID, and not those it does not have', () => {
    expect(findMatchingRule('CASEIGNOREMATCH')).toBe(findMatchingRule('2.5.13.2'))
    expect(findMatchingRule('certificateExactMatch')).toBeUndefined()
    expect(schema.knowsMatchingRule('certificateExactMatch')).toBe(true)
    expect(schema.knowsMatchingRule('nosuchMatch')).toBe(false)
  })

  it('keeps inner spaces at the open ends of substrings', () => {
    const rule = findMatchingRule('caseIgnoreMatch')
    expect(rule?.prepare(' John ', 'initial', schema)).toBe('john ')
    expect(rule?.prepare('  a  ', 'any', schema)).toBe(' a ')
    expect(rule?.prepare(' Doe ', 'final', schema)).toBe(' doe')
  })

  it.each(['dc=ü', 'mail=ü,dc=x', 'cn=', 'nosuch=x', 'mailEnabled=x', 'c=DEU', 'cn=\\ff', 'cn=#0401'])(
    '%s is no DN for the server',
    (text) => {
      expect(serverDnKey(parseDn(text) ?? [], schema)).toBeNull()
    },
  )

  it('gives a key also to names with unknown types', () => {
    expect(dnKey(parseDn('NoSuch=A') ?? [], schema)).toBe(dnKey(parseDn('nosuch= a ') ?? [], schema))
  })

  it('knows what a generalized time is', () => {
    expect(parseGeneralizedTime('2026010203Z')).toBe('20260102030000')
    expect(parseGeneralizedTime('20260102030405.500Z')).toBe('20260102030405.5')
    expect(parseGeneralizedTime('20260101003000+0100')).toBe('20251231233000')
    expect(parseGeneralizedTime('1999')).toBeNull()
    expect(parseGeneralizedTime('20261301000000Z')).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeRecord } from './change-record'
import { parseLdif } from './ldif'
import { formatChange, formatChanges, formatEntry } from './ldif-text'
import { decodeOctets } from './octets'

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from(' :<ab\n\r\0-#\u00e9~')) }),
  fc.uint8Array({ maxLength: 200 }).map(decodeOctets),
  fc.string({ minLength: 60, maxLength: 300 }),
)
const description = fc.constantFrom('cn', 'mail', 'description;lang-de', '2.5.4.3', 'jpegPhoto')
const values = fc.array(value, { minLength: 1, maxLength: 3 })
const attributes = fc.uniqueArray(fc.record({ description, values }), {
  selector: (attribute) => attribute.description,
})
const change: fc.Arbitrary<ChangeRecord> = fc.oneof(
  fc.record({ type: fc.constant('add' as const), dn: value, attributes }),
  fc.record({ type: fc.constant('delete' as const), dn: value }),
  fc.record({
    type: fc.constant('modifyDn' as const),
    dn: value,
    newRdn: value,
    deleteOldRdn: fc.boolean(),
    newSuperior: fc.option(value, { nil: null }),
  }),
  fc.record({
    type: fc.constant('modify' as const),
    dn: value,
    modifications: fc.array(
      fc.record({
        operation: fc.constantFrom('add' as const, 'replace' as const),
        attribute: description,
        values,
      }),
    ),
  }),
)

/** text, line of the mistake */
const MISTAKES: readonly (readonly [string, number])[] = [
  ['dn: a=b\n\ncn: x\n', 3],
  ['version: 2\ndn: a=b\n', 1],
  ['dn: a=b\ncn:: ***\n', 2],
  ['dn: a=b\njpegPhoto:< file:///etc/passwd\n', 2],
  ['dn: a=b\nno colon\n', 2],
  ['# comment\n folded\n\ndn: a=b\nchangetype: frob\n', 5],
  ['dn: a=b\nchangetype: delete\ncn: x\n', 3],
  ['dn: a=b\nchangetype: modify\nadd: cn\nsn: x\n', 4],
  ['dn: a=b\nchangetype: modify\nadd: cn\n-\n', 3],
  ['dn: a=b\nchangetype: modify\ncn: x\n', 3],
  ['dn: a=b\nchangetype: modrdn\nnewrdn: a=c\ndeleteoldrdn: yes\n', 4],
  ['dn: a=b\nchangetype: modrdn\ndeleteoldrdn: 1\n', 3],
  ['dn: a=b\ncontrol: 1.2.3 true\nchangetype: delete\n', 2],
  [' folded: first\n', 1],
  ['dn: a=b\ncn: x\n-\n', 3],
]

describe('LDIF', () => {
  it('reads content as it is found in the field', () => {
    const text =
      'version: 1\r\n# a comment\r\n over two lines\r\ndn: uid=a,\r\n dc=b\r\ncn:: SsO2cmc=\r\nmail:   x@y \r\nCN: raw é\r\nsn:\r\n\r\n\r\n\r\ndn:\r\nobjectClass: top'
    const parsed = parseLdif(text)
    expect(parsed.status === 'parsed' ? parsed.records : parsed).toEqual([
      {
        type: 'content',
        line: 4,
        entry: {
          dn: 'uid=a,dc=b',
          attributes: [
            { description: 'cn', values: ['Jörg', 'raw é'] },
            { description: 'mail', values: ['x@y '] },
            { description: 'sn', values: [''] },
          ],
        },
      },
      {
        type: 'content',
        line: 13,
        entry: { dn: '', attributes: [{ description: 'objectClass', values: ['top'] }] },
      },
    ])
  })

  it('reads change records', () => {
    const text = `dn: uid=a
changetype: modify
add: mail
mail: a@b
mail: c@d
-
delete: sn
-
replace: cn
-
increment: uidNumber
uidNumber: 1

dn: uid=b
changetype: moddn
newrdn: uid=c
deleteoldrdn: 0
newsuperior: dc=x
`
    const parsed = parseLdif(text)
    const changes =
      parsed.status === 'parsed'
        ? parsed.records.map((record) => 'change' in record && record.change)
        : parsed
    expect(changes).toEqual([
      {
        type: 'modify',
        dn: 'uid=a',
        modifications: [
          { operation: 'add', attribute: 'mail', values: ['a@b', 'c@d'] },
          { operation: 'delete', attribute: 'sn', values: [] },
          { operation: 'replace', attribute: 'cn', values: [] },
          { operation: 'increment', attribute: 'uidNumber', values: ['1'] },
        ],
      },
      { type: 'modifyDn', dn: 'uid=b', newRdn: 'uid=c', deleteOldRdn: false, newSuperior: 'dc=x' },
    ])
  })

  it.each(MISTAKES)('%j is refused at line %i', (text, line) => {
    expect(parseLdif(text)).toMatchObject({ status: 'invalid', line })
  })

  it('writes short lines and plain ASCII only', () => {
    fc.assert(
      fc.property(change, (random) => {
        for (const line of formatChange(random).split('\n')) expect(line).toMatch(/^[ -~]{0,76}$/)
      }),
    )
  })

  it('reads the changes it has written', () => {
    fc.assert(
      fc.property(fc.array(change), (random) => {
        const parsed = parseLdif(formatChanges(random))
        expect(
          parsed.status === 'parsed' && parsed.records.map((record) => 'change' in record && record.change),
        ).toEqual(random)
      }),
    )
  })

  it('reads the entries it has written', () => {
    fc.assert(
      fc.property(fc.record({ dn: value, attributes }), (random) => {
        const parsed = parseLdif(formatEntry(random))
        expect(
          parsed.status === 'parsed' && parsed.records.map((record) => 'entry' in record && record.entry),
        ).toEqual([random])
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { basisOfPlan, editOfPieces, formatHead, piecesOfEdit, type PlanHead, readHead } from './staged-plan'

const value = fc.string({ unit: 'grapheme', maxLength: 4000 }).filter((text) => text !== '')
const dn = 'uid=jürgen,ou=Mail,dc=example,dc=net'

test('an edit of any size comes back from its pieces as it was', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const changes: ChangeRecord[] = [
        { type: 'add', dn, attributes: [{ description: 'description', values }] },
        {
          type: 'modify',
          dn,
          modifications: [{ operation: 'replace', attribute: 'title', values: values.slice(0, 1) }],
        },
        { type: 'modifyDn', dn, newRdn: 'uid=j', deleteOldRdn: true, newSuperior: null },
        { type: 'delete', dn: 'uid=j,ou=Mail,dc=example,dc=net' },
      ]
      const edit = { time: '2026-11-22T10:00:00.000Z', changes, basis: [{ dn, entryCsn: '2026#0#0#0' }] }
      const pieces = piecesOfEdit(edit)
      expect(editOfPieces('x', pieces)).toEqual({ ...edit, name: 'x' })
      if (pieces.length > 1) expect(editOfPieces('x', pieces.slice(1))).toBeNull()
    }),
    { numRuns: 40 },
  )
})

test('the head of a plan comes back; titles that are not the panel’s own do not', () => {
  const head: PlanHead = {
    id: 'a',
    state: 'written',
    maker: dn,
    makerName: 'Jürgen',
    made: '2026-11-22T10:00:00.000Z',
    title: { key: 'exchange.title', values: { name: 'people.csv' } },
    writerName: 'Mary',
    written: '2026-11-22T11:00:00.000Z',
    journals: ['one', 'two'],
  }
  expect(readHead('a', 'written', dn, formatHead(head))).toEqual(head)
  const forged = formatHead({ ...head, title: 'Click here' })
  expect(readHead('a', 'odd', dn, forged)).toMatchObject({ title: null, state: 'open' })
  expect(readHead('a', 'open', dn, 'nonsense')).toBeNull()
})

test('two edits of one entry rest on both of its states', () => {
  const edit = (entryCsn: string): Parameters<typeof basisOfPlan>[0][number] => ({
    name: entryCsn,
    time: '',
    changes: [],
    basis: [{ dn, entryCsn }],
  })
  expect(basisOfPlan([edit('1'), edit('2'), edit('2')])).toEqual([
    { dn, entryCsn: '1' },
    { dn, entryCsn: '2' },
  ])
})

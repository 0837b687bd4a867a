import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { matchFilter } from '@/lib/ldap/filter-match'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { FilterDistinction } from './filter-distinction'

const ASKED = ['mail', 'mailAlias']

function parts(...texts: readonly string[]): readonly (readonly Filter[])[] {
  return texts.map((text) => {
    const filter = parseFilter(text)
    if (filter === null) throw new Error(`no filter: ${text}`)
    return [filter]
  })
}

function entryWith(dn: string, values: Readonly<Record<string, readonly string[]>>): Entry {
  const attributes = Object.entries(values).map(([description, list]) => ({ description, values: list }))
  return { dn, attributes }
}

/** For each filter the DNs of its entries. */
function placed(filters: readonly (readonly Filter[])[], entries: readonly Entry[]): unknown {
  const assignment = FilterDistinction.of(filters)?.assign(entries, ASKED)
  return assignment?.map((list) => (list === 'undecided' ? list : list.map(({ dn }) => dn)))
}

describe('FilterDistinction', () => {
  it('gives each filter the entries that show its value', () => {
    const entries = [entryWith('one', { mail: ['a@x'] }), entryWith('two', { mail: ['b@x', 'a@x'] })]
    expect(placed(parts('(mail=a@x)', '(mail=b@x)', '(mail=c@x)'), entries)).toEqual([
      ['one', 'two'],
      ['two'],
      [],
    ])
  })

  it('does not decide where only letters and digits are the same', () => {
    const entries = [entryWith('one', { mail: ['A-b@x'] })]
    expect(placed(parts('(mail=a-b@x)', '(mail=ab@x)', '(mail=c@x)'), entries)).toEqual([
      'undecided',
      'undecided',
      [],
    ])
  })

  it('does not decide about values beyond ASCII, and asks each filter once', () => {
    const entries = [entryWith('one', { mail: ['ü@x'], mailAlias: ['ö@x'] })]
    const filters = parts('(|(mail=ü@x)(mailAlias=ü@x))', '(|(mail=b@x)(mailAlias=b@x))')
    expect(placed(filters, entries)).toEqual([['one'], 'undecided'])
  })

  it('gives up on an entry that shows nothing to decide by, or that belongs nowhere', () => {
    const filters = parts('(mail=a@x)', '(mail=b@x)')
    expect(placed(filters, [entryWith('one', { mailAlias: ['a@x'] })])).toBeUndefined()
    expect(placed(filters, [entryWith('one', { mail: ['c@x'] })])).toBeUndefined()
    expect(placed(filters, [entryWith('one', { mail: ['a@x'], cn: ['a'] })])).toBeUndefined()
  })

  it.each([
    [['(mail=a)']],
    [['(mail=a)', '(mailAlias=a)']],
    [['(mail=a)', '(|(mail=a)(mailAlias=a))']],
    [['(mail=a*)', '(mail=b*)']],
    [['(objectClass=a)', '(objectClass=b)']],
    [['(|)', '(|)']],
    [['(|(unknownType=a)(mail=a))', '(|(unknownType=b)(mail=b))']],
  ])('does not tell %j apart', (texts) => {
    expect(FilterDistinction.of(parts(...texts))).toBeNull()
  })

  it('never says otherwise than the matching rules', () => {
    const value = fc.stringMatching(/^[aAbÄ.-]{1,3}@x$/)
    const values = fc.uniqueArray(value, { minLength: 1, maxLength: 3 })
    const entry = fc.record({ mail: values, mailAlias: values })
    const attributes = fc.subarray(ASKED, { minLength: 1 })
    const keys = fc.uniqueArray(value, { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(keys, attributes, fc.array(entry, { maxLength: 4 }), (asserted, names, shown) => {
        const filters = asserted.map((key): Filter => {
          const some = names.map((attribute): Filter => ({ type: 'equality', attribute, value: key }))
          return { type: 'or', filters: some }
        })
        const matching = shown
          .map((one, index) => entryWith(`entry ${index}`, one))
          .filter((one) => filters.some((filter) => matchFilter(filter, one, defaultSchema()) === true))
        const assignment = FilterDistinction.of(filters.map((filter) => [filter]))?.assign(matching, ASKED)
        for (const [index, list] of (assignment ?? []).entries()) {
          const [filter] = filters.slice(index)
          if (list === 'undecided' || filter === undefined) continue
          expect(list).toEqual(matching.filter((one) => matchFilter(filter, one, defaultSchema()) === true))
        }
      }),
    )
  })
})

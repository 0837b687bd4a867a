import { describe, expect, it } from 'vitest'
import { differencesBetween, mergeForms } from './mailbox-fields'
import { EMPTY_FORM, type MailboxForm } from './mailbox'

const opened: MailboxForm = {
  ...EMPTY_FORM,
  givenName: 'Jane',
  sn: 'Doe',
  cn: 'Jane Doe',
  telephoneNumber: ['1'],
  aliases: ['a@x.net', 'b@x.net'],
}

describe('mergeForms', () => {
  it('keeps what either changed', () => {
    const typed = { ...opened, cn: 'Jane Roe', aliases: ['a@x.net', 'mine@x.net'] }
    const current = {
      ...opened,
      sn: 'Roe',
      mailQuota: '1 GB',
      telephoneNumber: [],
      aliases: ['a@x.net', 'b@x.net', 'theirs@x.net'],
    }
    expect(mergeForms(opened, typed, current)).toEqual({
      ...opened,
      cn: 'Jane Roe',
      sn: 'Roe',
      mailQuota: '1 GB',
      telephoneNumber: [],
      aliases: ['a@x.net', 'theirs@x.net', 'mine@x.net'],
    })
  })

  it('does not add an alias that the other added already', () => {
    const typed = { ...opened, aliases: [...opened.aliases, 'new@x.net'] }
    const current = { ...opened, aliases: [...opened.aliases, 'New@x.net'] }
    expect(mergeForms(opened, typed, current).aliases).toEqual(current.aliases)
  })
})

describe('differencesBetween', () => {
  it('is empty for equal forms and names each field that differs', () => {
    expect(differencesBetween(opened, { ...opened })).toEqual([])
    expect(differencesBetween(opened, { ...opened, sn: 'Roe', aliases: ['b@x.net', 'c@x.net'] })).toEqual([
      { field: 'sn', removed: ['Doe'], added: ['Roe'] },
      { field: 'aliases', removed: ['a@x.net'], added: ['c@x.net'] },
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { aliasProblem } from './address'
import { readMailbox } from './mailbox'
import { formProblems, planMailbox, soundPart, tidyForm } from './mailbox-form'

const entry: Entry = {
  dn: 'uid=johndoe,ou=Mail,dc=example,dc=net',
  attributes: [
    { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount'] },
    { description: 'cn', values: ['John Doe', 'Johnny'] },
    { description: 'sn', values: ['Doe'] },
    { description: 'mail', values: ['johndoe@domain1.net'] },
    { description: 'mailAlias', values: ['superjohn@domain2.me', '"odd one"@domain1.net'] },
    { description: 'entryUUID', values: ['0b0f7b2e-0000-4000-8000-000000000001'] },
    { description: 'entryCSN', values: ['20260101000000.000000Z#000000#000#000000'] },
  ],
}
const mailbox = readMailbox(entry)

describe('planMailbox', () => {
  it('plans nothing for an untouched form', () => {
    expect(planMailbox(entry, mailbox.form)).toEqual([])
  })

  it('names removed and added aliases, not the whole list', () => {
    const form = { ...mailbox.form, aliases: ['"odd one"@domain1.net', 'jd@domain1.net'] }
    expect(planMailbox(entry, form)).toEqual([
      {
        type: 'modify',
        dn: entry.dn,
        modifications: [
          { operation: 'delete', attribute: 'mailAlias', values: ['superjohn@domain2.me'] },
          { operation: 'add', attribute: 'mailAlias', values: ['jd@domain1.net'] },
        ],
      },
    ])
  })

  it('keeps further values of a name', () => {
    expect(planMailbox(entry, { ...mailbox.form, cn: 'Johnny' })).toEqual([
      {
        type: 'modify',
        dn: entry.dn,
        modifications: [{ operation: 'delete', attribute: 'cn', values: ['John Doe'] }],
      },
    ])
  })

  it('removes an optional name that was emptied and adds one that was absent', () => {
    const [record] = planMailbox(entry, { ...mailbox.form, displayName: 'J. Doe' })
    expect(record).toMatchObject({
      modifications: [{ operation: 'add', attribute: 'displayName', values: ['J. Doe'] }],
    })
  })
})

describe('formProblems', () => {
  it('accepts the form as the directory has it, odd aliases included', () => {
    expect(formProblems(mailbox.form, mailbox)).toEqual([])
  })

  it('says what is wrong, and where', () => {
    const aliases = [
      ...mailbox.form.aliases,
      'SuperJohn@domain2.me',
      'johndoe@DOMAIN1.net',
      'sales',
      'müller@domain1.net',
    ]
    const problems = formProblems({ ...mailbox.form, cn: '', aliases }, mailbox)
    expect(problems.map(({ field, index }) => [field, index])).toEqual([
      ['cn', null],
      ['aliases', 2],
      ['aliases', 3],
      ['aliases', 4],
      ['aliases', 5],
    ])
    expect(problems[3]?.message).toMatch(/add @ and a domain/)
    expect(problems[4]?.message).toMatch(/ASCII/)
  })

  it('leaves a sound part that has no problems', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), fc.string(), (aliases, cn, sn) => {
        const form = tidyForm({ ...mailbox.form, cn, sn, aliases })
        const sound = soundPart(form, formProblems(form, mailbox), mailbox)
        expect(formProblems(sound, mailbox)).toEqual([])
      }),
    )
  })
})

describe('aliasProblem', () => {
  it.each(['a@b.net', '@b.net', 'a+b@b.net', "o'neill@b.net", 'x.y@xn--mller-kva.de'])(
    'accepts %s',
    (alias) => {
      expect(aliasProblem(alias)).toBeNull()
    },
  )
  it.each([
    '',
    '@',
    'a@',
    'a',
    'a@b',
    '@b',
    'a b@c.net',
    '"a"@b.net',
    'ü@b.net',
    '.a@b.net',
    'a..b@b.net',
    '-a@b.net',
    'a@-b.net',
    'a@b..net',
    'a@b.net.',
  ])('refuses %j', (alias) => {
    expect(aliasProblem(alias)).not.toBeNull()
  })
})

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

describe('planMailbox, of what is not as it is stored', () => {
  const changed = (form: Partial<typeof mailbox.form>, of: Entry = entry): unknown =>
    planMailbox(of, { ...readMailbox(of).form, ...form }).flatMap((record) =>
      record.type === 'modify' ? record.modifications : [],
    )

  it('stores a quota in kilobytes and a postal address as one value', () => {
    expect(changed({ mailQuota: '1,5 GB', postalAddress: 'Kai 1\n$ 5\\6' })).toEqual([
      { operation: 'add', attribute: 'postalAddress', values: ['Kai 1$\\24 5\\5C6'] },
      { operation: 'add', attribute: 'mailQuota', values: ['1572864'] },
    ])
  })

  it('adds the class with the first forwarding address and takes it with the last', () => {
    expect(changed({ mailForwardingAddress: ['a@b.net'] })).toEqual([
      { operation: 'add', attribute: 'objectClass', values: ['PostfixBookMailForward'] },
      { operation: 'add', attribute: 'mailForwardingAddress', values: ['a@b.net'] },
    ])
    const forwarding: Entry = {
      ...entry,
      attributes: [
        ...entry.attributes.filter(({ description }) => description !== 'objectClass'),
        { description: 'objectClass', values: ['inetOrgPerson', 'postfixbookmailforward'] },
        { description: 'mailForwardingAddress', values: ['a@b.net', 'c@d.net'] },
      ],
    }
    expect(changed({ mailForwardingAddress: ['c@d.net'] }, forwarding)).toEqual([
      { operation: 'delete', attribute: 'mailForwardingAddress', values: ['a@b.net'] },
    ])
    expect(changed({ mailForwardingAddress: [] }, forwarding)).toEqual([
      { operation: 'delete', attribute: 'objectClass', values: ['postfixbookmailforward'] },
      { operation: 'delete', attribute: 'mailForwardingAddress', values: ['a@b.net', 'c@d.net'] },
    ])
  })

  it('replaces what has no equality rule as a whole', () => {
    const filed: Entry = {
      ...entry,
      attributes: [...entry.attributes, { description: 'mailSieveRuleSource', values: ['keep;'] }],
    }
    expect(changed({ mailSieveRuleSource: 'discard;' }, filed)).toEqual([
      { operation: 'replace', attribute: 'mailSieveRuleSource', values: ['discard;'] },
    ])
  })
})

describe('formProblems', () => {
  it.each([
    ['mailQuota', 'much', 'quota'],
    ['mailUidNumber', '0', 'number'],
    ['mailHomeDirectory', 'srv/mail', 'path'],
    ['mailStorageDirectory', '/srv/mail/../etc', 'path'],
    ['mailEnabled', 'yes', 'enabled'],
    ['preferredLanguage', 'de_DE', 'language'],
  ] as const)('refuses %s %s', (field, value, problem) => {
    expect(formProblems({ ...mailbox.form, [field]: value }, mailbox)).toEqual([
      { field, index: null, message: { key: `mailbox.problem.${problem}` } },
    ])
  })

  it('wants an alias where mail is forwarded', () => {
    const form = { ...mailbox.form, aliases: [], mailForwardingAddress: ['a@b.net'] }
    expect(formProblems(form, mailbox)).toMatchObject([{ field: 'aliases', index: null }])
  })

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
    expect(problems[3]?.message).toEqual({ key: 'mailbox.problem.notAnAddress' })
    expect(problems[4]?.message).toEqual({ key: 'mailbox.problem.addressAscii' })
  })

  it('leaves a sound part that has no problems', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), fc.string(), (aliases, cn, sn) => {
        const form = tidyForm({ ...mailbox.form, cn, sn, aliases })
        const sound = soundPart(form, formProblems(form, mailbox), mailbox.form)
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

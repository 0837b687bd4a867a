import { describe, expect, it, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { inEnglish } from '@/lib/words/english'
import { type ExaminerFacts, MailboxExaminer } from './mailbox-examiner'
import { sentenceOf } from './mailbox-finding'

type Values = Readonly<Record<string, readonly string[]>>

const FACTS: ExaminerFacts = {
  hosted: new Set(['own.example', 'second.example']),
  caseExact: new Set(['mailgroupmember']),
}

function mailbox(mail: string, more: Values = {}): Entry {
  const attributes = Object.entries({
    mail: mail === '' ? [] : [mail],
    entryUUID: [`id of ${mail}`],
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount', 'PostfixBookMailForward'],
    ...more,
  })
  return {
    dn: `mail=${mail}`,
    attributes: attributes.map(([description, values]) => ({ description, values })),
  }
}

function examined(entries: readonly Entry[], facts: ExaminerFacts = FACTS): MailboxExaminer {
  const examiner = new MailboxExaminer(facts)
  for (const entry of entries) examiner.add(entry)
  return examiner
}

/** Each finding as `mailbox code address other count`, sorted. */
function told(entries: readonly Entry[], facts: ExaminerFacts = FACTS): readonly string[] {
  return [...examined(entries, facts).findings()]
    .flatMap(([id, findings]) =>
      findings.map(({ code, address, other, count }) =>
        [id.slice('id of '.length), code, address, other, count > 1 ? count : ''].join(' ').trim(),
      ),
    )
    .sort()
}

interface Case {
  readonly name: string
  readonly entries: readonly Entry[]
  readonly found: readonly string[]
}

const ann = mailbox('ann@own.example')
const alias = (...values: readonly string[]): Values => ({ mailAlias: values })
const forward = (...values: readonly string[]): Values => ({ mailForwardingAddress: values })

const CASES: readonly Case[] = [
  {
    name: 'a mailbox with an alias is well',
    entries: [mailbox('ann@own.example', alias('a@second.example'))],
    found: [],
  },
  {
    name: 'unhosted mailbox and alias, whatever the case',
    entries: [mailbox('Ann@Gone.example', alias('a@OWN.example', 'a@gone.example', '@gone.example'))],
    found: [
      'Ann@Gone.example unhostedAlias @gone.example',
      'Ann@Gone.example unhostedAlias a@gone.example',
      'Ann@Gone.example unhostedMailbox ann@gone.example',
    ],
  },
  {
    name: 'a name without a domain cannot be judged',
    entries: [mailbox('ann@own.example', alias('root'))],
    found: [],
  },
  {
    name: 'shadowed by an alias of another, and the other end of it',
    entries: [ann, mailbox('ben@own.example', alias('ANN@own.example'))],
    found: [
      'ann@own.example shadowedMailbox ann@own.example ben@own.example',
      'ben@own.example shadowingAlias ann@own.example ann@own.example',
    ],
  },
  {
    name: 'an alias to itself keeps the mail',
    entries: [
      mailbox('ann@own.example', alias('ann@own.example')),
      mailbox('ben@own.example', alias('ann@own.example')),
    ],
    found: [],
  },
  {
    name: 'an alias of several is a list',
    entries: [
      mailbox('ann@own.example', alias('all@own.example')),
      mailbox('ben@own.example', alias('all@own.example')),
    ],
    found: [],
  },
  {
    name: 'a catch-all diverts the mailboxes of its domain that have no alias of their own',
    entries: [
      ann,
      mailbox('cat@own.example', alias('cat@own.example')),
      mailbox('dan@second.example', alias('@own.example')),
      mailbox('eve@own.example'),
    ],
    found: [
      'ann@own.example divertedMailbox ann@own.example dan@second.example',
      'dan@second.example divertingCatchAll @own.example  2',
      'eve@own.example divertedMailbox eve@own.example dan@second.example',
    ],
  },
  {
    name: 'a catch-all of the mailbox itself brings it its mail',
    entries: [mailbox('ann@own.example', alias('@own.example'))],
    found: [],
  },
  {
    name: 'one address of two mailboxes',
    entries: [ann, mailbox('ben@own.example', { mail: ['ben@own.example', 'ann@own.example'] })],
    found: [
      'ann@own.example sharedAddress ann@own.example ben@own.example',
      'ben@own.example sharedAddress ann@own.example ann@own.example',
    ],
  },
  {
    name: 'disabled with aliases',
    entries: [mailbox('ann@own.example', { ...alias('a@own.example'), mailEnabled: ['FALSE'] })],
    found: ['ann@own.example disabledWithAlias ann@own.example'],
  },
  { name: 'disabled alone', entries: [mailbox('ann@own.example', { mailEnabled: ['FALSE'] })], found: [] },
  {
    name: 'a forward to nobody, but not to a stranger, an alias, a catch-all or an extension',
    entries: [
      mailbox('ann@own.example', {
        ...alias('@second.example', 'a@own.example'),
        ...forward(
          'nobody@own.example',
          'x@far.example',
          'any@second.example',
          'a@own.example',
          'ann+x@own.example',
        ),
      }),
    ],
    found: ['ann@own.example danglingForward nobody@own.example'],
  },
  {
    name: 'forwards in a circle, also by an alias; a copy to oneself is none',
    entries: [
      mailbox('ann@own.example', forward('b@own.example', 'ann@own.example')),
      mailbox('ben@own.example', { ...alias('b@own.example'), ...forward('ann@own.example') }),
      mailbox('cat@own.example', forward('ann@own.example')),
    ],
    found: [
      'ann@own.example forwardLoop b@own.example ben@own.example',
      'ben@own.example forwardLoop ann@own.example ann@own.example',
    ],
  },
  {
    name: 'a forward without its object class',
    entries: [
      mailbox('ann@own.example', { ...forward('x@far.example'), objectClass: ['PostfixBookMailAccount'] }),
    ],
    found: ['ann@own.example forwardWithoutClass ann@own.example'],
  },
  {
    name: 'values that are never found, each attribute by its own rule',
    entries: [
      mailbox('ann@own.example', {
        mailAlias: ['"a b"@own.example', 'käse@own.example', 'Ann.B@own.example'],
        mailGroupMember: ['Team@own.example'],
      }),
    ],
    found: [
      'ann@own.example neverFound "a b"@own.example',
      'ann@own.example neverFound Team@own.example',
      'ann@own.example neverFound käse@own.example',
    ],
  },
  { name: 'no address at all', entries: [mailbox('')], found: ['withoutAddress'] },
]

describe('each mailbox is told what is wrong with it', () => {
  it.each(CASES)('$name', ({ entries, found }) => {
    expect(told(entries)).toEqual([...found].sort())
    // The order in which the server gives the entries decides nothing.
    expect(told([...entries].reverse())).toEqual([...found].sort())
  })
})

test('the longest list is the alias that most mailboxes have', () => {
  expect(examined([mailbox('ann@own.example', alias('a@own.example'))]).longestList()).toBeNull()
  const names = ['ann', 'ben', 'cat']
  const entries = names.map((name) =>
    mailbox(`${name}@own.example`, alias('All@own.example', 'two@own.example')),
  )
  const [first, second] = entries
  const pair = [first, second].flatMap((entry) => (entry === undefined ? [] : [entry]))
  expect(examined(pair).longestList()?.mailboxes).toBe(2)
  expect(examined(entries).longestList()).toEqual({ address: 'all@own.example', mailboxes: 3 })
})

test('without any hosted domain nothing is called unhosted or dangling', () => {
  const entries = [mailbox('ann@own.example', { ...alias('a@gone.example'), ...forward('b@gone.example') })]
  expect(told(entries, { ...FACTS, hosted: null })).toEqual([])
})

test('every domain needs a postmaster: a mailbox, an alias or a catch-all', () => {
  const hosted = new Set(['one.example', 'two.example', 'three.example', 'four.example'])
  const examiner = examined(
    [mailbox('postmaster@one.example', alias('Postmaster@two.example', '@three.example'))],
    { ...FACTS, hosted },
  )
  expect(examiner.domainsWithout('postmaster')).toEqual(['four.example'])
  expect(examiner.domainsWithout('abuse')).toEqual(['one.example', 'two.example', 'four.example'])
  expect(examiner.domainsWithoutAddress()).toEqual(['four.example'])
})

test('grave findings come first, and a sentence says what is so', () => {
  const entries = [
    mailbox('ann@own.example', { ...alias('a@gone.example'), mailEnabled: ['FALSE'] }),
    mailbox('ben@own.example', alias('ann@own.example')),
  ]
  const findings = examined(entries).findings().get('id of ann@own.example') ?? []
  expect(findings.map(({ code }) => code)).toEqual(['shadowedMailbox', 'unhostedAlias', 'disabledWithAlias'])
  const [shadowed] = findings
  if (shadowed === undefined) throw new Error('It is shadowed.')
  expect(inEnglish(sentenceOf(shadowed))).toContain('also an alias of ben@own.example')
  expect(inEnglish(sentenceOf({ ...shadowed, other: '' }))).toContain('also an alias of another mailbox')
})

test('of very many findings of one kind the first are told, and all other kinds', () => {
  const aliases = Array.from({ length: 80 }, (_, n) => `a${n}@gone.example`)
  const entries = [
    mailbox('ann@own.example', alias(...aliases)),
    mailbox('ben@own.example', alias('ann@own.example')),
  ]
  const codes = examined(entries)
    .findings()
    .get('id of ann@own.example')
    ?.map(({ code }) => code)
  expect(codes).toEqual(['shadowedMailbox', ...Array.from({ length: 20 }, () => 'unhostedAlias')])
})

import { expect, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { TallySheet } from './tally-sheet'

function mailbox(mail: string, more: Readonly<Record<string, readonly string[]>> = {}): Entry {
  return {
    dn: `mail=${mail}`,
    attributes: [
      { description: 'mail', values: [mail] },
      { description: 'entryUUID', values: [`id of ${mail}`] },
      ...Object.entries(more).map(([description, values]) => ({ description, values })),
    ],
  }
}

const ENTRIES = [
  mailbox('Ann@own.example', { mailAlias: ['postmaster@own.example', 'BEN@own.example'] }),
  mailbox('ben@own.example', { mailEnabled: ['FALSE'], mailAlias: ['b@own.example', 'b@gone.example'] }),
  // Holds its own address as an alias as well, so that the catch-all of somebody else takes nothing away.
  mailbox('cat@second.example', {
    mailAlias: ['cat@second.example'],
    mailForwardingAddress: ['x@y.example'],
  }),
  mailbox('dan@gone.example', { mailAlias: ['cat@second.example'] }),
]

function sumsOf(entries: readonly Entry[], hosted: ReadonlySet<string> | null, elsewhere?: Set<string>) {
  const sheet = new TallySheet(['own.example', 'second.example', 'empty.example'], hosted, elsewhere)
  for (const entry of entries) sheet.add(entry)
  return sheet.sums()
}

const HOSTED = new Set(['own.example', 'second.example', 'empty.example'])

test('counts mailboxes, aliases and domains, the largest first', () => {
  expect(sumsOf(ENTRIES, HOSTED)).toMatchObject({
    mailboxes: 4,
    disabled: 1,
    forwarding: 1,
    aliases: 5,
    domains: [
      { name: 'own.example', mailboxes: 2, aliases: 3 },
      { name: 'gone.example', mailboxes: 1, aliases: 1 },
      { name: 'second.example', mailboxes: 1, aliases: 1 },
      { name: 'empty.example', mailboxes: 0, aliases: 0 },
    ],
  })
})

test.each([
  ['in one order', ENTRIES],
  ['in the other', [...ENTRIES].reverse()],
])('says what needs attention, %s', (_, entries) => {
  const found = sumsOf(entries, HOSTED).attention.map(({ code, count, examples }) => [
    code,
    count,
    examples.map(({ address }) => address).join(' '),
  ])
  expect(new Set(found.map((item) => item.join(': ')))).toEqual(
    new Set([
      'disabledWithAlias: 1: ben@own.example',
      'unhostedMailbox: 1: dan@gone.example',
      'unhostedAlias: 1: b@gone.example',
      'shadowedMailbox: 1: ben@own.example',
      'noPostmaster: 2: second.example empty.example',
    ]),
  )
})

test('a catch-all is a postmaster too, and so is an alias out of sight', () => {
  const entries = [...ENTRIES, mailbox('eve@own.example', { mailAlias: ['@second.example'] })]
  const { attention } = sumsOf(entries, HOSTED, new Set(['postmaster@empty.example']))
  expect(attention.map(({ code }) => code)).not.toContain('noPostmaster')
})

test('without any hosted domain nothing is called unhosted', () => {
  const codes = sumsOf(ENTRIES, null).attention.map(({ code }) => code)
  expect(codes).not.toContain('unhostedAlias')
  expect(codes).not.toContain('unhostedMailbox')
})

test('names the first few of many', () => {
  const entries = Array.from({ length: 20 }, (_, n) => mailbox(`m${n}@gone.example`))
  const item = sumsOf(entries, HOSTED).attention.find(({ code }) => code === 'unhostedMailbox')
  expect(item).toMatchObject({ count: 20, examples: { length: 5 } })
})

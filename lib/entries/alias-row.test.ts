import { expect, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { valuesOf } from '@/lib/ldap/entry'
import { readAliasHolder } from './alias'
import { addressesIn, type AliasFacts, type AliasKind, rowsOf } from './alias-row'

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

const ALL = [
  mailbox('ann@own.example', { mailAlias: ['Sales@own.example', '@own.example', 'ben@own.example'] }),
  mailbox('ben@own.example', { mailAlias: ['sales@own.example'], mailEnabled: ['FALSE'] }),
  mailbox('cat@elsewhere.example', { mailAlias: ['cat@own.example', 'old@gone.example'] }),
  mailbox('dan@own.example', {
    mailForwardingAddress: ['dan@far.example', 'ben@own.example', 'nobody@own.example'],
  }),
]

function gather(attribute: string): AliasFacts['holders'] {
  const found = new Map<string, ReturnType<typeof readAliasHolder>[]>()
  for (const entry of ALL)
    for (const value of valuesOf(entry, attribute)) {
      const key = value.toLowerCase()
      found.set(key, [...(found.get(key) ?? []), readAliasHolder(entry)])
    }
  return found
}

const FACTS: AliasFacts = {
  hosted: new Set(['own.example', 'hosted.example']),
  holders: gather('mailAlias'),
  mailboxes: gather('mail'),
}

function lines(kind: AliasKind, entries: readonly Entry[], facts = FACTS, maySee = () => true) {
  return rowsOf(kind, entries, facts, maySee).map(({ address, destinations, hidden, marks }) => [
    address,
    destinations.map((destination) => destination.address).join(' '),
    marks.join(' '),
    hidden,
  ])
}

test('an alias leads to all its mailboxes, also to those of other pages, with what is remarkable', () => {
  expect(lines('alias', ALL.slice(0, 1))).toEqual([
    ['sales@own.example', 'ann@own.example ben@own.example', 'multi disabled', 0],
    ['@own.example', 'ann@own.example', 'catchAll', 0],
    ['ben@own.example', 'ann@own.example', 'shadowing', 0],
  ])
  expect(lines('alias', ALL.slice(2, 3))).toEqual([
    ['cat@own.example', 'cat@elsewhere.example', 'external', 0],
    ['old@gone.example', 'cat@elsewhere.example', 'external unhosted', 0],
  ])
})

test('an alias that its own mailbox holds too keeps a copy and shadows nothing', () => {
  const facts = {
    ...FACTS,
    holders: new Map([['ben@own.example', ALL.slice(0, 2).map(readAliasHolder)]]),
  }
  expect(lines('alias', [mailbox('x', { mailAlias: ['ben@own.example'] })], facts)[0]?.[2]).toBe(
    'multi disabled',
  )
})

test('mailboxes out of sight are counted and not named', () => {
  const see = ({ mail }: { readonly mail: string }): boolean => mail.startsWith('ann')
  const rows = rowsOf('alias', ALL.slice(0, 1), FACTS, see)
  expect(rows[0]).toMatchObject({ hidden: 1, destinations: [{ address: 'ann@own.example' }] })
  expect(rows[0]?.marks).toContain('multi')
})

test('a forward names its targets, and what is wrong with them', () => {
  const [row] = rowsOf('forward', ALL.slice(3), FACTS, () => true)
  expect(row).toMatchObject({ address: 'dan@own.example', mailbox: 'id of dan@own.example' })
  expect(row?.marks).toEqual(['external'])
  const without = { ...FACTS, holders: new Map() }
  expect(rowsOf('forward', ALL.slice(3), without, () => true)[0]?.marks).toEqual(['external', 'dangling'])
})

test('where the directory has no domains, nothing is said about them', () => {
  expect(lines('alias', ALL.slice(2, 3), { ...FACTS, hosted: null })).toEqual([
    ['cat@own.example', 'cat@elsewhere.example', '', 0],
    ['old@gone.example', 'cat@elsewhere.example', '', 0],
  ])
})

test('addresses are asked for once, however they are spelled', () => {
  expect(addressesIn('alias', ALL.slice(0, 2))).toEqual([
    'sales@own.example',
    '@own.example',
    'ben@own.example',
  ])
})

import { expect, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { TallySheet } from './tally-sheet'

function mailbox(mail: string, more: Readonly<Record<string, readonly string[]>> = {}): Entry {
  return {
    dn: `mail=${mail}`,
    attributes: [
      { description: 'mail', values: [mail] },
      ...Object.entries(more).map(([description, values]) => ({ description, values })),
    ],
  }
}

const ENTRIES = [
  mailbox('Ann@own.example', { mailAlias: ['postmaster@own.example', 'BEN@own.example'] }),
  mailbox('ben@own.example', { mailEnabled: ['FALSE'], mailAlias: ['b@own.example', 'b@gone.example'] }),
  mailbox('cat@second.example', {
    mailAlias: ['cat@second.example'],
    mailForwardingAddress: ['x@y.example'],
  }),
  mailbox('dan@gone.example', { mailAlias: ['cat@second.example'] }),
]

test('counts mailboxes, aliases and domains, the largest first', () => {
  const sheet = new TallySheet(['own.example', 'second.example', 'empty.example'])
  for (const entry of ENTRIES) sheet.add(entry)
  expect(sheet.sums()).toEqual({
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

import { expect, test } from 'vitest'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import { planRename } from '@/lib/entries/domain-rename'
import { inRuns, orderInParts } from './ordered-writes'

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  return {
    dn,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

const OLD = entry('dc=old.example,ou=Domains', { objectClass: ['dNSDomain'], dc: ['old.example'] })
const CLASSES = ['inetOrgPerson', 'PostfixBookMailAccount', 'PostfixBookMailForward']
const ANN = entry('uid=ann,ou=Mail', {
  objectClass: CLASSES,
  uid: ['ann'],
  cn: ['Ann'],
  sn: ['Ann'],
  mail: ['ann@old.example'],
  mailAlias: ['ann@else.example'],
  mailForwardingAddress: ['ben@old.example'],
})
const BEN = entry('uid=ben,ou=Mail', {
  objectClass: CLASSES,
  uid: ['ben'],
  cn: ['Ben'],
  sn: ['Ben'],
  mail: ['ben@old.example'],
  mailAlias: ['ben@else.example'],
  mailForwardingAddress: ['ann@else.example'],
})

const DELETION: ChangeRecord = { type: 'delete', dn: OLD.dn }

test('the mailboxes of a domain go before the domain, whatever the order they are given in', async () => {
  const mailboxes: readonly ChangeRecord[] = [ANN, BEN].map(({ dn }) => ({ type: 'delete', dn }))
  const { writes, last } = await orderInParts([DELETION, ...mailboxes], [OLD, ANN, BEN], defaultSchema())
  expect(writes.map(({ dn }) => dn)).toEqual([ANN.dn, BEN.dn])
  expect(last).toEqual([DELETION])
})

test('a domain is there before its mailboxes, and a mailbox before what leads to it and as long as that does', async () => {
  const rename = { from: 'old.example', to: 'new.example', keep: 'none', inParts: true } as const
  const changes = planRename(OLD, [ANN, BEN], rename)
  const { writes, last } = await orderInParts([...changes].reverse(), [OLD, ANN, BEN], defaultSchema())
  expect(last).toEqual([DELETION])
  expect(writes[0]).toMatchObject({ type: 'add', dn: 'dc=new.example,ou=Domains' })
  const place = (dn: string, operation: string, value: string): number =>
    writes.findIndex(
      (change) =>
        change.dn === dn &&
        change.type === 'modify' &&
        change.modifications.some((one) => one.operation === operation && one.values.includes(value)),
    )
  const given = place(BEN.dn, 'add', 'ben@new.example')
  const aimed = place(ANN.dn, 'add', 'ben@new.example')
  const taken = place(BEN.dn, 'delete', 'ben@old.example')
  expect([given > 0, aimed > given, taken > aimed]).toEqual([true, true, true])
})

test('runs hold all in their order', () => {
  expect(inRuns([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(inRuns([], 2)).toEqual([])
})

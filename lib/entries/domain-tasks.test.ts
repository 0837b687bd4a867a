import { describe, expect, test } from 'vitest'
import { applyChange } from '@/lib/ldap/change-application'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { countAddresses } from './domain-addresses'
import { catchAllHolders, planAliasDomain, planCatchAll } from './domain-aliases'
import { planRemoval } from './domain-removal'
import { type KeptAddresses, planRename } from './domain-rename'

const schema = defaultSchema()

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  return {
    dn,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

const DOMAIN = entry('dc=old.example,ou=Domains', {
  objectClass: ['dNSDomain'],
  dc: ['old.example'],
  description: ['Old'],
  entryUUID: ['1'],
})
const NAMES = { cn: ['Some One'], sn: ['One'] }
const ANN = entry('uid=ann,ou=Mail', {
  objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
  uid: ['ann'],
  ...NAMES,
  mail: ['Ann@Old.Example'],
  mailAlias: ['sales@old.example', 'ann@new.example', 'ann@else.example'],
  mailGroupMember: ['staff@old.example'],
})
/** Named by its address, as some sites do. */
const BEN = entry('mail=ben@old.example,ou=Mail', {
  objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
  ...NAMES,
  mail: ['ben@old.example', 'ben@else.example'],
})
const CAT = entry('uid=cat,ou=Mail', {
  objectClass: ['inetOrgPerson', 'PostfixBookMailAccount', 'PostfixBookMailForward'],
  uid: ['cat'],
  ...NAMES,
  mail: ['cat@else.example'],
  mailAlias: ['info@old.example', 'cat@other.example'],
  mailForwardingAddress: ['ann@old.example'],
})
const ALL = [ANN, BEN, CAT]

/** What the entries are afterwards, by their names then. */
function after(entries: readonly Entry[], changes: readonly ChangeRecord[]): ReadonlyMap<string, Entry> {
  const left = new Map(entries.map((one) => [one.dn, one]))
  for (const change of changes) {
    const result = applyChange(change, left.get(change.dn) ?? null, schema)
    if (result.status !== 'applied') throw new Error(JSON.stringify(result))
    left.delete(change.dn)
    if (result.entry !== null) left.set(result.entry.dn, result.entry)
  }
  return left
}

test('addresses are counted by kind', () => {
  expect(countAddresses(ALL, 'old.example')).toEqual({
    mailboxes: 2,
    aliases: 2,
    forwards: 1,
    memberships: 1,
  })
})

describe('rename', () => {
  const renamed = (keep: KeptAddresses) => {
    const rename = { from: 'old.example', to: 'new.example', keep }
    return after([DOMAIN, ...ALL], planRename(DOMAIN, ALL, rename))
  }
  const ben = 'mail=ben@new.example,ou=Mail'

  test('all addresses move and the old domain is gone', () => {
    const left = renamed('none')
    expect([...left.keys()].sort()).toEqual(
      ['dc=new.example,ou=Domains', ben, 'uid=ann,ou=Mail', 'uid=cat,ou=Mail'].sort(),
    )
    const ann = left.get(ANN.dn) ?? ANN
    expect(valuesOf(ann, 'mail')).toEqual(['Ann@new.example'])
    expect(valuesOf(ann, 'mailAlias')).toEqual(['ann@new.example', 'ann@else.example', 'sales@new.example'])
    expect(valuesOf(ann, 'mailGroupMember')).toEqual(['staff@new.example'])
    expect([...valuesOf(left.get(ben) ?? BEN, 'mail')].sort()).toEqual([
      'ben@else.example',
      'ben@new.example',
    ])
    expect(valuesOf(left.get(CAT.dn) ?? CAT, 'mailForwardingAddress')).toEqual(['ann@new.example'])
    expect(JSON.stringify([...left.values()])).not.toMatch(/@old\.example/i)
  })

  test('mailboxes keep their old address as an alias, and other old addresses end', () => {
    const left = renamed('mailboxes')
    expect(left.has(DOMAIN.dn)).toBe(true)
    expect(valuesOf(left.get('dc=new.example,ou=Domains') ?? DOMAIN, 'description')).toEqual(['Old'])
    expect(valuesOf(left.get('dc=new.example,ou=Domains') ?? DOMAIN, 'entryUUID')).toEqual([])
    expect(valuesOf(left.get(ANN.dn) ?? ANN, 'mailAlias')).toContain('Ann@Old.Example')
    expect(valuesOf(left.get(ANN.dn) ?? ANN, 'mailAlias')).not.toContain('sales@old.example')
    expect(valuesOf(left.get(ben) ?? BEN, 'mailAlias')).toEqual(['ben@old.example'])
  })

  test('every old address stays as an alias', () => {
    const left = renamed('all')
    const aliases = [...left.values()].flatMap((one) => valuesOf(one, 'mailAlias'))
    for (const old of ['Ann@Old.Example', 'sales@old.example', 'ben@old.example', 'info@old.example'])
      expect(aliases).toContain(old)
    expect(aliases).toContain('info@new.example')
    expect(valuesOf(left.get(ANN.dn) ?? ANN, 'mailGroupMember')).toEqual([
      'staff@old.example',
      'staff@new.example',
    ])
  })
})

test('a domain is deleted with its mailboxes; others lose their addresses in it, and forwards stay', () => {
  const left = after([DOMAIN, ...ALL], planRemoval(DOMAIN, 'old.example', ALL))
  expect([...left.keys()].sort()).toEqual(['mail=ben@else.example,ou=Mail', CAT.dn].sort())
  expect(valuesOf(left.get('mail=ben@else.example,ou=Mail') ?? BEN, 'mail')).toEqual(['ben@else.example'])
  expect(valuesOf(left.get(CAT.dn) ?? CAT, 'mailAlias')).toEqual(['cat@other.example'])
  expect(valuesOf(left.get(CAT.dn) ?? CAT, 'mailForwardingAddress')).toEqual(['ann@old.example'])
})

describe('catch-all', () => {
  test('goes to one mailbox, and the others keep their mail by an alias to themselves', () => {
    const plan = { domain: 'old.example', to: CAT.dn, protect: true }
    const left = after(ALL, planCatchAll(ALL, plan))
    expect(catchAllHolders([...left.values()], 'old.example').map(({ dn }) => dn)).toEqual([CAT.dn])
    expect(valuesOf(left.get(ANN.dn) ?? ANN, 'mailAlias')).toContain('Ann@Old.Example')
    expect(valuesOf(left.get(BEN.dn) ?? BEN, 'mailAlias')).toEqual(['ben@old.example'])
    const moved = after([...left.values()], planCatchAll([...left.values()], { ...plan, to: ANN.dn }))
    expect(catchAllHolders([...moved.values()], 'old.example').map(({ dn }) => dn)).toEqual([ANN.dn])
    const off = { domain: 'old.example', to: null, protect: false }
    const without = after([...moved.values()], planCatchAll([...moved.values()], off))
    expect(catchAllHolders([...without.values()], 'old.example')).toEqual([])
  })

  test('where it is already, nothing changes', () => {
    const held = { ...CAT, attributes: [{ description: 'mailAlias', values: ['@OLD.example'] }] }
    expect(planCatchAll([held], { domain: 'old.example', to: CAT.dn, protect: false })).toEqual([])
  })
})

test('an alias domain has each address that nobody else has there', () => {
  const dan = entry('uid=dan,ou=Mail', { mail: ['dan@new.example'], mailAlias: ['sales@new.example'] })
  const { changes, added, taken } = planAliasDomain(ALL, [ANN, dan], {
    from: 'old.example',
    to: 'new.example',
    lists: true,
  })
  expect(taken).toEqual(['sales@new.example'])
  expect(added).toBe(2)
  const left = after(ALL, changes)
  expect(valuesOf(left.get(ANN.dn) ?? ANN, 'mailAlias')).toEqual(valuesOf(ANN, 'mailAlias'))
  expect(valuesOf(left.get(ANN.dn) ?? ANN, 'mailGroupMember')).toEqual([
    'staff@old.example',
    'staff@new.example',
  ])
  expect(valuesOf(left.get(BEN.dn) ?? BEN, 'mailAlias')).toEqual(['ben@new.example'])
  expect(valuesOf(left.get(CAT.dn) ?? CAT, 'mailAlias')).toContain('info@new.example')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChange } from '@/lib/ldap/change-application'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { orderWrites } from './write-order'

const schema = defaultSchema()
const BASE = 'ou=Mail,dc=example,dc=net'
const dn = (uid: string): string => `uid=${uid},${BASE}`

interface Addresses {
  readonly mail: readonly string[]
  readonly mailAlias: readonly string[]
  readonly mailForwardingAddress: readonly string[]
}

function entry(uid: string, addresses: Partial<Addresses>): Entry {
  const values = {
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount', 'PostfixBookMailForward'],
    uid: [uid],
    cn: [uid],
    sn: [uid],
    mail: [`${uid}@d.net`],
    mailAlias: [`always-${uid}@d.net`],
    ...addresses,
  }
  const attributes = Object.entries(values)
    .map(([description, list]) => ({ description, values: list }))
    .filter((attribute) => attribute.values.length > 0)
  return { dn: dn(uid), attributes }
}

function modify(uid: string, ...modifications: Modification[]): ChangeRecord {
  return { type: 'modify', dn: dn(uid), modifications }
}

function values(operation: Modification['operation'], attribute: string, ...list: string[]): Modification {
  return { operation, attribute, values: list }
}

function add({ dn: name, attributes }: Entry): ChangeRecord {
  return { type: 'add', dn: name, attributes }
}

function remove(uid: string): ChangeRecord {
  return { type: 'delete', dn: dn(uid) }
}

function apply(change: ChangeRecord, entries: readonly Entry[]): readonly Entry[] {
  const result = applyChange(change, entries.find((one) => one.dn === change.dn) ?? null, schema)
  if (result.status === 'refused') throw new Error(`${change.dn}: ${result.diagnostic}`)
  const others = entries.filter((one) => one.dn !== change.dn)
  return result.entry === null ? others : [...others, result.entry]
}

/** Aliases win over mailboxes; whatever an alias leads to must be delivered as well. */
function isDelivered(address: string, entries: readonly Entry[], seen: readonly string[] = []): boolean {
  if (address.endsWith('@elsewhere.org')) return true
  const holders = entries.filter((one) => valuesOf(one, 'mailAlias').includes(address))
  const isMailbox = entries.some((one) => valuesOf(one, 'mail').includes(address))
  if (holders.length === 0) return isMailbox
  return holders.every((holder) => {
    const forwards = valuesOf(holder, 'mailForwardingAddress')
    const targets = forwards.length > 0 ? forwards : valuesOf(holder, 'mail')
    return targets.every((target) => {
      if (target === address || seen.includes(target)) return target !== address || isMailbox
      return isDelivered(target, entries, [...seen, address])
    })
  })
}

describe('the order of writes', () => {
  test('gives an alias to its new entry before it is taken from the old one', async () => {
    const entries = [entry('a', { mailAlias: ['x@d.net', 'y@d.net'] }), entry('b', {})]
    const take = modify('a', values('delete', 'mailAlias', 'x@d.net'))
    const give = modify('b', values('add', 'mailAlias', 'x@d.net'))
    expect(await orderWrites([take, give], entries, schema)).toEqual([give, take])
  })
  test('makes the mailbox before an alias points at it, and deletes last', async () => {
    const entries = [entry('old', {}), entry('list', { mailForwardingAddress: ['old@d.net'] })]
    const go = remove('old')
    const point = modify('list', values('replace', 'mailForwardingAddress', 'new@d.net'))
    const come = add(entry('new', {}))
    expect(await orderWrites([go, point, come], entries, schema)).toEqual([come, point, go])
  })
  test('adds parents before children, and deletes them after', async () => {
    const unit = 'ou=Sub,ou=Mail,dc=example,dc=net'
    const attributes = [
      { description: 'objectClass', values: ['organizationalUnit'] },
      { description: 'ou', values: ['Sub'] },
    ]
    const parent: ChangeRecord = { type: 'add', dn: unit, attributes }
    const child: ChangeRecord = { type: 'add', dn: `uid=c,${unit}`, attributes: entry('c', {}).attributes }
    expect(await orderWrites([child, parent], [], schema)).toEqual([parent, child])
    const gone: readonly ChangeRecord[] = [parent, child].map(({ dn: name }) => ({
      type: 'delete',
      dn: name,
    }))
    const there = [
      { dn: unit, attributes },
      { ...entry('c', {}), dn: `uid=c,${unit}` },
    ]
    expect(await orderWrites(gone, there, schema)).toEqual([...gone].reverse())
  })
  test('hosts a domain when its mailboxes are there, and not any more before they go', async () => {
    const domain = 'dc=d.net,ou=Domains,dc=example,dc=net'
    const attributes = [
      { description: 'objectClass', values: ['dNSDomain'] },
      { description: 'dc', values: ['d.net'] },
    ]
    const host: ChangeRecord = { type: 'add', dn: domain, attributes }
    const box = add(entry('c', {}))
    expect(await orderWrites([host, box], [], schema)).toEqual([box, host])
    const end: ChangeRecord = { type: 'delete', dn: domain }
    const entries = [{ dn: domain, attributes }, entry('c', {})]
    expect(await orderWrites([remove('c'), end], entries, schema)).toEqual([end, remove('c')])
  })
  test('names an entry in a group when it is there', async () => {
    const group = {
      dn: 'cn=g,dc=example,dc=net',
      attributes: [
        { description: 'objectClass', values: ['groupOfNames'] },
        { description: 'cn', values: ['g'] },
        { description: 'member', values: [dn('old')] },
      ],
    }
    const swap: ChangeRecord = {
      type: 'modify',
      dn: group.dn,
      modifications: [values('replace', 'member', dn('new'))],
    }
    const come = add(entry('new', {}))
    expect(await orderWrites([remove('old'), swap, come], [group, entry('old', {})], schema)).toEqual([
      come,
      swap,
      remove('old'),
    ])
  })
  test('joins modifications of one entry, so that nobody sees the state between', async () => {
    const entries = [entry('a', { mailAlias: ['x@d.net', 'z@d.net'] })]
    const changes = [
      modify('a', values('delete', 'mailAlias', 'x@d.net')),
      modify('a', values('add', 'mailAlias', 'y@d.net')),
    ]
    expect(await orderWrites(changes, entries, schema)).toEqual([
      modify('a', values('delete', 'mailAlias', 'x@d.net'), values('add', 'mailAlias', 'y@d.net')),
    ])
  })
  test('makes a modification in two where two entries swap their aliases', async () => {
    const entries = [entry('a', { mailAlias: ['x@d.net'] }), entry('b', { mailAlias: ['y@d.net'] })]
    const changes = [
      modify('a', values('replace', 'mailAlias', 'y@d.net')),
      modify('b', values('replace', 'mailAlias', 'x@d.net')),
    ]
    expect(await orderWrites(changes, entries, schema)).toEqual([
      modify('a', values('add', 'mailAlias', 'y@d.net')),
      modify('b', values('add', 'mailAlias', 'x@d.net')),
      modify('a', values('delete', 'mailAlias', 'x@d.net')),
      modify('b', values('delete', 'mailAlias', 'y@d.net')),
    ])
  })
  test('keeps the list as it is given where the directory would refuse it', async () => {
    const changes = [remove('nobody'), add(entry('a', {}))]
    expect(await orderWrites(changes, [], schema)).toBe(changes)
  })
})

const UIDS = ['a', 'b', 'c', 'd']
const address = (name: string): string => `${name}@d.net`
const MAILS = ['m1', 'm2', 'm3', 'm4'].map(address)
const ALIASES = ['x1', 'x2', 'x3', 'x4'].map(address)
/** Now the one, now the other. */
const BOTH = ['c1', 'c2'].map(address)

const person = fc.record<Addresses>({
  mail: fc.uniqueArray(fc.constantFrom(...MAILS, ...BOTH), { minLength: 1, maxLength: 2 }),
  mailAlias: fc.uniqueArray(fc.constantFrom(...ALIASES, ...BOTH), { minLength: 1, maxLength: 3 }),
  mailForwardingAddress: fc.uniqueArray(fc.constantFrom(...MAILS, 'out@elsewhere.org'), { maxLength: 2 }),
})
const directory = fc.tuple(...UIDS.map(() => fc.option(person, { freq: 3 })))

/**
 * Entries that forward to mailboxes that are there, or to another site: nothing dangles before the change. A mailbox
 * is of one entry. Nor do two forward to each other: no order could add two such without one dangling.
 */
function soundEntries(people: readonly (Addresses | null)[]): readonly Entry[] {
  return people.flatMap((one, at) => {
    if (one === null) return []
    const uid = UIDS[at] ?? ''
    const mails = people.slice(0, at).flatMap((other) => other?.mail ?? [])
    const forwards = one.mailForwardingAddress.filter(
      (to) => mails.includes(to) || to.endsWith('@elsewhere.org'),
    )
    const mail = [`${uid}@d.net`, ...one.mail.filter((address_) => !mails.includes(address_))]
    return [entry(uid, { ...one, mail, mailForwardingAddress: forwards })]
  })
}

function changesBetween(
  before: Entry | undefined,
  after: Entry | undefined,
  uid: string,
): readonly ChangeRecord[] {
  if (before === undefined) return after === undefined ? [] : [add(after)]
  if (after === undefined) return [remove(uid)]
  const modifications = (['mail', 'mailAlias', 'mailForwardingAddress'] as const).flatMap((attribute) => {
    const [had, has] = [valuesOf(before, attribute), valuesOf(after, attribute)]
    return had.join() === has.join() ? [] : [values('replace', attribute, ...has)]
  })
  return modifications.length === 0 ? [] : [modify(uid, ...modifications)]
}

test('no address that is delivered before and after is undeliverable in between', async () => {
  const shuffled = fc.tuple(directory, directory, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }))
  await fc.assert(
    fc.asyncProperty(shuffled, async ([first, second, order]) => {
      const [before, after] = [first, second].map(soundEntries)
      if (before === undefined || after === undefined) return
      const changes = order.flatMap((at) => {
        const name = dn(UIDS[at] ?? '')
        return changesBetween(
          before.find((one) => one.dn === name),
          after.find((one) => one.dn === name),
          UIDS[at] ?? '',
        )
      })
      const kept = [...MAILS, ...ALIASES, ...BOTH].filter(
        (one) => isDelivered(one, before) && isDelivered(one, after),
      )
      let state: readonly Entry[] = before
      for (const change of await orderWrites(changes, before, schema)) {
        state = apply(change, state)
        const now = state
        expect(kept.filter((one) => !isDelivered(one, now))).toEqual([])
      }
      const textOf = (entries: readonly Entry[]): string =>
        JSON.stringify(
          entries
            .map(({ dn: name, attributes }) => [
              name,
              attributes.map(({ description, values: list }) => [description, list]).sort(),
            ])
            .sort(),
        )
      expect(textOf(state)).toBe(textOf(after))
    }),
    { numRuns: 500 },
  )
})

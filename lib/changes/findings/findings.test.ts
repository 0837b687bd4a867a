import { describe, expect, it } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import type { AddressOutcome, AddressReport } from '@/lib/changes/impact/address-outcome'
import { inEnglish } from '@/lib/words/english'
import type { FindingFacts } from './finding-facts'
import { findingsOf } from './findings'
import type { LookupAnswer, LookupChange } from '@/lib/changes/preview-result'

const nothing: FindingFacts = {
  images: [],
  lookups: [],
  reports: [],
  unhosted: [],
  holders: [],
  kept: [],
  overLimit: [],
  lockedOut: [],
  openTables: [],
  unreadable: [],
  unpredictable: [],
  unsearched: [],
  caseExact: new Set(['mailgroupmember']),
}

function outcome(
  summary: Partial<AddressOutcome['summary']>,
  rest: Partial<AddressOutcome> = {},
): AddressOutcome {
  const empty = { recipients: [], deliveries: [], forwards: [], locals: [], bounces: [], deferrals: [] }
  const base = { ...empty, accepted: false, stage: null, reply: null, problem: null, domainClass: null }
  return { summary: { ...base, address: 'a@d.net', ...summary }, dangling: [], overrun: null, ...rest }
}

const undeliverable = outcome({ stage: 'RCPT', reply: '550 5.1.1 <a@d.net>: User unknown' })
const unknown = outcome({ problem: 'cannot be predicted' })
const failing = outcome({ stage: 'RCPT', reply: '451 4.3.0 <a@d.net>: Temporary lookup failure' })
const refusedLate = { stage: 'DATA', reply: '451 4.6.0 Alias expansion error' } as const
const loop = outcome(refusedLate, { overrun: 'loop' })
const overLimit = outcome(refusedLate, { overrun: 'limit' })

function to(deliveries: readonly string[], dangling: readonly string[] = []): AddressOutcome {
  return outcome({ accepted: true, deliveries: [...deliveries, ...dangling] }, { dangling })
}

function report(before: AddressOutcome, after: AddressOutcome, address = 'a@d.net'): Partial<FindingFacts> {
  const reports: readonly AddressReport[] = [{ address, before, after }]
  return { reports }
}

function adds(attribute: string, ...values: string[]): Pick<FindingFacts, 'images'> {
  const entry = (attributes: Entry['attributes']): Entry => ({ dn: 'uid=a,dc=d', attributes })
  return { images: [{ before: entry([]), after: entry([{ description: attribute, values }]) }] }
}

function codes(facts: Partial<FindingFacts>): readonly string[] {
  return findingsOf({ ...nothing, ...facts }).map(({ code, severity }) => `${severity} ${code}`)
}

function lookup(before: LookupAnswer, after: LookupAnswer): LookupChange {
  return { parameter: 'p', map: 'm', key: 'k', before, after, difference: 'changed', command: '' }
}
const notFound: LookupAnswer = { status: 'notFound', value: null, values: [], problem: null }
const failed: LookupAnswer = {
  status: 'temporaryError',
  value: null,
  values: [],
  problem: 'cannot be predicted',
}

describe('where mail goes', () => {
  it('address-becomes-undeliverable', () => {
    expect(codes(report(to(['a@d.net']), undeliverable))).toEqual(['confirm address-becomes-undeliverable'])
    expect(codes(report(undeliverable, undeliverable))).toEqual([])
    expect(codes(report(undeliverable, to(['a@d.net'])))).toEqual([])
    expect(codes(report(to(['a@d.net']), failing))).toEqual([])
  })
  it('required-address-gone', () => {
    expect(codes(report(to(['a@d.net']), undeliverable, 'Postmaster@d.net'))).toEqual([
      'confirm required-address-gone',
    ])
    expect(codes(report(undeliverable, undeliverable, 'postmaster@d.net'))).toEqual([])
  })
  it('destination-changes', () => {
    expect(codes(report(to(['a@d.net']), to(['b@d.net'])))).toEqual(['notice destination-changes'])
    expect(codes(report(to(['a@d.net', 'b@d.net']), to(['b@d.net', 'a@d.net'])))).toEqual([])
  })
  it('alias-loop', () => {
    expect(codes(report(to(['a@d.net']), loop))).toEqual(['blocks alias-loop'])
    expect(codes(report(loop, loop))).toEqual([])
    expect(codes(report(undeliverable, to(['a@d.net'])))).toEqual([])
  })
  it('expansion-over-limit, of aliases and of a table', () => {
    expect(codes(report(to(['a@d.net']), overLimit))).toEqual(['blocks expansion-over-limit'])
    expect(codes(report(overLimit, overLimit))).toEqual([])
    expect(codes({ overLimit: [{ map: 'm', key: 'k' }], lookups: [lookup(notFound, failed)] })).toEqual([
      'blocks expansion-over-limit',
    ])
  })
  it('many addresses with one fate are one finding', () => {
    const many = (before: AddressOutcome, after: AddressOutcome): Partial<FindingFacts> => ({
      reports: Array.from({ length: 9 }, (_, at) => ({ address: `n${at}@d.net`, before, after })),
    })
    expect(codes(many(to(['a@d.net']), to(['b@d.net'])))).toEqual(['notice destination-changes'])
    expect(codes(many(undeliverable, to([], ['b@d.net'])))).toEqual(['confirm dangling-destination'])
  })
  it('dangling-destination', () => {
    expect(codes(report(undeliverable, to([], ['gone@d.net'])))).toEqual(['confirm dangling-destination'])
    expect(codes(report(to([], ['gone@d.net']), to([], ['gone@d.net'])))).toEqual([])
    const bounce = outcome({ accepted: true, bounces: [{ address: 'g@v.net', reason: '5.1.1' }] })
    expect(codes(report(undeliverable, bounce))).toEqual(['confirm dangling-destination'])
  })
})

describe('added addresses', () => {
  const holder = (attribute: string): Pick<FindingFacts, 'holders'> => ({
    holders: [{ address: 'x@d.net', dn: 'uid=b,dc=d', names: ['x@d.net', 'Berta'], attribute }],
  })
  it('alias-shadows-mailbox, either way round', () => {
    expect(codes({ ...adds('mailAlias', 'X@d.net'), ...holder('mail') })).toEqual([
      'confirm alias-shadows-mailbox',
    ])
    expect(codes({ ...adds('mail', 'x@d.net'), ...holder('mailAlias') })).toEqual([
      'confirm alias-shadows-mailbox',
    ])
    expect(codes({ ...adds('mailAlias', 'y@d.net'), ...holder('mail') })).toEqual([])
  })
  it('alias-taken', () => {
    expect(codes({ ...adds('mailAlias', 'x@d.net'), ...holder('mailAlias') })).toEqual([
      'confirm alias-taken',
    ])
    expect(codes({ ...adds('mailAlias', 'x@d.net'), ...holder('mailGroupMember') })).toEqual([
      'confirm alias-taken',
    ])
    expect(codes({ ...adds('mail', 'x@d.net'), ...holder('mail') })).toEqual(['confirm alias-taken'])
    expect(codes({ ...adds('cn', 'x@d.net'), ...holder('mail') })).toEqual([])
  })
  it('alias-in-unhosted-domain and mailbox-in-unhosted-domain', () => {
    const unhosted = ['e.net']
    expect(codes({ ...adds('mailAlias', 'x@E.net'), unhosted })).toEqual(['confirm alias-in-unhosted-domain'])
    expect(codes({ ...adds('mail', 'x@e.net'), unhosted })).toEqual(['confirm mailbox-in-unhosted-domain'])
    expect(codes({ ...adds('mailAlias', 'x@d.net'), unhosted })).toEqual([])
  })
  it('catch-all-diverts-mailboxes, with number and names', () => {
    const added: LookupChange = {
      ...lookup(notFound, { status: 'found', value: 'x@e.net', values: ['x@e.net'], problem: null }),
      parameter: 'virtual_alias_maps',
      key: '@d.net',
      difference: 'added',
    }
    const mailboxes = Array.from({ length: 7 }, (_, at) => `m${at}@d.net`)
    const reports = (after: (address: string) => AddressOutcome): readonly AddressReport[] =>
      mailboxes.map((address) => ({ address, before: to([address]), after: after(address) }))
    const diverted = reports(() => to(['x@e.net']))
    const [finding, ...others] = findingsOf({ ...nothing, lookups: [added], reports: diverted })
    expect(finding).toMatchObject({ code: 'catch-all-diverts-mailboxes', severity: 'confirm' })
    expect(finding?.addresses).toEqual(mailboxes)
    expect(inEnglish(finding?.message ?? '')).toContain('7 mailboxes')
    expect(inEnglish(finding?.message ?? '')).toContain('m4@d.net and 2 more')
    expect(others).toEqual([])
    expect(codes({ lookups: [added], reports: reports((address) => to([address, 'x@e.net'])) })).toEqual([
      'notice destination-changes',
    ])
    expect(codes({ lookups: [{ ...added, difference: 'changed' }], reports: diverted })).toEqual([
      'notice destination-changes',
    ])
  })
  it.each([
    ['mailAlias', 'käse@d.net'],
    ['mailGroupMember', 'Team@d.net'],
    ['mailAlias', '"a b"@d.net'],
    ['mailAlias', 'a b@d.net'],
    ['mailAlias', '.a@d.net'],
    ['mailAlias', 'a@d .net'],
  ])('value-never-found: %s %s', (attribute, value) => {
    expect(codes(adds(attribute, value))).toEqual(['confirm value-never-found'])
  })
  it.each([
    ['mailAlias', 'Team@d.net'],
    ['mailGroupMember', 'team@d.net'],
    ['mailAlias', '@d.net'],
    ['mailAlias', 'a.b+c@d.net'],
  ])('a value that is found: %s %s', (attribute, value) => {
    expect(codes(adds(attribute, value))).toEqual([])
  })
})

it('last-postmaster-locked-out', () => {
  expect(codes({ lockedOut: ['uid=a,dc=d'] })).toEqual(['blocks last-postmaster-locked-out'])
  expect(codes({ lockedOut: [] })).toEqual([])
})

describe('the limits of the preview', () => {
  it('cannot-be-predicted, of an address', () => {
    expect(codes(report(to(['a@d.net']), unknown))).toEqual(['confirm cannot-be-predicted'])
    expect(codes(report(unknown, unknown))).toEqual([])
  })

  it('cannot-be-predicted, and lookup-fails-now once for each table', () => {
    expect(codes({ lookups: [lookup(notFound, failed)] })).toEqual(['confirm cannot-be-predicted'])
    expect(codes({ lookups: [lookup(failed, failed), lookup(failed, failed)] })).toEqual([
      'confirm lookup-fails-now',
    ])
    expect(codes({ lookups: [lookup(notFound, notFound), lookup(failed, notFound)] })).toEqual([])
  })
  it('says why', () => {
    const unpredictable = ['cannot be predicted: the filter reads names']
    const [finding] = findingsOf({ ...nothing, lookups: [lookup(notFound, failed)], unpredictable })
    expect(inEnglish(finding?.message ?? '')).toContain('the filter reads names')
  })
  it('other-keys-may-change, table-account-cannot-read, not-fully-searched', () => {
    expect(codes({ openTables: [{ map: 'm', reason: 'r' }] })).toEqual(['notice other-keys-may-change'])
    expect(codes({ unreadable: [{ map: 'm', attribute: 'mail', dn: 'uid=a' }] })).toEqual([
      'confirm table-account-cannot-read',
    ])
    expect(codes({ unsearched: ['server down'] })).toEqual(['confirm not-fully-searched'])
  })
})

it('puts the grave findings first', () => {
  const reports = [
    { address: 'a@d.net', before: to(['a@d.net']), after: to(['b@d.net']) },
    { address: 'b@d.net', before: to(['b@d.net']), after: undeliverable },
    { address: 'c@d.net', before: to(['c@d.net']), after: loop },
  ]
  expect(findingsOf({ ...nothing, reports }).map(({ severity }) => severity)).toEqual([
    'blocks',
    'confirm',
    'notice',
  ])
})

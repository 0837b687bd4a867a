import { describe, expect, it } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import type { AddressReport, Delivery } from './delivery'
import type { FindingFacts } from './finding-facts'
import { findingsOf } from './findings'
import type { LookupAnswer, LookupChange } from './preview-result'

const nothing: FindingFacts = {
  images: [],
  lookups: [],
  reports: [],
  unhosted: [],
  holders: [],
  diverted: [],
  openTables: [],
  unreadable: [],
  unpredictable: [],
  unsearched: [],
  caseExact: new Set(['mailgroupmember']),
}
const undeliverable: Delivery = { status: 'undeliverable' }
const loop: Delivery = { status: 'loop' }

function to(mailboxes: readonly string[], dangling: readonly string[] = []): Delivery {
  return { status: 'delivered', mailboxes, elsewhere: [], dangling }
}

function report(before: Delivery, after: Delivery, address = 'a@d.net'): Partial<FindingFacts> {
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
    expect(codes(report(to(['a@d.net']), { status: 'unknown', problem: '' }))).toEqual([])
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
  })
  it('dangling-destination', () => {
    expect(codes(report(undeliverable, to([], ['gone@d.net'])))).toEqual(['confirm dangling-destination'])
    expect(codes(report(to([], ['gone@d.net']), to([], ['gone@d.net'])))).toEqual([])
  })
})

describe('added addresses', () => {
  const holder = (attribute: string): Pick<FindingFacts, 'holders'> => ({
    holders: [{ address: 'x@d.net', dn: 'uid=b,dc=d', attribute }],
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
    const mailboxes = Array.from({ length: 7 }, (_, at) => `m${at}@d.net`)
    const [finding] = findingsOf({ ...nothing, diverted: [{ domain: 'd.net', mailboxes }] })
    expect(finding).toMatchObject({
      code: 'catch-all-diverts-mailboxes',
      severity: 'confirm',
      addresses: mailboxes,
    })
    expect(finding?.message).toContain('7 mailboxes')
    expect(finding?.message).toContain('m4@d.net and 2 more')
    expect(codes({ diverted: [{ domain: 'd.net', mailboxes: [] }] })).toEqual([])
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

describe('the limits of the preview', () => {
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
    expect(finding?.message).toContain('the filter reads names')
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

import { describe, expect, it } from 'vitest'
import { deliver, type Delivery, type DeliveryTables } from './delivery'
import type { LookupAnswer } from './preview-result'

const notFound: LookupAnswer = { status: 'notFound', value: null, values: [], problem: null }
const broken: LookupAnswer = { status: 'temporaryError', value: null, values: [], problem: 'server down' }

interface Site {
  readonly aliases?: Readonly<Record<string, readonly string[]>>
  readonly mailboxes?: readonly string[] | null
  readonly domains?: readonly string[] | null
  readonly fails?: readonly string[]
}

function tables({ aliases = {}, mailboxes = [], domains = ['d.net'], fails = [] }: Site): DeliveryTables {
  const answer = (key: string, values: readonly string[] | undefined): Promise<LookupAnswer> => {
    if (fails.includes(key)) return Promise.resolve(broken)
    const found: LookupAnswer = {
      status: 'found',
      value: values?.join() ?? '',
      values: values ?? [],
      problem: null,
    }
    return Promise.resolve(values === undefined ? notFound : found)
  }
  const listed = (list: readonly string[] | null, key: string): Promise<LookupAnswer | 'absent'> =>
    list === null ? Promise.resolve('absent') : answer(key, list.includes(key) ? [key] : undefined)
  return {
    alias: (key) => answer(key, aliases[key]),
    mailbox: (key) => listed(mailboxes, key),
    domain: (key) => listed(domains, key),
  }
}

function ask(address: string, site: Site): Promise<Delivery> {
  return deliver(address, tables(site))
}

const none = { elsewhere: [], dangling: [] }

describe('deliver', () => {
  it('delivers to a mailbox, and to that of an alias', async () => {
    const site = { mailboxes: ['a@d.net'], aliases: { 'x@d.net': ['A@d.net'] } }
    expect(await ask('A@D.net', site)).toEqual({ status: 'delivered', mailboxes: ['a@d.net'], ...none })
    expect(await ask('x@d.net', site)).toEqual({ status: 'delivered', mailboxes: ['a@d.net'], ...none })
  })
  it('refuses what nobody has, and domains that are not hosted', async () => {
    expect(await ask('a@d.net', {})).toEqual({ status: 'undeliverable' })
    expect(await ask('a@e.net', {})).toEqual({ status: 'notHosted' })
  })
  it('asks @domain after the address itself', async () => {
    const site = {
      mailboxes: ['a@d.net', 'b@d.net'],
      aliases: { '@d.net': ['a@d.net'], 'b@d.net': ['b@d.net'] },
    }
    expect(await ask('z@d.net', site)).toMatchObject({ mailboxes: ['a@d.net'] })
    expect(await ask('b@d.net', site)).toMatchObject({ mailboxes: ['b@d.net'] })
  })
  it('gives the local part to a result that is a domain', async () => {
    const site = { domains: ['d.net', 'e.net'], mailboxes: ['a@e.net'], aliases: { '@d.net': ['@e.net'] } }
    expect(await ask('a@d.net', site)).toMatchObject({ mailboxes: ['a@e.net'] })
  })
  it('tells mailboxes, remote addresses and dangling ones apart', async () => {
    const site = { mailboxes: ['a@d.net'], aliases: { 'x@d.net': ['a@d.net, far@e.net', 'gone@d.net'] } }
    expect(await ask('x@d.net', site)).toEqual({
      status: 'delivered',
      mailboxes: ['a@d.net'],
      elsewhere: ['far@e.net'],
      dangling: ['gone@d.net'],
    })
  })
  it('keeps a copy without looping, and finds real loops', async () => {
    const copy = { mailboxes: ['a@d.net'], aliases: { 'a@d.net': ['a@d.net', 'far@e.net'] } }
    expect(await ask('a@d.net', copy)).toMatchObject({ mailboxes: ['a@d.net'], elsewhere: ['far@e.net'] })
    const loop = { aliases: { 'a@d.net': ['b@d.net'], 'b@d.net': ['a@d.net'] } }
    expect(await ask('a@d.net', loop)).toEqual({ status: 'loop' })
    const growing = { aliases: { 'a@d.net': ['b@d.net', 'c@d.net'], 'c@d.net': ['a@d.net'] } }
    expect(await ask('a@d.net', growing)).toEqual({ status: 'loop' })
  })
  it('never takes a failed lookup for an answer', async () => {
    expect(await ask('a@d.net', { fails: ['a@d.net'] })).toEqual({
      status: 'unknown',
      problem: 'server down',
    })
    expect(await ask('a@d.net', { fails: ['d.net'] })).toMatchObject({ status: 'unknown' })
  })
  it('takes every address where no mailbox table is, every domain where no domain table is', async () => {
    expect(await ask('a@d.net', { mailboxes: null })).toMatchObject({ status: 'delivered' })
    expect(await ask('a@e.net', { domains: null })).toEqual({ status: 'undeliverable' })
  })
})

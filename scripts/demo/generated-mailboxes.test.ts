import { describe, expect, it } from 'vitest'
import { generatedDomains, generatedMailboxes } from './generated-mailboxes'
import { SAMPLE_DOMAINS, SAMPLE_PEOPLE } from './sample-people'

const COUNT = 20_000

describe('generatedMailboxes', () => {
  const people = [...generatedMailboxes(COUNT)]
  const domains = generatedDomains(COUNT).map((domain) => domain.name)

  it('are as many as asked for, and the same each time', () => {
    expect(people).toHaveLength(COUNT)
    expect([...generatedMailboxes(COUNT)]).toEqual(people)
  })

  it('use every address and every uid once, none of the sample people', () => {
    const addresses = people.flatMap((person) => [person.mail, ...(person.aliases ?? [])])
    expect(new Set(addresses).size).toBe(addresses.length)
    const sample = new Set(SAMPLE_PEOPLE.flatMap((person) => [person.mail, ...(person.aliases ?? [])]))
    expect(addresses.filter((address) => sample.has(address))).toEqual([])
    const uids = [...people, ...SAMPLE_PEOPLE].map((person) => person.uid)
    expect(new Set(uids).size).toBe(uids.length)
  })

  it('are addresses that Postfix can find, in hosted domains', () => {
    const hosted = new Set([...domains, ...SAMPLE_DOMAINS.map((domain) => domain.name)])
    for (const person of people) {
      for (const address of [person.mail, ...(person.aliases ?? [])]) {
        expect(address).toMatch(/^[a-z0-9.]+@[a-z0-9.-]+$/)
        expect(hosted.has(address.slice(address.indexOf('@') + 1))).toBe(true)
      }
    }
  })

  it('give each added domain a postmaster', () => {
    const aliases = new Set(people.flatMap((person) => person.aliases ?? []))
    expect(domains).toHaveLength(8)
    expect(new Set(domains).size).toBe(8)
    for (const domain of domains) expect(aliases).toContain(`postmaster@${domain}`)
  })
})

describe('the sample people', () => {
  const aliases = SAMPLE_PEOPLE.flatMap((person) => person.aliases ?? [])
  const mails = SAMPLE_PEOPLE.map((person) => person.mail)

  it('have the faults that are there on purpose, and no other', () => {
    const hosted = SAMPLE_DOMAINS.map((domain) => domain.name)
    const unhosted = [...mails, ...aliases].filter((address) => !hosted.includes(address.split('@')[1] ?? ''))
    expect(unhosted).toEqual(['orders@birkenhof-shop.example'])
    expect(aliases.filter((alias) => mails.includes(alias))).toEqual(['mary.brown@domain1.net'])
    expect(hosted.filter((domain) => !aliases.includes(`postmaster@${domain}`))).toEqual([
      'quayside-books.example',
    ])
  })

  it('share one address between two mailboxes', () => {
    expect(aliases.filter((alias, index) => aliases.indexOf(alias) !== index)).toEqual(['sales@domain1.net'])
  })
})

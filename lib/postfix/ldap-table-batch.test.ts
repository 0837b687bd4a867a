import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { DirectoryView, SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { memoryDirectory } from '@/lib/ldap/memory-directory'
import { openLdapTable } from './ldap-table'
import { ldapTableConfiguration } from './ldap-table-parameters'
import type { LookupTable } from './lookup-table'

const BASE = 'ou=Mail,dc=example,dc=net'
const FLAGS = { fold: true, utf8: true }

interface Person {
  readonly mail: readonly string[]
  readonly mailAlias: readonly string[]
  /** Attributes that may be searched but not read. */
  readonly hidden: readonly string[]
}

function directoryOf(people: readonly Person[]): readonly Entry[] {
  const top = { dn: BASE, attributes: [{ description: 'objectClass', values: ['organizationalUnit'] }] }
  const entries = people.map((person, index) => ({
    dn: `uid=u${index},${BASE}`,
    attributes: [
      { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount'] },
      { description: 'uid', values: [`u${index}`] },
      { description: 'mail', values: person.mail },
      { description: 'mailAlias', values: person.mailAlias },
    ].filter((attribute) => attribute.values.length > 0),
  }))
  return [top, ...entries]
}

/** A view that returns no hidden attribute, and notes what it is asked. */
function guardedView(people: readonly Person[], requests: SearchRequest[] = []): DirectoryView {
  const inner = memoryDirectory(directoryOf(people), defaultSchema())
  return {
    ready: () => inner.ready(),
    async search(request) {
      requests.push(request)
      const result = await inner.search(request)
      if (result.status === 'failed') return result
      const entries = result.entries.map((entry) => {
        const hidden = people[Number(/^uid=u(\d+),/.exec(entry.dn)?.[1] ?? '-1')]?.hidden ?? []
        return {
          dn: entry.dn,
          attributes: entry.attributes.filter(({ description }) => !hidden.includes(description)),
        }
      })
      return { status: 'complete', entries }
    },
  }
}

function tableOf(view: DirectoryView, parameters: Readonly<Record<string, string>>): LookupTable {
  const values = new Map(Object.entries({ search_base: BASE, result_attribute: 'uid', ...parameters }))
  const read = ldapTableConfiguration('ldap:test', (parameter) => values.get(parameter))
  if (read.status === 'invalid') throw new Error(JSON.stringify(read.diagnostics))
  return openLdapTable(read.configuration, { openDirectory: () => view })
}

const address = fc.constantFrom(
  ...['a@x.net', 'A@x.net', 'a.@x.net', 'b@x.net', ' b@x.net', 'b  @x.net', 'b @x.net', 'c@y.net', 'C@Y.NET'],
  ...['d@y.net', 'strasse@y.net', 'dn=e@y.net', '@x.net', 'x.net', 'f*@x.net', 'f(g)@x.net', '-', '..'],
)
const person: fc.Arbitrary<Person> = fc.record({
  mail: fc.uniqueArray(address, { maxLength: 2 }),
  mailAlias: fc.uniqueArray(address, { maxLength: 2 }),
  hidden: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(['mail', 'mailAlias', 'uid'])),
})
const parameters = fc.record({
  query_filter: fc.constantFrom(
    '(mail=%s)',
    '(&(objectClass=inetOrgPerson)(mailAlias=%s))',
    '(|(mail=%s)(mailAlias=%s))',
    '(&(mail=%s)(!(mailAlias=a@x.net)))',
    '(&(|(mail=%s)(mailAlias=%s))(uid=*))',
    '(&(mail=%s)(mailAlias=%u@x.net))',
    '(mail=*@%d)',
    '(!(mail=%s))',
    '(|(mail=%s)(uid=u1))',
    '(mail=%s',
  ),
  result_attribute: fc.constantFrom('uid', 'mail', 'uid mail', ''),
  result_format: fc.constantFrom('%s', '%s/%S', '%d'),
  size_limit: fc.constantFrom('0', '0', '0', '1'),
  expansion_limit: fc.constantFrom('0', '0', '0', '2'),
  scope: fc.constantFrom('sub', 'one', 'base'),
})

describe('lookupMany', () => {
  it('gives the answers of single lookups, whatever the filter, the values and the ACL', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { maxLength: 7 }),
        parameters,
        fc.array(address, { maxLength: 12 }),
        fc.boolean(),
        async (people, chosen, keys, fold) => {
          const table = tableOf(guardedView(people), chosen)
          const flags = { ...FLAGS, fold }
          const single = await Promise.all(keys.map((key) => table.lookup(key, flags)))
          expect(await table.lookupMany(keys, flags)).toEqual(single)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('asks for fifty keys in one search', async () => {
    const people = Array.from({ length: 200 }, (_, index) => ({
      mail: [`n${index}@x.net`],
      mailAlias: [],
      hidden: [],
    }))
    const requests: SearchRequest[] = []
    const table = tableOf(guardedView(people, requests), {
      query_filter: '(mail=%s)',
      result_attribute: 'mail',
    })
    const keys = people.flatMap((one) => one.mail)
    const results = await table.lookupMany([...keys, ...keys], FLAGS)
    expect(results.map((result) => (result.status === 'found' ? result.value : ''))).toEqual([
      ...keys,
      ...keys,
    ])
    expect(requests.length).toBe(4)
  })

  it('confirms the keys without an entry by one more search', async () => {
    const people = [{ mail: ['a@x.net'], mailAlias: [], hidden: [] }]
    const requests: SearchRequest[] = []
    const table = tableOf(guardedView(people, requests), { query_filter: '(mail=%s)' })
    const results = await table.lookupMany(['a@x.net', 'b@x.net', 'c@x.net'], FLAGS)
    expect(results.map((result) => result.status)).toEqual(['found', 'notFound', 'notFound'])
    expect(requests.map((request) => request.attributes)).toEqual([['uid', 'mail'], ['1.1']])
  })

  it('finds an entry by a value that an ACL hides', async () => {
    const open = guardedView([{ mail: ['a@x.net', 'b@x.net'], mailAlias: [], hidden: [] }])
    const view: DirectoryView = {
      ready: () => open.ready(),
      async search(request) {
        const result = await open.search(request)
        if (result.status === 'failed') return result
        const show = (values: readonly string[]): readonly string[] =>
          values.filter((value) => value !== 'b@x.net')
        const entries = result.entries.map((entry) => ({
          dn: entry.dn,
          attributes: entry.attributes.map((attribute) => ({ ...attribute, values: show(attribute.values) })),
        }))
        return { status: 'complete', entries }
      },
    }
    const table = tableOf(view, { query_filter: '(mail=%s)' })
    const results = await table.lookupMany(['a@x.net', 'b@x.net', 'c@x.net'], FLAGS)
    expect(results.map((result) => result.status)).toEqual(['found', 'found', 'notFound'])
  })

  it('asks a key singly that has several entries', async () => {
    const both = { mail: ['a@x.net'], mailAlias: [], hidden: [] }
    const requests: SearchRequest[] = []
    const table = tableOf(guardedView([both, both], requests), { query_filter: '(mail=%s)' })
    const [result] = await table.lookupMany(['a@x.net', 'b@x.net'], FLAGS)
    expect(result).toMatchObject({ status: 'found', value: 'u0,u1' })
    expect(requests.length).toBe(3)
  })
})

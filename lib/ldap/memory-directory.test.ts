import { describe, expect, it } from 'vitest'
import { defaultSchema } from './default-schema'
import type { SearchRequest, SearchResult } from './directory-view'
import type { Entry } from './entry'
import type { Filter } from './filter'
import { parseFilter } from './filter-parser'
import { parseLdif } from './ldif'
import { memoryDirectory } from './memory-directory'

function entriesOf(text: string): readonly Entry[] {
  const parsed = parseLdif(text)
  if (parsed.status !== 'parsed') throw new Error(parsed.message)
  return parsed.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
}

const ENTRIES = entriesOf(`dn: dc=example
objectClass: dNSDomain
dc: example

dn: ou=Mail,dc=example
objectClass: organizationalUnit
ou: Mail

dn: uid=b,ou=Mail,dc=example
objectClass: inetOrgPerson
userid: b
commonName: b
sn: b
surname: c

dn: uid=a,ou=Mail,dc=example
objectClass: inetOrgPerson
uid: a
cn: a
sn: a

dn: ou=loop,dc=example
objectClass: alias
objectClass: extensibleObject
ou: loop
aliasedObjectName: ou=loop2,dc=example

dn: ou=loop2,dc=example
objectClass: alias
objectClass: extensibleObject
ou: loop2
aliasedObjectName: ou=loop,dc=example
`)
const directory = memoryDirectory(ENTRIES, defaultSchema())

function ask(request: Partial<Omit<SearchRequest, 'filter'>> & { filter?: string }): Promise<SearchResult> {
  const filter: Filter = parseFilter(request.filter ?? '(objectClass=*)') ?? { type: 'or', filters: [] }
  const defaults = {
    base: 'dc=example',
    scope: 'sub',
    attributes: ['1.1'],
    sizeLimit: 0,
    timeLimit: 10,
  } as const
  return directory.search({ ...defaults, dereference: 0, ...request, filter })
}

async function names(request: Parameters<typeof ask>[0]): Promise<readonly string[] | number> {
  const result = await ask(request)
  return result.status === 'complete' ? result.entries.map(({ dn }) => dn) : result.resultCode
}

describe('the memory directory', () => {
  it('is ready', async () => {
    expect(await directory.ready()).toBeNull()
  })

  it('answers in the order of the entries', async () => {
    expect(await names({ filter: '(uid=*)' })).toEqual([
      'uid=b,ou=Mail,dc=example',
      'uid=a,ou=Mail,dc=example',
    ])
    expect(await names({ scope: 'one', filter: '(ou=mail)' })).toEqual(['ou=Mail,dc=example'])
    expect(await names({ base: 'ou=mail,dc=example', scope: 'subordinate' })).toEqual([
      'uid=b,ou=Mail,dc=example',
      'uid=a,ou=Mail,dc=example',
    ])
    expect(await names({ base: 'UID=A , OU=mail,dc=EXAMPLE', scope: 'base' })).toEqual([
      'uid=a,ou=Mail,dc=example',
    ])
  })

  it('fails when there are more entries than wanted, not when there are as many', async () => {
    expect(await names({ filter: '(uid=*)', sizeLimit: 1 })).toBe(4)
    expect(await names({ filter: '(uid=*)', sizeLimit: 2 })).toHaveLength(2)
  })

  it.each([
    [{ base: 'ou=nowhere,dc=example' }, 32],
    [{ base: '' }, 32],
    [{ base: 'no dn' }, 34],
    [{ base: 'dc=ü' }, 34],
    [{ base: 'nosuch=x,dc=example' }, 34],
    [{ base: 'ou=loop,dc=example', dereference: 2 as const }, 33],
    [{ sizeLimit: -1 }, 2],
    [{ filter: '(uidNumber:1.2.840.113556.1.4.803:=1)' }, -12],
  ])('%j is refused with %i', async (request, code) => {
    expect(await names(request)).toBe(code)
  })

  it('uses the names of the schema and adds what follows from the entry', async () => {
    const answer = await ask({ base: 'uid=b,ou=Mail,dc=example', scope: 'base', attributes: ['*', '+'] })
    expect(answer.status === 'complete' && answer.entries[0]?.attributes).toEqual([
      { description: 'objectClass', values: ['inetOrgPerson'] },
      { description: 'uid', values: ['b'] },
      { description: 'cn', values: ['b'] },
      { description: 'sn', values: ['b', 'c'] },
      { description: 'structuralObjectClass', values: ['inetOrgPerson'] },
      { description: 'entryDN', values: ['uid=b,ou=Mail,dc=example'] },
      { description: 'hasSubordinates', values: ['FALSE'] },
    ])
  })

  it('has a root of its own', async () => {
    expect(await names({ base: '', scope: 'base' })).toEqual([''])
  })

  it('says which entry has no place', async () => {
    const broken = memoryDirectory([{ dn: 'no dn', attributes: [] }], defaultSchema())
    const filter: Filter = { type: 'and', filters: [] }
    const limits = { sizeLimit: 0, timeLimit: 0, dereference: 0 } as const
    expect(
      await broken.search({ base: 'dc=x', scope: 'sub', filter, attributes: [], ...limits }),
    ).toMatchObject({
      resultCode: 34,
      diagnostic: 'invalid DN in the directory: no dn',
    })
  })
})

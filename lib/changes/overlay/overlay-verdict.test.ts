import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { SearchRequest, SearchResult } from '@/lib/ldap/directory-view'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { memoryDirectory } from '@/lib/ldap/memory-directory'
import { overlayDirectory } from './overlay'

const schema = defaultSchema()
const BASE = 'ou=Mail,dc=example,dc=net'
const ANNA = `uid=anna,${BASE}`

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  return {
    dn,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

const person = {
  objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
  cn: ['Anna Karenina'],
  sn: ['Karenina'],
  mail: ['anna@d.net'],
  modifyTimestamp: ['20200101000000Z'],
  entryUUID: ['6b8d8ea4-1e4b-103f-9b3f-0f2b7b1b5a55'],
}
const tree: readonly Entry[] = [
  entry('dc=example,dc=net', { objectClass: ['domain'], dc: ['example'] }),
  entry(BASE, { objectClass: ['organizationalUnit'], ou: ['Mail'] }),
  entry(`ou=Old,dc=example,dc=net`, { objectClass: ['organizationalUnit'], ou: ['Old'] }),
  entry(`ou=Sub,ou=Old,dc=example,dc=net`, { objectClass: ['organizationalUnit'], ou: ['Sub'] }),
  entry(`uid=dora,ou=Sub,ou=Old,dc=example,dc=net`, { ...person, uid: ['dora'], mail: ['dora@d.net'] }),
  entry(ANNA, { ...person, uid: ['anna'] }),
]

const addAlias: ChangeRecord = {
  type: 'modify',
  dn: ANNA,
  modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['a@d.net'] }],
}
const addBen: ChangeRecord = {
  type: 'add',
  dn: `uid=ben,${BASE}`,
  attributes: [
    { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount'] },
    { description: 'uid', values: ['ben'] },
    { description: 'cn;lang-de', values: ['Benno'] },
    { description: 'cn', values: ['Ben'] },
    { description: 'sn', values: ['B'] },
    { description: 'mail', values: ['ben@d.net'] },
  ],
}

async function ask(
  filter: string,
  changes: readonly ChangeRecord[],
  more: Partial<SearchRequest> = {},
): Promise<string> {
  const parsed = parseFilter(filter)
  if (parsed === null) throw new Error(filter)
  const result: SearchResult = await overlayDirectory(memoryDirectory(tree, schema), changes, schema).search({
    base: BASE,
    scope: 'sub',
    filter: parsed,
    attributes: ['mail'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
    ...more,
  })
  if (result.status === 'failed') return result.diagnostic
  return result.entries.map(({ dn }) => dn.split(',')[0] ?? '').join(' ')
}

describe('what the server notes by itself', () => {
  it('is unknown of a changed entry, unless the rest of the filter decides', async () => {
    expect(await ask('(modifyTimestamp>=20200101000000Z)', [addAlias])).toContain('cannot be predicted')
    expect(await ask('(&(mail=x@d.net)(modifyTimestamp>=20200101000000Z))', [addAlias])).toBe('')
    expect(await ask('(&(uid=*)(|(mail=anna@d.net)(!(modifyTimestamp>=20200101000000Z))))', [addAlias])).toBe(
      'uid=anna',
    )
  })
  it('stays what it is otherwise', async () => {
    const uuid = '(entryUUID=6b8d8ea4-1e4b-103f-9b3f-0f2b7b1b5a55)'
    expect(await ask(`(&(mail=anna@d.net)${uuid})`, [addAlias])).toBe('uid=anna')
    expect(await ask(`(&(mail=ben@d.net)${uuid})`, [addBen])).toContain('cannot be predicted')
    expect(await ask('(mail=anna@d.net)', [addAlias], { attributes: ['mail', 'modifyTimestamp'] })).toContain(
      'cannot be predicted',
    )
  })
  it('names and classes of a new entry are known', async () => {
    expect(await ask(`(entryDN=uid=ben,${BASE})`, [addBen])).toBe('uid=ben')
    expect(await ask('(structuralObjectClass=inetOrgPerson)', [addBen])).toContain('uid=ben')
  })
  it('whether there are entries below is unknown when some come or go', async () => {
    expect(await ask('(hasSubordinates=TRUE)', [addBen])).toContain('cannot be predicted')
    expect(await ask('(hasSubordinates=TRUE)', [addAlias])).toBe('ou=Mail')
  })
})

describe('rules that are not known here', () => {
  it('keep the server’s verdict where the change alters nothing that they read', async () => {
    expect(await ask('(&(mail=anna@d.net)(cn~=Anna Karenina))', [addAlias])).toBe('uid=anna')
  })
  it('cannot be predicted where it does', async () => {
    expect(await ask('(cn~=Bennn)', [addBen])).toMatch(/cannot be predicted|not supported/)
  })
})

describe('sub-types and options', () => {
  it('of a new entry are found by the type', async () => {
    expect(await ask('(cn=Benno)', [addBen])).toBe('uid=ben')
    expect(await ask('(name=Benno)', [addBen])).toBe('uid=ben')
    expect(await ask('(cn;lang-de=Ben)', [addBen])).toBe('')
  })
})

describe('a subtree that is moved', () => {
  const move: ChangeRecord = {
    type: 'modifyDn',
    dn: 'ou=Sub,ou=Old,dc=example,dc=net',
    newRdn: 'ou=Sub',
    deleteOldRdn: true,
    newSuperior: BASE,
  }
  it('brings its entries along', async () => {
    expect(await ask('(mail=dora@d.net)', [move])).toBe('uid=dora')
    expect(await ask('(mail=dora@d.net)', [move], { base: 'ou=Old,dc=example,dc=net' })).toBe('')
    expect(await ask('(mail=dora@d.net)', [move], { scope: 'one' })).toBe('')
  })
  it('leaves their order open beside others', async () => {
    expect(await ask('(mail=*@d.net)', [move])).toContain('cannot be predicted')
  })
})

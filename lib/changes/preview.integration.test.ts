import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ldapmodify, serviceBind, startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { postmap } from '@/e2e/fixtures/postmap'
import { type Authority, grantAuthority, type Role } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { valueOf, valuesOf } from '@/lib/ldap/entry'
import { DOMAINS_BASE, personDn } from '@/scripts/demo/names'
import type { EntryState } from './checksum'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from './preview'
import type { Approval, CommitResult, LookupAnswer, Preview } from './preview-result'

function authorityOf(role: Role, domains: readonly string[] = []): Authority {
  return grantAuthority({
    person: { dn: personDn('mokafor'), name: 'M', mail: 'm@domain1.net' },
    role,
    domains,
  })
}

let directory: TestDirectory
const postmaster = authorityOf('postmaster')

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
})
afterAll(() => directory.stop())

function modify(uid: string, ...modifications: readonly Modification[]): ChangeRecord {
  return { type: 'modify', dn: personDn(uid), modifications }
}

function alias(operation: Modification['operation'], ...values: readonly string[]): Modification {
  return { operation, attribute: 'mailAlias', values }
}

async function stateOf(dn: string): Promise<EntryState> {
  const read = await readEntry(postmaster, dn)
  if (read.status !== 'found') throw new Error(JSON.stringify(read))
  return { dn, entryCsn: valueOf(read.entry, 'entryCSN') ?? '' }
}

async function aliasesOf(uid: string): Promise<readonly string[]> {
  const read = await readEntry(postmaster, personDn(uid))
  return read.status === 'found' ? valuesOf(read.entry, 'mailAlias') : []
}

async function basisOf(changes: readonly ChangeRecord[]): Promise<readonly EntryState[]> {
  return Promise.all(changes.filter(({ type }) => type !== 'add').map(({ dn }) => stateOf(dn)))
}

async function previewed(changes: readonly ChangeRecord[], authority = postmaster): Promise<Preview> {
  const result = await previewChanges(authority, changes, await basisOf(changes))
  if (result.status !== 'previewed') throw new Error(JSON.stringify(result))
  return result.preview
}

function yesTo(preview: Preview): Approval {
  return { checksum: preview.checksum, confirmed: preview.findings.map(({ code }) => code) }
}

function codesOf(preview: Preview): readonly string[] {
  return preview.findings.map(({ code }) => code)
}

/** What the real postmap says, in the words of an answer. */
async function oracle(key: string, map: string): Promise<Pick<LookupAnswer, 'status' | 'value'>> {
  const { status, stdout, stderr } = await postmap(directory.postfix, key, map)
  if (status === 0) return { status: 'found', value: stdout.replace(/\n$/, '') }
  return { status: stderr.includes('query error') ? 'temporaryError' : 'notFound', value: null }
}

const plain = ['inetOrgPerson', 'PostfixBookMailAccount']
const newPerson: ChangeRecord = {
  type: 'add',
  dn: personDn('newcomer'),
  attributes: [
    { description: 'objectClass', values: plain },
    { description: 'uid', values: ['newcomer'] },
    { description: 'cn', values: ['New Comer'] },
    { description: 'sn', values: ['Comer'] },
    { description: 'mail', values: ['newcomer@domain1.net'] },
    { description: 'mailAlias', values: ['sales@domain1.net', 'new.comer@domain2.me'] },
    { description: 'userPassword', values: ['a password of somebody'] },
  ],
}

describe('what is previewed is what Postfix answers after the commit', () => {
  test.each<[string, readonly ChangeRecord[]]>([
    ['a first alias', [modify('ktanaka', alias('add', 'Tanaka@domain1.net'))]],
    ['an alias that others have', [modify('mbrown', alias('add', 'sales@domain1.net'))]],
    [
      'several at once',
      [
        modify(
          'johndoe',
          alias('delete', 'superjohn@domain2.me'),
          alias('add', 'jd@domain1.net', 'jd@domain2.me'),
        ),
      ],
    ],
    ['the last alias removed', [modify('mbrown', alias('replace'))]],
    [
      'another address',
      [modify('jkoehler', { operation: 'replace', attribute: 'mail', values: ['koehler@domain1.net'] })],
    ],
    ['a catch-all', [modify('rfeldmann', alias('add', '@domain2.me'))]],
    ['an alias in an unhosted domain', [modify('rfeldmann', alias('add', 'rf@nowhere.example'))]],
    [
      'a name alone',
      [modify('ktanaka', { operation: 'replace', attribute: 'displayName', values: ['K. Tanaka'] })],
    ],
    ['a new mailbox', [newPerson]],
    [
      'two entries',
      [
        modify('lwojcik', alias('delete', 'lukasz@domain1.net')),
        modify('pnovak', alias('add', 'lukasz@domain1.net')),
      ],
    ],
    [
      'the same entry twice',
      [modify('pnovak', alias('add', 'p1@domain1.net')), modify('pnovak', alias('add', 'p2@domain1.net'))],
    ],
    [
      'a renamed entry',
      [
        {
          type: 'modifyDn',
          dn: personDn('newcomer'),
          newRdn: 'uid=oldtimer',
          deleteOldRdn: true,
          newSuperior: null,
        },
      ],
    ],
    ['a deleted mailbox', [{ type: 'delete', dn: personDn('oldtimer') }]],
    [
      'a new domain',
      [
        {
          type: 'add',
          dn: `dc=domain9.org,${DOMAINS_BASE}`,
          attributes: [
            { description: 'objectClass', values: ['dNSDomain'] },
            { description: 'dc', values: ['domain9.org'] },
          ],
        },
      ],
    ],
  ])('%s', async (_, changes) => {
    const basis = await basisOf(changes)
    const preview = await previewed(changes)
    // Whether passwords are in use cannot be seen, so that a new entry with one is not rehearsed.
    expect(preview.rehearsal).toMatchObject(
      changes.includes(newPerson)
        ? { status: 'unavailable', message: { key: 'preview.rehearsal.firstUse' } }
        : { status: 'accepted' },
    )
    expect(JSON.stringify(preview)).not.toContain('a password of somebody')
    for (const { key, map, before } of preview.lookups) {
      expect({ key, map, ...(await oracle(key, map)) }).toEqual({
        key,
        map,
        status: before.status,
        value: before.value,
      })
    }
    const result = await commitChanges(postmaster, changes, basis, yesTo(preview))
    expect(result).toMatchObject({ status: 'asPreviewed' })
    for (const { key, map, after } of preview.lookups) {
      expect({ key, map, ...(await oracle(key, map)) }).toEqual({
        key,
        map,
        status: after.status,
        value: after.value,
      })
    }
  })
})

test('the same question in each table that takes addresses', async () => {
  const preview = await previewed([modify('johndoe', alias('add', 'press@domain1.net'))])
  expect(preview.lookups.map(({ parameter, key, difference }) => [parameter, key, difference])).toEqual([
    ['virtual_mailbox_domains', 'domain1.net', 'same'],
    ['virtual_mailbox_maps', 'press@domain1.net', 'same'],
    ['virtual_alias_maps', 'press@domain1.net', 'added'],
  ])
  expect(preview.ldif).toBe(
    `dn: ${personDn('johndoe')}\nchangetype: modify\nadd: mailAlias\nmailAlias: press@domain1.net\n-\n\n`,
  )
  expect(preview.entries).toEqual([
    {
      dn: personDn('johndoe'),
      attributes: [{ attribute: 'mailAlias', removed: [], added: ['press@domain1.net'] }],
    },
  ])
  expect(codesOf(preview)).toEqual([])
})

test('nothing to change is a preview with nothing', async () => {
  expect(await previewChanges(postmaster, [], [await stateOf(personDn('johndoe'))])).toMatchObject({
    status: 'previewed',
    preview: { lookups: [], findings: [], entries: [], ldif: '' },
  })
})

describe('findings', () => {
  test.each<[string, ChangeRecord]>([
    ['alias-shadows-mailbox', modify('johndoe', alias('add', 'abena@domain2.me'))],
    ['alias-taken', modify('johndoe', alias('add', 'press@domain2.me'))],
    ['alias-in-unhosted-domain', modify('johndoe', alias('add', 'john@elsewhere.example'))],
    ['catch-all-diverts-mailboxes', modify('johndoe', alias('add', '@quayside-books.example'))],
    ['address-becomes-undeliverable', modify('dhaddad', alias('delete', 'helpdesk@domain1.net'))],
    ['required-address-gone', modify('egallagher', alias('delete', 'abuse@quayside-books.example'))],
    [
      'value-never-found',
      modify('johndoe', { operation: 'add', attribute: 'mailGroupMember', values: ['Team@domain1.net'] }),
    ],
  ])('%s', async (code, change) => {
    expect(codesOf(await previewed([change]))).toContain(code)
  })
})

describe('nothing is overwritten', () => {
  test('an entry changed meanwhile is stale before the preview, and at the commit', async () => {
    const changes = [modify('zpetit', alias('add', 'zoe@domain2.me'))]
    const basis = await basisOf(changes)
    const preview = await previewed(changes)
    const meanwhile = `dn: ${personDn('zpetit')}\nchangetype: modify\nadd: mailAlias\nmailAlias: z@domain2.me\n`
    expect((await ldapmodify(directory, serviceBind(directory), meanwhile)).status).toBe(0)
    expect(await previewChanges(postmaster, changes, basis)).toMatchObject({
      status: 'stale',
      dn: personDn('zpetit'),
    })
    const result = await commitChanges(postmaster, changes, basis, yesTo(preview))
    expect(result.status).toBe('stale')
    expect(await aliasesOf('zpetit')).toEqual(['zoe.petit@domain2.me', 'z@domain2.me'])
  })
  test('an answer that is not any more what was approved is stale', async () => {
    const changes = [modify('flefevre', alias('add', 'reporter@domain2.me'))]
    const basis = await basisOf(changes)
    const preview = await previewed(changes)
    const meanwhile = `dn: ${personDn('aosei')}\nchangetype: modify\nadd: mailAlias\nmailAlias: reporter@domain2.me\n`
    expect((await ldapmodify(directory, serviceBind(directory), meanwhile)).status).toBe(0)
    expect((await commitChanges(postmaster, changes, basis, yesTo(preview))).status).toBe('stale')
    expect(await aliasesOf('flefevre')).toEqual(['press@domain2.me'])
  })
  test('an entry that is gone is stale', async () => {
    const gone = personDn('nobody')
    const result = await previewChanges(
      postmaster,
      [modify('nobody', alias('add', 'x@domain1.net'))],
      [{ dn: gone, entryCsn: '20200101000000.000000Z#000000#000#000000' }],
    )
    expect(result).toEqual({ status: 'stale', dn: gone, entry: null })
  })
})

describe('what is not approved is not written', () => {
  test('a finding that was not confirmed', async () => {
    const changes = [modify('hyilmaz', alias('add', 'h@elsewhere.example'))]
    const { checksum } = await previewed(changes)
    const result = await commitChanges(postmaster, changes, await basisOf(changes), {
      checksum,
      confirmed: [],
    })
    expect(result.status).toBe('notConfirmed')
    expect(await aliasesOf('hyilmaz')).toEqual(['cheese@birkenhof.example'])
  })
  test('a refused value belongs to its attribute', async () => {
    const changes = [modify('hyilmaz', alias('add', 'käse@birkenhof.example'))]
    const preview = await previewed(changes)
    expect(preview.rehearsal).toMatchObject({ status: 'refused', resultCode: 21, attribute: 'mailAlias' })
    const result = await commitChanges(postmaster, changes, await basisOf(changes), yesTo(preview))
    expect(result).toMatchObject({ status: 'refused', resultCode: 21, attribute: 'mailAlias' })
  })
  test('a value that is there already', async () => {
    const preview = await previewed([modify('hyilmaz', alias('add', 'CHEESE@birkenhof.example'))])
    expect(preview.rehearsal).toMatchObject({ status: 'refused', resultCode: 20, attribute: 'mailAlias' })
  })
  test.each<[Role, readonly string[]]>([
    ['owner', []],
    ['domainAdministrator', ['domain1.net']],
  ])('a change that this role may not make: %s', async (role, domains) => {
    const changes = [modify('hyilmaz', alias('add', 'h@domain1.net'))]
    const authority = authorityOf(role, domains)
    const basis = await basisOf(changes)
    expect((await previewChanges(authority, changes, basis)).status).toBe('forbidden')
    const approval: Approval = { checksum: '', confirmed: [] }
    const result: CommitResult = await commitChanges(authority, changes, basis, approval)
    expect(result.status).toBe('forbidden')
    expect(await aliasesOf('hyilmaz')).toEqual(['cheese@birkenhof.example'])
  })
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { grantAuthority } from '@/lib/directory/authority'
import { forgetDomainCounts, countDomains } from '@/lib/lists/domain-counts'
import { valueOf } from '@/lib/ldap/entry'
import { readDomainNamed } from '@/lib/lists/domains'
import { findMailboxEntry } from '@/lib/lists/domain-people'
import { MAIL_BASE, personDn } from '@/scripts/demo/names'
import { ldapwhoami, startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { planAdministratorEdit } from './domain-administrators-edit'
import { planAliasDomainEdit, planCatchAllEdit } from './domain-alias-edit'
import { planDomainRemoval } from './domain-removal-edit'
import { planDomainRename } from './domain-rename-edit'
import type { DomainTaskField } from './domain-task'
import { commitEdit, type Edit, previewEdit } from './edit'
import { withProgress } from './progress'
import type { Domain } from '@/lib/entries/domain'
import { undoCommit } from '@/lib/history/commit-undo'

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Martha Okafor', mail: 'martha.okafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})
const administrator = grantAuthority({
  person: { dn: personDn('isorensen'), name: 'Ingrid', mail: 'ingrid@domain2.me' },
  role: 'domainAdministrator',
  domains: ['domain2.me', 'quayside-books.example'],
})

let directory: TestDirectory
let facts: Facts

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
  facts = factsOf(directory)
})
afterAll(() => directory.stop())
beforeEach(forgetDomainCounts)

type Planned = Edit<DomainTaskField, Domain>

/** Previews and commits with a yes to everything; the answer of the commit. */
async function make(authority: typeof postmaster, plan: () => Promise<Planned>) {
  const previewed = await previewEdit(authority, await plan())
  if (previewed.status !== 'previewed') return previewed
  const { checksum, findings } = previewed.preview
  return commitEdit(authority, await plan(), { checksum, confirmed: findings.map(({ code }) => code) })
}

async function addressesOf(domain: string): Promise<readonly string[]> {
  const text = await facts.dump()
  return [...text.matchAll(/^(?:mail|mailAlias): (\S+)$/gm)]
    .map(([, address = '']) => address)
    .filter((address) => address.endsWith(`@${domain}`))
    .sort()
}

test('a domain is deleted with its mailboxes, told write by write, and taken back with the passwords', async () => {
  const password = 'a word of hers'
  await facts.modify(
    `dn: ${personDn('gone')}\nchangetype: add\nobjectClass: inetOrgPerson\nobjectClass: PostfixBookMailAccount\nuid: gone\ncn: Gone\nsn: Gone\nmail: gone@birkenhof.example\nuserPassword: ${password}\n`,
  )
  const bind = { dn: personDn('gone'), password }
  expect((await ldapwhoami(directory, bind)).status).toBe(0)
  const before = await addressesOf('birkenhof.example')
  const plan = () =>
    planDomainRemoval(postmaster, {
      name: 'birkenhof.example',
      everything: true,
      typed: String(before.length),
    })
  const refused = await make(postmaster, () =>
    planDomainRemoval(postmaster, { name: 'birkenhof.example', everything: false, typed: '' }),
  )
  expect(refused.status).toBe('invalid')
  expect(await addressesOf('birkenhof.example')).toEqual(before)
  const told: number[] = []
  const made = await withProgress(
    ({ written }) => {
      told.push(written)
    },
    () => make(postmaster, plan),
  )
  expect(made).toMatchObject({ status: 'saved', current: null, brokenCount: 0 })
  expect(told.length).toBeGreaterThan(1)
  expect(told).toEqual(told.map((_, at) => at + 1))
  expect(await addressesOf('birkenhof.example')).toEqual([])
  expect((await ldapwhoami(directory, bind)).status).not.toBe(0)
  const journal = made.status === 'saved' ? made.journal : null
  expect(await undoCommit(postmaster, journal ?? '')).toMatchObject({ status: 'undone', brokenCount: 0 })
  expect(await addressesOf('birkenhof.example')).toEqual(before)
  expect((await ldapwhoami(directory, bind)).status).toBe(0)
})

test('an administrator makes alias domains and catch-alls within the own domains, and nothing else', async () => {
  const before = await addressesOf('quayside-books.example')
  const { edit, added } = await planAliasDomainEdit(administrator, {
    name: 'domain2.me',
    to: 'quayside-books.example',
  })
  expect(added).toBeGreaterThan(0)
  expect((await previewEdit(administrator, edit)).status).toBe('previewed')
  const foreign = await planAliasDomainEdit(administrator, { name: 'domain2.me', to: 'domain1.net' })
  expect(foreign.edit).toMatchObject({ changes: [], problems: [{ field: 'to' }] })
  const own = await findMailboxEntry(administrator, 'ingrid@domain2.me')
  const mailbox = own.status === 'found' ? (valueOf(own.entry, 'entryUUID') ?? null) : null
  const catchAll = { name: 'domain2.me', mailbox, protect: true }
  expect((await make(administrator, () => planCatchAllEdit(administrator, catchAll))).status).toBe('saved')
  expect(await addressesOf('domain2.me')).toContain('@domain2.me')
  const rename = { name: 'domain2.me', to: 'other.example', keep: 'none', typed: '999' } as const
  const edits: readonly Planned[] = [
    await planDomainRename(administrator, rename),
    await planDomainRemoval(administrator, { name: 'domain2.me', everything: true, typed: '' }),
    await planAdministratorEdit(administrator, {
      name: 'domain2.me',
      add: null,
      remove: personDn('isorensen'),
    }),
    await planDomainRename(administrator, { ...rename, name: 'domain1.net' }),
  ]
  for (const edit of edits)
    expect(['refused', 'stale'], JSON.stringify(edit)).toContain(
      (await previewEdit(administrator, edit)).status,
    )
  expect(await addressesOf('quayside-books.example')).toEqual(before)
})

test('a name that is no DN is shown among the administrators, and a person is named once', async () => {
  const ida = await findMailboxEntry(postmaster, 'ingrid@domain2.me')
  const add = ida.status === 'found' ? (valueOf(ida.entry, 'entryUUID') ?? null) : null
  const again = await planAdministratorEdit(postmaster, { name: 'domain2.me', add, remove: null })
  expect(again).toMatchObject({ changes: [], problems: [{ field: 'person' }] })
  const dn = personDn('isorensen').replace('uid=', 'UID = ').replace(MAIL_BASE, MAIL_BASE.toUpperCase())
  const remove = await planAdministratorEdit(postmaster, { name: 'domain2.me', add: null, remove: dn })
  expect(remove).toMatchObject({ changes: [], problems: [{ field: 'person' }] })
  const standing = await readDomainNamed(postmaster, 'DOMAIN2.me')
  expect(standing.status).toBe('found')
})

test('mailboxes and aliases are counted, whether few or many domains are asked for', async () => {
  const names = ['domain1.net', 'domain2.me']
  const few = await countDomains(postmaster, names)
  forgetDomainCounts()
  const many = await countDomains(postmaster, [
    ...names,
    ...Array.from({ length: 20 }, (_, at) => `unknown${at}.example`),
  ])
  if (few.status === 'failed' || many.status === 'failed') throw new Error('The directory did not answer.')
  for (const name of names) {
    const { mailboxes, aliases } = few.of.get(name) ?? { mailboxes: 0, aliases: 0 }
    expect(many.of.get(name)).toMatchObject({ mailboxes, aliases })
    expect(mailboxes + aliases).toBe((await addressesOf(name)).length)
  }
  expect(many.of.get('unknown3.example')).toMatchObject({ mailboxes: 0, aliases: 0 })
})

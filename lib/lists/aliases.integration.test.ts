import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { personDn } from '@/scripts/demo/names'
import type { AliasQuery } from './aliases'

let directory: TestDirectory
let facts: Facts

const ALL: AliasQuery = { kind: 'alias', text: '', domain: '', mark: null, sortBy: 'destination', page: 1 }

beforeAll(async () => {
  directory = await startTestDirectory()
  facts = factsOf(directory)
  vi.resetModules()
  for (const [name, value] of Object.entries(directory.settings)) vi.stubEnv(name, value)
  await facts.modify(
    [
      `dn: ${personDn('ktanaka')}\nchangetype: modify\nadd: mailAlias\nmailAlias: @birkenhof.example\n`,
      `dn: ${personDn('pnovak')}\nchangetype: modify\nadd: mailAlias\nmailAlias: pavel@domain1.net\n`,
    ].join('\n'),
  )
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await directory.stop()
})

async function authority(role: 'postmaster' | 'domainAdministrator') {
  const { grantAuthority } = await import('@/lib/directory/authority')
  return grantAuthority({
    person: { dn: personDn('mokafor'), name: 'Martha', mail: 'martha.okafor@domain1.net' },
    role,
    domains: role === 'postmaster' ? [] : ['domain2.me'],
  })
}

async function list(
  more: Partial<AliasQuery>,
  role: 'postmaster' | 'domainAdministrator' = 'postmaster',
): Promise<readonly string[]> {
  const { listAliases } = await import('./aliases')
  const result = await listAliases(await authority(role), { ...ALL, ...more })
  if (result.status === 'failed') throw new Error(result.diagnostic)
  return result.rows.map(
    ({ address, destinations }) => `${address} ${destinations.map((one) => one.address).join(',')}`,
  )
}

test('marks are found, by filter or by looking', async () => {
  expect(await list({ mark: 'shadowing' })).toEqual(['mary.brown@domain1.net tom.fletcher@domain1.net'])
  expect(await list({ mark: 'multi' })).toEqual([
    'sales@domain1.net alessia.marchetti@domain1.net,juergen.koehler@domain1.net',
  ])
  expect(await list({ mark: 'unhosted' })).toEqual([
    'orders@birkenhof-shop.example anneliese@birkenhof.example',
  ])
  expect(await list({ mark: 'catchAll' })).toEqual(['@birkenhof.example kenji.tanaka@domain1.net'])
  expect(await list({ mark: 'disabled' })).toEqual(['pavel@domain1.net pavel.novak@domain1.net'])
  expect(await list({ mark: 'external' })).toEqual([])
  expect(await list({ kind: 'forward', mark: 'external' })).toEqual([
    'ruth.feldmann@domain1.net ruth.feldmann@post.example.org',
  ])
})

test('text finds the alias, not its neighbours on the same mailbox', async () => {
  expect(await list({ text: 'HELPDESK' })).toEqual(['helpdesk@domain1.net dina.haddad@domain1.net'])
  expect(await list({ text: 'dina' })).toHaveLength(2)
  expect(await list({ text: '(*)\\' })).toEqual([])
  expect(await list({ domain: 'birkenhof-shop.example' })).toHaveLength(1)
  const groups = await list({ kind: 'group', text: 'sales-team@domain1.net' })
  expect(groups).toContain('sales-team@domain1.net alessia.marchetti@domain1.net,juergen.koehler@domain1.net')
})

test('by address, each page is sorted', async () => {
  const addresses = await list({ sortBy: 'address' })
  expect(addresses.length).toBeGreaterThan(20)
  expect(addresses).toEqual([...addresses].sort())
})

test('an administrator sees the own mailboxes, and no name of another', async () => {
  const seen = await list({}, 'domainAdministrator')
  expect(seen).toContain('studio@domain2.me ingrid@domain2.me')
  expect(seen.join()).not.toContain('domain1.net')
  await facts.modify(
    `dn: ${personDn('ktanaka')}\nchangetype: modify\nadd: mailAlias\nmailAlias: press@domain2.me\n`,
  )
  const { listAliases } = await import('./aliases')
  const result = await listAliases(await authority('domainAdministrator'), { ...ALL, mark: 'multi' })
  expect(result).toMatchObject({
    rows: [{ address: 'press@domain2.me', hidden: 1, destinations: [{ address: 'francois@domain2.me' }] }],
  })
})

test('what reaches a mailbox comes with its way', async () => {
  await facts.modify(
    [
      `dn: ${personDn('zpetit')}\nchangetype: modify\nadd: mailAlias\nmailAlias: kenji.tanaka@domain1.net\n`,
      `dn: ${personDn('ktanaka')}\nchangetype: modify\nadd: mailAlias\nmailAlias: dev@domain1.net\n`,
    ].join('\n'),
  )
  const { readMailboxEntry } = await import('./mailboxes')
  const { readMailbox } = await import('@/lib/entries/mailbox')
  const { findReaching } = await import('@/lib/lookups/reaching')
  const postmaster = await authority('postmaster')
  const [id = ''] = await facts.values('zpetit', 'entryUUID')
  const read = await readMailboxEntry(postmaster, id)
  if (read.status !== 'found') throw new Error('Zoë has no mailbox.')
  const reaching = await findReaching(postmaster, readMailbox(read.entry))
  if (reaching.status === 'failed') throw new Error('Nothing was found.')
  const ways = new Map(reaching.addresses.map(({ address, via }) => [address, via]))
  expect(ways.get('zoe.petit@domain2.me')).toEqual([])
  expect(ways.get('kenji.tanaka@domain1.net')).toEqual([])
  expect(ways.get('dev@domain1.net')).toEqual(['kenji.tanaka@domain1.net'])
  // Kenji's catch-all leads on, too.
  expect(ways.get('cheese@birkenhof.example')?.at(-1)).toBe('kenji.tanaka@domain1.net')
  expect([...ways.keys()]).not.toContain('sales@domain1.net')
  expect(reaching.graph.edges).toContainEqual({
    from: 'dev@domain1.net',
    to: 'kenji.tanaka@domain1.net',
    parameter: 'virtual_alias_maps',
  })
})

test('the overview counts what is there, anew after a change', async () => {
  const { tally } = await import('@/lib/overview/tally')
  const postmaster = await authority('postmaster')
  const counted = await tally(postmaster)
  if (counted.status === 'failed') throw new Error(counted.diagnostic)
  expect(counted.domains.map(({ name }) => name)).toContain('quayside-books.example')
  expect(counted.attention.find(({ code }) => code === 'noPostmaster')?.examples).toEqual([
    { address: 'quayside-books.example', mailbox: null },
  ])
  expect(await tally(postmaster)).toBe(counted)
  const administrator = await tally(await authority('domainAdministrator'))
  expect(JSON.stringify(administrator)).not.toContain('domain1.net')
  expect(JSON.stringify(administrator)).not.toContain('noPostmaster')
})

test('what is looked for comes a page at a time, a mailbox whole', async () => {
  const { listAliases } = await import('./aliases')
  const add = (uid: string, count: number): string =>
    [
      `dn: ${personDn(uid)}\nchangetype: modify\nadd: mailAlias`,
      ...Array.from({ length: count }, (_, at) => `mailAlias: ${uid}${at}@gone.example`),
    ].join('\n')
  await facts.modify([add('aosei', 2), '', add('dhaddad', 30), '', add('xli', 3), ''].join('\n'))
  const postmaster = await authority('postmaster')
  const pages: number[] = []
  for (let page: number | null = 1; page !== null;) {
    const found = await listAliases(postmaster, { ...ALL, mark: 'unhosted', page })
    if (found.status === 'failed') throw new Error(found.diagnostic)
    pages.push(found.rows.length)
    expect(found.looked?.from).toBe(page)
    page = found.next
  }
  expect(pages.reduce((sum, count) => sum + count)).toBe(36)
  expect(pages).toContain(30)
  expect(await list({ kind: 'group', domain: 'domain1.net' })).not.toEqual([])
  expect(await list({ kind: 'group', domain: 'domain2.me' })).toEqual([])
})

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { postmap } from '@/e2e/fixtures/postmap'
import { parseLdif } from '@/lib/ldap/ldif'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { personDn } from '@/scripts/demo/names'
import type { MailboxQuery } from './mailboxes'

let directory: TestDirectory
let facts: Facts

/** What postmap has answered. Everything is asked before the directory is changed again. */
const asked = new Map<string, Promise<readonly string[]>>()
/** Whether an own address has one of these, tables alone can tell. */
const TOLD_BY_TABLES = new Set(['shadowedMailbox', 'divertedMailbox', 'unhostedMailbox'])

const ALL: MailboxQuery = { text: '', domain: '', kind: 'withFinding', sortBy: 'mail', page: 1 }

beforeAll(async () => {
  directory = await startTestDirectory()
  facts = factsOf(directory)
  vi.resetModules()
  for (const [name, value] of Object.entries(directory.settings)) vi.stubEnv(name, value)
  const add = (uid: string, ...lines: readonly string[]): string =>
    [`dn: ${personDn(uid)}`, 'changetype: modify', ...lines, ''].join('\n')
  await facts.modify(
    [
      add('ktanaka', 'add: mailAlias', 'mailAlias: @birkenhof.example', 'mailAlias: a b@domain1.net'),
      // Keeps the mail that the catch-all would take.
      add('gbaecker', 'add: mailAlias', 'mailAlias: georg@birkenhof.example'),
      add('rfeldmann', 'add: mailForwardingAddress', 'mailForwardingAddress: nobody@domain1.net'),
      add('pnovak', 'add: mailAlias', 'mailAlias: pavel@domain1.net'),
      add('zpetit', 'add: mail', 'mail: zoe@gone.example'),
      add('mruiz', 'add: mail', 'mail: abena@domain2.me'),
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
    domains: role === 'postmaster' ? [] : ['domain2.me', 'birkenhof.example'],
  })
}

async function page(more: Partial<MailboxQuery>, role: 'postmaster' | 'domainAdministrator' = 'postmaster') {
  const { listFound } = await import('./mailbox-findings')
  const result = await listFound(await authority(role), { ...ALL, ...more })
  if (result.status === 'failed') throw new Error(result.diagnostic)
  return result
}

async function uids(more: Partial<MailboxQuery>): Promise<readonly string[]> {
  return (await page(more)).mailboxes.map(({ uid }) => uid)
}

/** What the real postmap answers, value by value; nothing is an empty list. */
function answers(key: string, table: string): Promise<readonly string[]> {
  const known = asked.get(`${table} ${key}`) ?? ask(key, table)
  asked.set(`${table} ${key}`, known)
  return known
}

async function ask(key: string, table: string): Promise<readonly string[]> {
  const map = `ldap:${directory.postfix}/ldap/${table}.cf`
  const { stdout, stderr } = await postmap(directory.postfix, key, map)
  if (stderr !== '') throw new Error(stderr)
  return stdout
    .trim()
    .split(',')
    .filter((value) => value !== '')
}

async function allMailboxes(): Promise<readonly Entry[]> {
  const parsed = parseLdif(await facts.dump())
  if (parsed.status === 'invalid') throw new Error(parsed.message)
  return parsed.records
    .flatMap((record) => (record.type === 'content' ? [record.entry] : []))
    .filter((entry) => valuesOf(entry, 'objectClass').includes('PostfixBookMailAccount'))
}

test('what is called shadowed, diverted, unhosted and never found is what the tables of Postfix answer', async () => {
  const { findings } = await page({})
  for (const entry of await allMailboxes()) {
    const told = findings.get(valueOf(entry, 'entryUUID') ?? '') ?? []
    const codesOf = (address: string): readonly string[] =>
      told.filter((finding) => finding.address === address).map(({ code }) => code)
    for (const address of valuesOf(entry, 'mail')) {
      const domain = address.slice(address.indexOf('@') + 1)
      const [alias, caught, hosted] = await Promise.all([
        answers(address, 'ldap-aliases'),
        answers(`@${domain}`, 'ldap-aliases'),
        answers(domain, 'ldap-virtual-domains'),
      ])
      const isElsewhere = (to: readonly string[]): boolean => to.length > 0 && !to.includes(address)
      expect([address, new Set(codesOf(address).filter((code) => TOLD_BY_TABLES.has(code)))]).toEqual([
        address,
        new Set([
          ...(isElsewhere(alias) ? ['shadowedMailbox'] : []),
          ...(alias.length === 0 && isElsewhere(caught) ? ['divertedMailbox'] : []),
          ...(hosted.length > 0 ? [] : ['unhostedMailbox']),
        ]),
      ])
    }
    for (const { code, address } of told) {
      if (code === 'sharedAddress') {
        const named = await answers(address, 'ldap-vmailbox')
        expect(named.filter((one) => one === address)).toHaveLength(2)
      }
      if (code === 'neverFound')
        expect(await answers(`"${address.replace('@', '"@')}`, 'ldap-aliases')).toEqual([])
      if (code !== 'danglingForward') continue
      const domain = address.slice(address.indexOf('@') + 1)
      expect(await answers(domain, 'ldap-virtual-domains')).toEqual([domain])
      expect(await answers(address, 'ldap-aliases')).toEqual([])
      expect(await answers(`@${domain}`, 'ldap-aliases')).toEqual([])
      expect(await answers(address, 'ldap-vmailbox')).toEqual([])
    }
  }
})

test('the list is narrowed, searched, sorted and paged', async () => {
  const { counts, total } = await page({})
  expect(Object.fromEntries(counts.map(({ code, count }) => [code, count]))).toEqual({
    shadowedMailbox: 1,
    divertedMailbox: 3,
    unhostedMailbox: 1,
    sharedAddress: 2,
    neverFound: 1,
    unhostedAlias: 1,
    danglingForward: 1,
    disabledWithAlias: 1,
    shadowingAlias: 1,
    divertingCatchAll: 1,
  })
  expect(total).toBe(11)
  expect(await uids({ finding: 'shadowedMailbox' })).toEqual(['mbrown'])
  expect(await uids({ finding: 'divertedMailbox' })).toEqual(['abaecker', 'hyilmaz', 'jbrandt'])
  expect(await uids({ domain: 'birkenhof.example', sortBy: 'cn', descending: true })).toEqual([
    'jbrandt',
    'hyilmaz',
    'abaecker',
  ])
  expect(await uids({ text: 'ORDERS@birkenhof-shop' })).toEqual(['abaecker'])
  expect(await uids({ text: 'hülya' })).toEqual(['hyilmaz'])
  expect(await uids({ page: 2 })).toEqual([])
})

test('an administrator sees the own mailboxes only, and no name of another', async () => {
  const { mailboxes, findings } = await page({}, 'domainAdministrator')
  expect(mailboxes.map(({ uid }) => uid)).toEqual([
    'aosei',
    'abaecker',
    'hyilmaz',
    'jbrandt',
    'mruiz',
    'zpetit',
  ])
  const told = [...findings.values()].flat()
  expect(told.filter(({ code }) => code === 'divertedMailbox').map(({ other }) => other)).toEqual([
    '',
    '',
    '',
  ])
  expect(JSON.stringify([...findings])).not.toContain('domain1.net')
})

test('bulk tasks and exports take the same mailboxes, and the overview counts them', async () => {
  const { countMailboxes } = await import('./mailbox-selection')
  const { exportList } = await import('@/lib/exchange/export')
  const { tally } = await import('@/lib/overview/tally')
  const postmaster = await authority('postmaster')
  const narrowed = { text: '', domain: '', kind: 'withFinding', finding: 'divertedMailbox' } as const
  const selected = await countMailboxes(postmaster, { scope: 'matching', ...narrowed }, 100)
  expect(selected).toEqual({ status: 'counted', count: 3 })
  const csv = await new Response(
    exportList(postmaster, { list: 'mailboxes', query: { ...ALL, ...narrowed } }, 'csv'),
  ).text()
  const lines = csv.trim().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(',').find((cell) => cell.includes('@')))).toEqual([
    'anneliese@birkenhof.example',
    'huelya@birkenhof.example',
    'jonas@birkenhof.example',
  ])
  const counted = await tally(postmaster)
  if (counted.status === 'failed') throw new Error(counted.diagnostic)
  const { counts } = await page({})
  for (const { code, count } of counted.attention) {
    if (code === 'noPostmaster') continue
    expect([code, count]).toEqual([code, counts.find((one) => one.code === code)?.count])
    expect((await page({ finding: code })).total).toBe(count)
  }
})

test('one mailbox is judged as it is now, as the survey judged it', async () => {
  const { findings } = await page({})
  const { findingsOfMailbox } = await import('./mailbox-findings')
  const postmaster = await authority('postmaster')
  for (const entry of await allMailboxes()) {
    const judged = await findingsOfMailbox(postmaster, entry)
    if (judged.status === 'failed') throw new Error(judged.diagnostic)
    const surveyed = findings.get(valueOf(entry, 'entryUUID') ?? '') ?? []
    expect([entry.dn, judged.findings]).toEqual([entry.dn, surveyed])
  }
})

test('what was mended leaves the list', async () => {
  const [id = ''] = await facts.values('mbrown', 'entryUUID')
  await facts.modify(
    `dn: ${personDn('tfletcher')}\nchangetype: modify\ndelete: mailAlias\nmailAlias: mary.brown@domain1.net\n`,
  )
  await expect.poll(async () => (await page({})).findings.has(id), { timeout: 60_000 }).toBe(false)
})

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleCommitter, startCommitter } from '@/e2e/fixtures/committer-process'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import { DATABASE, heldEntries, peopleLdif, STORE_BASE } from '@/e2e/fixtures/twenty-changes'
import { grantAuthority } from '@/lib/directory/authority'
import { addDocument, findDocuments, readDocument } from '@/lib/directory/store'
import { valuesOf } from '@/lib/ldap/entry'
import { inEnglish } from '@/lib/words/english'
import { thisProcess } from '@/lib/changes/journal/journal-holder'
import type { CommitResult } from '@/lib/changes/preview-result'
import { reserveAddresses } from './reservation'

const PEOPLE = 50
const person = { dn: SERVICE_DN, name: 'S', mail: 's@domain1.net' }
const authority = grantAuthority({ person, role: 'postmaster', domains: [] })

let directory: SmallDirectory
let settings: Record<string, string>
let committer: string

beforeAll(async () => {
  directory = await startSmallDirectory({ database: DATABASE, ldif: `${peopleLdif()}\n${claimantsLdif()}` })
  settings = {
    LDAP_URL: directory.slapd.uri,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    LDAP_STORE_BASE: STORE_BASE,
    LDAP_TIMEOUT: '30',
    POSTBOOK_STATE_DIRECTORY: join(directory.folder, 'state'),
    POSTFIX_CONFIG_DIRECTORY: '',
  }
  Object.assign(process.env, settings)
  committer = await bundleCommitter(directory.folder)
})
afterAll(async () => {
  await directory.remove()
})

function claimantsLdif(): string {
  return Array.from({ length: PEOPLE }, (_, number) =>
    [
      `dn: uid=p${number},${MAIL_BASE}`,
      'objectClass: inetOrgPerson',
      'objectClass: PostfixBookMailAccount',
      `uid: p${number}`,
      `cn: p${number}`,
      `sn: p${number}`,
      `mail: p${number}@domain1.net`,
      '',
    ].join('\n'),
  ).join('\n')
}

/** Fifty people claim one alias at once, through two processes. */
async function claim(alias: string, more: Record<string, string>): Promise<readonly CommitResult[]> {
  const claims = Array.from({ length: PEOPLE }, (_, number) => {
    const dn = `uid=p${number},${MAIL_BASE}`
    const modifications = [{ operation: 'add', attribute: 'mailAlias', values: [alias] }] as const
    return { person, changes: [{ type: 'modify', dn, modifications }] as const }
  })
  const processes = [claims.slice(0, PEOPLE / 2), claims.slice(PEOPLE / 2)].map((half) =>
    startCommitter(committer, half, { ...settings, ...more }),
  )
  await Promise.all(processes.map(({ ready }) => ready))
  for (const committing of processes) committing.commit()
  const results = await Promise.all(processes.map((committing) => committing.results))
  return results.flatMap((some) => some ?? [])
}

function holdersOf(alias: string): readonly string[] {
  return heldEntries(directory.slapd.port)
    .filter((entry) => valuesOf(entry, 'mailAlias').includes(alias))
    .map(({ dn }) => dn)
}

/** Who did not get the alias knows why. */
function isTold(result: CommitResult, alias: string): boolean {
  if (result.status === 'stale')
    return result.preview.findings.some(
      ({ code, addresses }) => code === 'alias-taken' && addresses.includes(alias),
    )
  return result.status === 'refused' && inEnglish(result.message).includes(alias)
}

test('of fifty who claim one alias at once, one has it and the others are told', async () => {
  const alias = 'wanted@domain1.net'
  const results = await claim(alias, {})
  expect(results).toHaveLength(PEOPLE)
  expect(holdersOf(alias)).toHaveLength(1)
  expect(results.filter(({ status }) => status === 'asPreviewed')).toHaveLength(1)
  expect(results.filter((result) => isTold(result, alias))).toHaveLength(PEOPLE - 1)
  expect(await findDocuments(authority, 'reservation:')).toEqual([])
})

test('without a store all but the first are taken back', async () => {
  const alias = 'contested@domain1.net'
  const results = await claim(alias, { LDAP_STORE_BASE: '' })
  expect(results).toHaveLength(PEOPLE)
  expect(holdersOf(alias)).toHaveLength(1)
  // Who sees others come and go is told that the answers are not those of the preview.
  const told = results.filter((result) => result.status === 'stale' || isTold(result, alias))
  expect(told).toHaveLength(PEOPLE - 1)
})

test('a reservation of a process that is gone, or has expired, does not stop anyone', async () => {
  const gone = JSON.stringify({ ...(JSON.parse(thisProcess()) as object), start: '1' })
  const elsewhere = JSON.stringify({ ...(JSON.parse(thisProcess()) as object), host: 'another.example.net' })
  const version = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()
  const document = { author: SERVICE_DN }
  const left = [
    { ...document, name: 'reservation:gone@d.net', version: version(300), description: `1 ${gone}` },
    { ...document, name: 'reservation:late@d.net', version: version(-1), description: `2 ${elsewhere}` },
    { ...document, name: 'reservation:mine@d.net', version: version(300), description: `3 ${thisProcess()}` },
  ]
  for (const one of left) expect(await addDocument(authority, one)).toEqual({ status: 'done' })
  const reserved = await reserveAddresses(authority, [
    'Late@d.net',
    'gone@d.net',
    'mine@d.net',
    'free, "x"@d.net',
  ])
  if (reserved.status !== 'reserved') throw new Error(inEnglish(reserved.message))
  expect(reserved.inStore).toBe(true)
  expect(reserved.expired()).toBeNull()
  expect(await readDocument(authority, 'reservation:free, "x"@d.net')).toMatchObject({ author: SERVICE_DN })
  await reserved.release()
  expect(await findDocuments(authority, 'reservation:')).toEqual([])
})

test('a reservation of a living process elsewhere is waited for, then its holder is named', async () => {
  const elsewhere = JSON.stringify({ ...(JSON.parse(thisProcess()) as object), host: 'another.example.net' })
  const version = new Date(Date.now() + 300_000).toISOString()
  const name = 'reservation:busy@d.net'
  await addDocument(authority, {
    name,
    version,
    author: 'uid=eve,dc=example,dc=net',
    description: `4 ${elsewhere}`,
  })
  const result = await reserveAddresses(authority, ['also@d.net', 'busy@d.net'])
  expect(result).toMatchObject({ status: 'taken', address: 'busy@d.net' })
  expect(result.status === 'taken' && inEnglish(result.message)).toContain('uid=eve')
  expect(await readDocument(authority, 'reservation:also@d.net')).toBeNull()
})

test('many addresses are one reservation, which others respect whether they want few or many', async () => {
  const many = (start: number): readonly string[] =>
    Array.from({ length: 100 }, (_, at) => `many${start + at}@d.net`)
  const first = await reserveAddresses(authority, many(0))
  if (first.status !== 'reserved') throw new Error(inEnglish(first.message))
  expect(await findDocuments(authority, 'reservation:*block-')).toHaveLength(1)
  const order: string[] = []
  const others = [['many5@d.net'], many(99)].map(async (addresses) => {
    const other = await reserveAddresses(authority, addresses)
    order.push(other.status)
    return other
  })
  const apart = await reserveAddresses(authority, many(200))
  expect(apart).toMatchObject({ status: 'reserved', waited: false })
  order.push('given back')
  await first.release()
  for (const other of await Promise.all(others)) if (other.status === 'reserved') await other.release()
  expect(order).toEqual(['given back', 'reserved', 'reserved'])
  const single = await reserveAddresses(authority, ['many7@d.net'])
  const blocked = reserveAddresses(authority, many(0))
  if (single.status === 'reserved') await single.release()
  const last = await blocked
  expect(last).toMatchObject({ status: 'reserved' })
  for (const one of [apart, last]) if (one.status === 'reserved') await one.release()
  const ours = (await findDocuments(authority, 'reservation:')) as readonly { readonly name: string }[]
  expect(ours.filter(({ name }) => name !== 'reservation:busy@d.net')).toEqual([])
})

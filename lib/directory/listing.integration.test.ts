import { afterEach, expect, test, vi } from 'vitest'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import { valueOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'

const COUNT = 60
const LIMITS = `limits dn.exact="${SERVICE_DN}" size=unlimited`

let directory: SmallDirectory | null = null
afterEach(async () => {
  vi.unstubAllEnvs()
  await directory?.remove()
})

function boxes(): string {
  // Loaded in an order that is not the order of any attribute.
  return Array.from({ length: COUNT }, (_, n) => {
    const number = (n * 37) % COUNT
    const name = `${number % 2 === 0 ? 'box' : 'BOX'}${String(number).padStart(2, '0')}`
    return `dn: uid=${name},${MAIL_BASE}\nobjectClass: inetOrgPerson\nuid: ${name}\ncn: ${name}\nsn: x\nemployeeType: box\n\n`
  }).join('')
}

const FILTER: Filter = { type: 'equality', attribute: 'objectClass', value: 'inetOrgPerson' }
const BOXES: Filter = { type: 'substrings', attribute: 'uid', initial: 'box', any: [], final: null }

async function open(sorting: boolean) {
  directory = await startSmallDirectory({ sorting, ldif: boxes(), database: [LIMITS] })
  vi.resetModules()
  vi.stubEnv('LDAP_URL', directory.slapd.uri)
  vi.stubEnv('LDAP_BIND_DN', SERVICE_DN)
  vi.stubEnv('LDAP_BIND_PASSWORD', PASSWORD)
  vi.stubEnv('LDAP_DOMAINS_BASE', DOMAINS_BASE)
  vi.stubEnv('LDAP_MAIL_BASE', MAIL_BASE)
  const { searchPage } = await import('./listing')
  const { write } = await import('./service')
  const { grantAuthority } = await import('./authority')
  const authority = grantAuthority({
    person: { dn: SERVICE_DN, name: '', mail: '' },
    role: 'postmaster',
    domains: [],
  })
  const page = async (number: number, filter: Filter = BOXES, descending = false) => {
    const request = {
      base: MAIL_BASE,
      filter,
      attributes: ['uid'],
      sortBy: 'uid',
      descending,
      from: (number - 1) * 25 + 1,
      count: 25,
    }
    const result = await searchPage(authority, request)
    if (result.status === 'failed') throw new Error(JSON.stringify(result))
    return { uids: result.entries.map((entry) => valueOf(entry, 'uid')?.toLowerCase()), total: result.total }
  }
  return {
    page,
    remove: (uid: string) => write(authority, { type: 'delete', dn: `uid=${uid},${MAIL_BASE}` }),
  }
}

function names(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, n) => `box${String(from + n).padStart(2, '0')}`)
}

test.each([
  ['sorted by the server', true],
  ['sorted in the panel', false],
])('pages of a list %s', async (_name, sorting) => {
  const { page, remove } = await open(sorting)
  expect(await page(1)).toEqual({ uids: names(0, 24), total: COUNT })
  expect(await page(2)).toEqual({ uids: names(25, 49), total: COUNT })
  expect(await page(3)).toEqual({ uids: names(50, 59), total: COUNT })
  expect(await page(9)).toEqual({ uids: [], total: COUNT })
  expect((await page(1, BOXES, true)).uids.slice(0, 2)).toEqual(['box59', 'box58'])
  expect(await page(1, { type: 'equality', attribute: 'uid', value: 'nobody' })).toEqual({
    uids: [],
    total: 0,
  })
  // A list that is kept is not used after a write.
  expect(await remove('box00')).toEqual({ status: 'done' })
  expect(await page(1)).toEqual({ uids: names(1, 25), total: COUNT - 1 })
  // Many lists at once, more than the server keeps open.
  const lists = Array.from({ length: 30 }, (_, n): Filter => ({
    type: 'and',
    filters: [FILTER, BOXES, ...Array<Filter>(n).fill(FILTER)],
  }))
  for (const result of await Promise.all(lists.map((filter) => page(1, filter)))) {
    expect(result).toEqual({ uids: names(1, 25), total: COUNT - 1 })
  }
})

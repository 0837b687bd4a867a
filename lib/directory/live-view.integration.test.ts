import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  EVERY_OCTET,
  MAIL_BASE,
  makeCertificates,
  PASSWORD,
  ROOT_DN,
  settingsFor,
  SERVER_SIZE_LIMIT,
  type SmallDirectory,
  startRelay,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import { pauseProcess } from '@/e2e/fixtures/pause'
import type { DirectoryView, SearchRequest, SearchResult } from '@/lib/ldap/directory-view'
import { valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { openDirectory } from './live-view'
import { freePort } from '@/scripts/private-slapd'

let folder: string
let directory: SmallDirectory
let view: DirectoryView

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postbook-live-view-'))
  makeCertificates(folder)
  directory = await startSmallDirectory({ certificates: folder, ldif: crowd(SERVER_SIZE_LIMIT + 5) })
  view = openDirectory(settingsFor([directory.slapd.uri]))
})
afterAll(async () => {
  await directory.remove()
  rmSync(folder, { recursive: true })
})

function crowd(count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `dn: cn=${n},dc=example,dc=net\nobjectClass: device\ncn: ${n}\n\n`,
  ).join('')
}

function request(filter: Filter, more: Partial<SearchRequest> = {}): SearchRequest {
  return {
    base: MAIL_BASE,
    scope: 'sub',
    filter,
    attributes: [],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
    ...more,
  }
}

function uid(value: string): Filter {
  return { type: 'equality', attribute: 'uid', value }
}

function uids(result: SearchResult): readonly string[] | SearchResult {
  return result.status === 'complete' ? result.entries.flatMap((entry) => valuesOf(entry, 'uid')) : result
}

const SECRET = request(uid('ann'), { attributes: ['userPassword'] })
const secretSeen = { status: 'complete', entries: [{ attributes: [{ values: [PASSWORD] }] }] }

describe('entries', () => {
  test('keep the order of attributes and values, and every octet', async () => {
    const result = await view.search(
      request(uid('ann'), { attributes: ['jpegPhoto', 'title', 'description'] }),
    )
    expect(result).toEqual({
      status: 'complete',
      entries: [
        {
          dn: `uid=ann,${MAIL_BASE}`,
          attributes: [
            { description: 'description;lang-en', values: ['one'] },
            { description: 'title', values: ['two'] },
            { description: 'description', values: ['b', 'a'] },
            { description: 'jpegPhoto', values: [decodeOctets(EVERY_OCTET)] },
          ],
        },
      ],
    })
    const [photo] =
      result.status === 'complete'
        ? valuesOf(result.entries[0] ?? { dn: '', attributes: [] }, 'jpegPhoto')
        : []
    expect(Buffer.from(encodeOctets(photo ?? ''))).toEqual(EVERY_OCTET)
  })

  test.each<[string, Filter, readonly string[]]>([
    ['true', { type: 'and', filters: [] }, ['ann', 'ben', 'cat', 'johndoe']],
    ['false', { type: 'or', filters: [] }, []],
    [
      'not',
      { type: 'not', filter: { type: 'present', attribute: 'mailEnabled' } },
      ['ann', 'cat', 'johndoe'],
    ],
    ['a star in a value', { type: 'equality', attribute: 'mailAlias', value: '*@domain2.me' }, ['johndoe']],
    [
      'an object identifier',
      { type: 'equality', attribute: '0.9.2342.19200300.100.1.1', value: 'ben' },
      ['ben'],
    ],
    ['an attribute option', { type: 'equality', attribute: 'description;lang-en', value: 'one' }, ['ann']],
    ['octets', { type: 'equality', attribute: 'uid', value: decodeOctets(EVERY_OCTET) }, []],
    [
      'substrings',
      { type: 'substrings', attribute: 'uid', initial: 'j', any: ['h', 'd'], final: 'e' },
      ['johndoe'],
    ],
    [
      'greater or equal',
      { type: 'greaterOrEqual', attribute: 'entryCSN', value: '20990101000000.000000Z#000000#000#000000' },
      [],
    ],
    [
      'an extensible match',
      {
        type: 'extensible',
        attribute: 'uid',
        matchingRule: 'caseExactMatch',
        dnAttributes: true,
        value: 'cat',
      },
      ['cat'],
    ],
  ])('are found by a filter with %s', async (_name, filter, expected) => {
    const people: Filter = { type: 'and', filters: [{ type: 'present', attribute: 'uid' }, filter] }
    expect(uids(await view.search(request(people)))).toEqual(expected)
  })

  test('fail together with the code of the server', async () => {
    const all: Filter = { type: 'present', attribute: 'objectClass' }
    expect(await view.search(request(all, { sizeLimit: 2 }))).toMatchObject({
      status: 'failed',
      stage: 'search',
      resultCode: 4,
    })
    expect(await view.search(request(all, { base: 'ou=none,dc=example,dc=net' }))).toMatchObject({
      resultCode: 32,
    })
    expect(await view.search(request(all, { base: 'not a dn' }))).toMatchObject({ resultCode: 34 })
    expect(uids(await view.search(request(all, { sizeLimit: 5 })))).toHaveLength(4)
  })

  test('that the server itself cuts off are no answer either', async () => {
    const devices: Filter = { type: 'equality', attribute: 'objectClass', value: 'device' }
    const search = request(devices, { base: 'dc=example,dc=net', sizeLimit: 1000 })
    expect(await view.search(search)).toMatchObject({ status: 'failed', resultCode: 4 })
    const root = openDirectory(settingsFor([directory.slapd.uri], { bindDn: ROOT_DN }))
    expect(await root.search(search)).toMatchObject({
      status: 'complete',
      entries: { length: SERVER_SIZE_LIMIT + 5 },
    })
  })
})

describe('the connection', () => {
  test('is opened once for many who come at the same time, and shared by equal settings', async () => {
    const relay = await startRelay(directory.slapd.port)
    const settings = settingsFor([`ldap://127.0.0.1:${relay.port}`])
    const views = Array.from({ length: 300 }, () => openDirectory({ ...settings }))
    const results = await Promise.all(views.map((one) => one.search(SECRET)))
    for (const result of results) expect(result).toMatchObject(secretSeen)
    expect(relay.connections).toBe(1)
    await relay.close()
  })

  test('is replaced when it was cut, and never goes on as somebody else', async () => {
    const relay = await startRelay(directory.slapd.port)
    const cut = openDirectory(settingsFor([`ldap://127.0.0.1:${relay.port}`]))
    expect(await cut.search(SECRET)).toMatchObject(secretSeen)
    for (let round = 2; round < 6; round += 1) {
      relay.cut()
      expect(await Promise.all([cut.search(SECRET), cut.search(SECRET)])).toMatchObject([
        secretSeen,
        secretSeen,
      ])
    }
    expect(relay.connections).toBe(5)
    await relay.close()
  })

  test('is bound again after the server was restarted', async () => {
    expect(await view.search(SECRET)).toMatchObject(secretSeen)
    await directory.restart()
    expect(await view.search(SECRET)).toMatchObject(secretSeen)
  })

  test('goes to the first server that can be reached', async () => {
    const dead = `ldap://127.0.0.1:${await freePort()}`
    expect(await openDirectory(settingsFor([dead, directory.slapd.uri])).search(SECRET)).toMatchObject(
      secretSeen,
    )
    expect(await openDirectory(settingsFor([dead, dead])).search(SECRET)).toMatchObject({
      stage: 'connect',
      resultCode: -1,
    })
    const notLdap = openDirectory(settingsFor([directory.slapd.uri, 'http://127.0.0.1']))
    expect(await notLdap.search(SECRET)).toMatchObject({ stage: 'connect', resultCode: -9 })
  })

  test('fails with the reason of the server', async () => {
    const wrong = openDirectory(settingsFor([directory.slapd.uri], { bindPassword: 'wrong' }))
    expect(await wrong.ready()).toMatchObject({ stage: 'bind', resultCode: 49 })
    const empty = openDirectory(settingsFor([directory.slapd.uri], { bindPassword: '' }))
    expect(await empty.ready()).toMatchObject({ stage: 'bind', resultCode: 53 })
    const sasl = openDirectory(settingsFor([directory.slapd.uri], { bind: 'sasl' }))
    expect(await sasl.ready()).toMatchObject({ stage: 'bind', resultCode: -6 })
    const anonymous = openDirectory(settingsFor([directory.slapd.uri], { bind: 'none' }))
    expect(await anonymous.ready()).toBeNull()
    expect(await anonymous.search(SECRET)).toMatchObject({ entries: [{ attributes: [] }] })
  })

  test('does not wait longer than it may for a silent server', async () => {
    const patient = openDirectory(settingsFor([directory.slapd.uri], { timeout: 1 }))
    expect(await patient.search(SECRET)).toMatchObject(secretSeen)
    pauseProcess(directory.slapd.pid)
    try {
      const many = await Promise.all(Array.from({ length: 40 }, () => patient.search(SECRET)))
      for (const result of many) expect(result).toMatchObject({ status: 'failed', resultCode: -5 })
    } finally {
      process.kill(directory.slapd.pid, 'SIGCONT')
    }
    expect(await patient.search(SECRET)).toMatchObject(secretSeen)
  })

  test('goes through a local socket', async () => {
    const path = join(folder, 'ldapi')
    const relay = await startRelay(directory.slapd.port, path)
    const local = openDirectory(settingsFor([`ldapi://${encodeURIComponent(path)}`]))
    expect(await local.search(SECRET)).toMatchObject(secretSeen)
    await relay.close()
  })
})

describe('TLS', () => {
  const tls = (caFile: string, requireCertificate: boolean) => ({
    startTls: true,
    tls: { ...settingsFor([]).tls, requireCertificate, caFile },
  })

  test('is started where it is asked for', async () => {
    const trusted = openDirectory(settingsFor([directory.slapd.uri], tls(join(folder, 'ca.pem'), true)))
    expect(await trusted.search(SECRET)).toMatchObject(secretSeen)
    const unchecked = openDirectory(settingsFor([directory.slapd.uri], tls('', false)))
    expect(await unchecked.search(SECRET)).toMatchObject(secretSeen)
  })

  test('fails with a certificate that is not trusted, or a CA file that is not there', async () => {
    const other = openDirectory(settingsFor([directory.slapd.uri], tls(join(folder, 'other.pem'), true)))
    expect(await other.search(SECRET)).toMatchObject({ stage: 'startTls', resultCode: -11 })
    const missing = openDirectory(settingsFor([directory.slapd.uri], tls(join(folder, 'none.pem'), false)))
    expect(await missing.search(SECRET)).toMatchObject({ stage: 'startTls', resultCode: -11 })
  })

  test('is not spoken by a plain port', async () => {
    const secure = openDirectory(settingsFor([directory.slapd.uri.replace('ldap:', 'ldaps:')]))
    expect(await secure.search(SECRET)).toMatchObject({ stage: 'connect', resultCode: -1 })
  })
})

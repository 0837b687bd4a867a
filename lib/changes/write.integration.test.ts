import { execFileSync } from 'node:child_process'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
} from '@/e2e/fixtures/small-directory'
import { grantAuthority } from '@/lib/directory/authority'
import { readEntry, write } from '@/lib/directory/service'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { commitChanges } from './commit'
import { type PreparedChange, prepareChange } from './examination'
import { previewChanges } from './preview'
import { writeChanges } from './write'

const person = { dn: SERVICE_DN, name: 'S', mail: 's@domain1.net' }
const authority = grantAuthority({ person, role: 'postmaster', domains: [] })
const dn = (uid: string): string => `uid=${uid},${MAIL_BASE}`

/** Hands connections on to slapd; when armed, meddles with the next asserted write that holds `trigger`, once. */
interface Wire {
  readonly server: Server
  trigger: string | null
  /** Lose the request, lose the answer, or carry out another change before the answer comes. */
  mode: 'loseRequest' | 'loseAnswer' | 'interfere'
}

const INTERFERENCE = `dn: ${dn('cat')}\nchangetype: modify\nreplace: mail\nmail: cat@domain1.net\n`

let directory: SmallDirectory
let wire: Wire

beforeAll(async () => {
  // This overlay rejects every assertion when one of its attributes is modified.
  const database = ['moduleload unique', 'overlay unique', `unique_uri ldap:///${MAIL_BASE}?title?sub`]
  directory = await startSmallDirectory({ database })
  wire = await startWire(directory.slapd.port)
  Object.assign(process.env, {
    LDAP_URL: `ldap://127.0.0.1:${(wire.server.address() as AddressInfo).port}`,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    LDAP_TIMEOUT: '5',
    POSTFIX_CONFIG_DIRECTORY: '',
  })
})
afterAll(async () => {
  wire.server.close()
  await directory.remove()
})

async function startWire(target: number): Promise<Wire> {
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: target })
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy())
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
    upstream.on('data', (octets) => client.writable && client.write(octets))
    client.on('data', (octets) => {
      const isMeant = wire.trigger !== null && octets.includes(wire.trigger) && octets.includes('entryCSN')
      if (!isMeant) {
        upstream.write(octets)
        return
      }
      wire.trigger = null
      if (wire.mode === 'loseRequest') {
        client.destroy()
        return
      }
      // slapd has carried the request out when it answers.
      upstream.prependOnceListener('data', () => {
        if (wire.mode === 'loseAnswer') client.destroy()
        else modifyDirectly(target, INTERFERENCE)
      })
      upstream.write(octets)
    })
  })
  await new Promise<void>((settle) => {
    server.listen(0, '127.0.0.1', settle)
  })
  return { server, trigger: null, mode: 'loseAnswer' }
}

function modifyDirectly(port: number, ldif: string): void {
  const access = ['-x', '-H', `ldap://127.0.0.1:${port}`, '-D', SERVICE_DN, '-w', PASSWORD]
  execFileSync('ldapmodify', access, { input: ldif })
}

function modify(uid: string, attribute: string, ...values: string[]): ChangeRecord {
  return { type: 'modify', dn: dn(uid), modifications: [{ operation: 'add', attribute, values }] }
}

async function prepared(...changes: ChangeRecord[]): Promise<PreparedChange> {
  const result = await prepareChange(authority, changes)
  if (result.status !== 'prepared') throw new Error(JSON.stringify(result))
  return result
}

async function entryOf(uid: string): Promise<Entry> {
  const read = await readEntry(authority, dn(uid))
  if (read.status !== 'found') throw new Error(JSON.stringify(read))
  return read.entry
}

async function meanwhile(change: ChangeRecord): Promise<void> {
  expect(await write(authority, change)).toEqual({ status: 'done' })
}

test('an entry that changed after it was read is not written', async () => {
  const change = await prepared(modify('ann', 'mailAlias', 'a1@domain2.me'))
  await meanwhile(modify('ann', 'mailAlias', 'a2@domain2.me'))
  expect(await writeChanges(authority, change)).toMatchObject({ status: 'stale' })
  expect(valuesOf(await entryOf('ann'), 'mailAlias')).toEqual(['a2@domain2.me'])
})

test('what was written before a refusal is said', async () => {
  const twice = { type: 'modify', dn: dn('cat'), modifications: [] } as const
  const change = await prepared(modify('ben', 'mailAlias', 'b1@domain2.me'), twice)
  const refused: ChangeRecord = modify('cat', 'mailEnabled', 'perhaps')
  const result = await writeChanges(authority, {
    ...change,
    changes: [...change.changes.slice(0, 1), refused],
  })
  expect(result).toMatchObject({ status: 'refused', resultCode: 21, attribute: 'mailEnabled' })
  expect(result.status === 'refused' && result.message).toContain('1 of 2 changes were written')
})

describe('a lost connection', () => {
  test('after the write was carried out counts as written', async () => {
    const change = await prepared(modify('johndoe', 'mailAlias', 'lost1@domain1.net'))
    Object.assign(wire, { trigger: 'lost1@', mode: 'loseAnswer' })
    expect(await writeChanges(authority, change)).toEqual({ status: 'written' })
    expect(valuesOf(await entryOf('johndoe'), 'mailAlias')).toContain('lost1@domain1.net')
  })
  test('before it reached the directory is said to have changed nothing', async () => {
    const change = await prepared(modify('johndoe', 'mailAlias', 'lost2@domain1.net'))
    Object.assign(wire, { trigger: 'lost2@', mode: 'loseRequest' })
    const result = await writeChanges(authority, change)
    expect(result).toMatchObject({ status: 'unavailable' })
    expect(result.status === 'unavailable' && result.message).toContain(`${dn('johndoe')} is unchanged`)
    expect(valuesOf(await entryOf('johndoe'), 'mailAlias')).not.toContain('lost2@domain1.net')
  })
})

describe('an overlay that rejects every assertion', () => {
  test('does not keep a current entry from being written', async () => {
    const change = await prepared({
      type: 'modify',
      dn: dn('ann'),
      modifications: [
        { operation: 'delete', attribute: 'title', values: ['two'] },
        { operation: 'add', attribute: 'title', values: ['three', 'four'] },
      ],
    })
    const assertEntryCsn = valueOf(await entryOf('ann'), 'entryCSN') ?? ''
    const [record] = change.changes
    if (record === undefined) throw new Error('no change')
    // The overlay is as unhelpful as expected.
    expect(await write(authority, record, { assertEntryCsn })).toMatchObject({ resultCode: 122 })
    expect(await writeChanges(authority, change)).toEqual({ status: 'written' })
    expect(valuesOf(await entryOf('ann'), 'title')).toEqual(['three', 'four'])
  })
  test('does not let a change made meanwhile be overwritten', async () => {
    const modifications = [{ operation: 'replace', attribute: 'title', values: ['five'] }] as const
    const change = await prepared({ type: 'modify', dn: dn('ann'), modifications })
    await meanwhile(modify('ann', 'title', 'six'))
    expect(await writeChanges(authority, change)).toMatchObject({ status: 'stale' })
    expect(valuesOf(await entryOf('ann'), 'title')).toEqual(['three', 'four', 'six'])
  })
})

test('an answer that is not as promised raises the alarm', async () => {
  const changes = [modify('cat', 'mailAlias', 'alarm@domain2.me')]
  const basis = [{ dn: dn('cat'), entryCsn: valueOf(await entryOf('cat'), 'entryCSN') ?? '' }]
  const previewed = await previewChanges(authority, changes, basis)
  if (previewed.status !== 'previewed') throw new Error(JSON.stringify(previewed))
  const { checksum, findings, lookups } = previewed.preview
  Object.assign(wire, { trigger: 'alarm@', mode: 'interfere' })
  const confirmed = findings.map(({ code }) => code)
  const result = await commitChanges(authority, changes, basis, { checksum, confirmed })
  const promised = lookups.find(({ difference }) => difference === 'added')
  expect(promised?.after.values).toEqual(['cat@domain2.me', 'shared@domain2.me'])
  expect(result).toMatchObject({
    status: 'alarm',
    broken: [{ lookup: promised, now: { status: 'found', value: 'cat@domain1.net' } }],
  })
})

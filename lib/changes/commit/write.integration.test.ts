import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
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
import { type PreparedChange, prepareChange } from '@/lib/changes/examination'
import { previewChanges } from '@/lib/changes/preview'
import type { JournalResult } from '@/lib/changes/journal/journal-text'
import { writeAll, type WriteOutcome } from './write'
import { planWrites } from './write-plan'

const person = { dn: SERVICE_DN, name: 'S', mail: 's@domain1.net' }
const authority = grantAuthority({ person, role: 'postmaster', domains: [] })
const dn = (uid: string): string => `uid=${uid},${MAIL_BASE}`

/** Hands connections on to slapd; when armed, meddles with the next asserted write that holds `trigger`, once. */
interface Wire {
  readonly server: Server
  trigger: string | null
  /** Also of requests without an assertion. */
  always: boolean
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
  process.env['POSTBOOK_STATE_DIRECTORY'] = join(directory.folder, 'state')
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
      const isMeant =
        wire.trigger !== null && octets.includes(wire.trigger) && (wire.always || octets.includes('entryCSN'))
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
  return { server, trigger: null, always: false, mode: 'loseAnswer' }
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

let recorded: JournalResult[] = []

/** Writes a prepared change without looking at it again. */
async function writeChanges({ changes, images, schema }: PreparedChange): Promise<WriteOutcome> {
  recorded = []
  const entries = images.flatMap(({ before }) => (before === null ? [] : [before]))
  const writes = await planWrites(changes, entries, schema)
  if (writes === null) throw new Error('the directory would refuse this')
  return writeAll(authority, writes, schema, {
    record: (result) => {
      recorded.push(result)
      return Promise.resolve(null)
    },
    obstacle: () => null,
  })
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
  expect(await writeChanges(change)).toMatchObject({ status: 'stopped', at: 0, stop: { status: 'stale' } })
  expect(valuesOf(await entryOf('ann'), 'mailAlias')).toEqual(['a2@domain2.me'])
})

test('a refusal stops the writes, and the results before it are kept', async () => {
  const refused = modify('cat', 'mailAlias', 'b2@domain2.me')
  const change = await prepared(modify('ben', 'mailAlias', 'b1@domain2.me'), refused)
  await meanwhile(modify('cat', 'mailAlias', 'b2@domain2.me'))
  const outcome = await writeChanges(change)
  expect(outcome).toMatchObject({ status: 'stopped', at: 1, stop: { status: 'stale', state: 'notDone' } })
  expect(recorded.map(({ number, status }) => [number, status])).toEqual([
    [1, 'written'],
    [2, 'refused'],
  ])
  expect(valuesOf(await entryOf('ben'), 'mailAlias')).toEqual(['b1@domain2.me'])
})

test('a second write to an entry goes on from what the first has left', async () => {
  const renamed = {
    type: 'modifyDn',
    dn: dn('ben'),
    newRdn: 'uid=benny',
    deleteOldRdn: true,
    newSuperior: null,
  } as const
  const change = await prepared(
    modify('ben', 'mailAlias', 'b3@domain2.me'),
    renamed,
    {
      type: 'modify',
      dn: dn('benny'),
      modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['b4@domain2.me'] }],
    },
    { ...renamed, dn: dn('benny'), newRdn: 'uid=ben' },
  )
  expect(await writeChanges(change)).toEqual({ status: 'written' })
  expect(valuesOf(await entryOf('ben'), 'mailAlias')).toEqual([
    'b1@domain2.me',
    'b3@domain2.me',
    'b4@domain2.me',
  ])
})

describe('a lost connection', () => {
  test('after the write was carried out counts as written', async () => {
    const change = await prepared(modify('johndoe', 'mailAlias', 'lost1@domain1.net'))
    Object.assign(wire, { trigger: 'lost1@', mode: 'loseAnswer' })
    expect(await writeChanges(change)).toEqual({ status: 'written' })
    expect(valuesOf(await entryOf('johndoe'), 'mailAlias')).toContain('lost1@domain1.net')
  })
  test('before it reached the directory is sent once more', async () => {
    const change = await prepared(modify('johndoe', 'mailAlias', 'lost2@domain1.net'))
    Object.assign(wire, { trigger: 'lost2@', mode: 'loseRequest' })
    expect(await writeChanges(change)).toEqual({ status: 'written' })
    const aliases = valuesOf(await entryOf('johndoe'), 'mailAlias')
    expect(aliases.filter((alias) => alias === 'lost2@domain1.net')).toHaveLength(1)
  })
  test('of an addition and a deletion is found out as well', async () => {
    const attributes = Object.entries({
      objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
      uid: ['dan'],
      cn: ['dan'],
      sn: ['dan'],
      mail: ['lost3@domain2.me'],
    }).map(([description, values]) => ({ description, values }))
    // An addition asserts nothing: what is lost is the connection after it.
    Object.assign(wire, { trigger: 'lost3@', mode: 'loseAnswer', always: true })
    const added = await prepared({ type: 'add', dn: dn('dan'), attributes })
    expect(await writeChanges(added)).toEqual({ status: 'written' })
    const deleted = await prepared({ type: 'delete', dn: dn('dan') })
    Object.assign(wire, { trigger: 'uid=dan', mode: 'loseAnswer', always: false })
    expect(await writeChanges(deleted)).toEqual({ status: 'written' })
    expect((await readEntry(authority, dn('dan'))).status).toBe('notFound')
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
    expect(await writeChanges(change)).toEqual({ status: 'written' })
    expect(valuesOf(await entryOf('ann'), 'title')).toEqual(['three', 'four'])
  })
  test('does not let a change made meanwhile be overwritten', async () => {
    const modifications = [{ operation: 'replace', attribute: 'title', values: ['five'] }] as const
    const change = await prepared({ type: 'modify', dn: dn('ann'), modifications })
    await meanwhile(modify('ann', 'title', 'six'))
    expect(await writeChanges(change)).toMatchObject({ status: 'stopped', at: 0, stop: { status: 'stale' } })
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

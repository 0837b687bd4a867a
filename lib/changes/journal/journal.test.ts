import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import { beginJournal, holdJournal, listJournals, type OpenJournal } from './journal'
import { lifeOf, thisProcess } from './journal-holder'
import { isLocked, takeLock } from './journal-lock'
import { type JournalPlan, journalSteps } from './journal-plan'
import { formatEnd, formatPlan, formatResult, readJournal, wholePart } from './journal-text'
import { followWrites } from '@/lib/changes/commit/write-step'
import { inEnglish } from '@/lib/words/english'

const schema = defaultSchema()
const dn = 'uid=ann,ou=Mail,dc=example,dc=net'
const SECRET = '{SSHA}never-to-be-kept'

const ann: Entry = {
  dn,
  attributes: Object.entries({
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
    uid: ['ann'],
    cn: ['Änn'],
    sn: ['x'],
    mail: ['ann@d.net'],
    mailAlias: ['x@d.net', 'y@d.net'],
    userPassword: [SECRET],
    entryUUID: ['0b1cbd8c-0000-103c-8000-000000000001'],
    entryCSN: ['20261122101010.000001Z#000000#000#000000'],
    modifyTimestamp: ['20261122101010Z'],
  }).map(([description, values]) => ({ description, values })),
}

async function planOf(changes: Parameters<typeof followWrites>[0]): Promise<JournalPlan> {
  const steps = await followWrites(changes, [ann], schema)
  if (steps === null) throw new Error('refused')
  return {
    person: { dn: 'uid=root,dc=example,dc=net', name: 'Réne ', mail: 'r@d.net' },
    session: 'postbook 192.0.2.7',
    time: '2026-11-22T10:10:10.123456Z',
    checksum: 'ab12',
    recovers: null,
    task: null,
    steps: journalSteps(steps, schema),
  }
}

const plan = await planOf([
  {
    type: 'modify',
    dn,
    modifications: [
      { operation: 'delete', attribute: 'MAILALIAS', values: ['x@d.net'] },
      { operation: 'add', attribute: 'mailAlias', values: ['z@d.net'] },
      { operation: 'replace', attribute: 'userPassword', values: ['clear text'] },
    ],
  },
  { type: 'modifyDn', dn, newRdn: 'uid=anna', deleteOldRdn: true, newSuperior: 'ou=Other,dc=example,dc=net' },
  { type: 'delete', dn: 'uid=anna,ou=Other,dc=example,dc=net' },
])

describe('the plan', () => {
  test('keeps what leads back, and no password', () => {
    expect(JSON.stringify(plan)).not.toContain('never-to-be-kept')
    expect(JSON.stringify(plan)).not.toContain('clear text')
    const [modify, rename, remove] = plan.steps
    expect(modify).toMatchObject({
      inverse: {
        type: 'modify',
        modifications: [{ operation: 'replace', attribute: 'mailAlias', values: ['x@d.net', 'y@d.net'] }],
      },
      after: { dn, attributes: [{ description: 'mailAlias', values: ['y@d.net', 'z@d.net'] }] },
      concealed: ['userPassword'],
      entryCsn: '20261122101010.000001Z#000000#000#000000',
    })
    expect(rename?.inverse).toEqual({
      type: 'modifyDn',
      dn: 'uid=anna,ou=Other,dc=example,dc=net',
      newRdn: 'uid=ann',
      deleteOldRdn: true,
      newSuperior: 'ou=Mail,dc=example,dc=net',
    })
    expect(remove?.concealed).toEqual(['userPassword'])
    const back = remove?.inverse
    const names = back?.type === 'add' ? back.attributes.map(({ description }) => description) : []
    expect(names.sort()).toEqual(['cn', 'mail', 'mailAlias', 'objectClass', 'sn', 'uid'])
    // Only the first write to an entry knows the state that it starts from.
    expect(rename?.entryCsn).toBeNull()
  })
})

describe('the text', () => {
  const result = { number: 1, status: 'unknown', message: 'lost: é' } as const
  const end = { outcome: 'undone', time: plan.time, person: plan.person.dn } as const
  const text = `${formatPlan(plan)}${formatResult(result, plan.time)}${formatEnd(end)}`

  test('is read as it was written', () => {
    const journal = { ...plan, results: [result], closed: end }
    expect(readJournal(text)).toEqual({ status: 'read', journal })
  })
  test('may be cut off anywhere after the plan', () => {
    for (let length = formatPlan(plan).length; length < text.length; length += 1) {
      const reading = readJournal(text.slice(0, length))
      expect(reading).toMatchObject({ status: 'read', journal: { closed: null } })
    }
  })
  test('that is something else is damaged, and says where', () => {
    expect(readJournal('')).toMatchObject({ status: 'damaged' })
    expect(readJournal(`${formatPlan(plan)}dn: cn=other\n\n`)).toMatchObject({ status: 'damaged' })
    const damaged = readJournal(text.replace('changetype: modrdn', 'changetype: dance'))
    expect(damaged.status === 'damaged' && inEnglish(damaged.message)).toContain('dance')
    expect(wholePart('a\n\nb')).toBe('a\n\n')
  })
})

describe('the files', () => {
  let folder: string
  const open = (): string => join(folder, 'journal', 'open')

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'postbook-journal-'))
    Object.assign(process.env, {
      LDAP_URL: 'ldap://127.0.0.1:1',
      LDAP_BIND_DN: 'cn=x',
      LDAP_BIND_PASSWORD: 'x',
      LDAP_DOMAINS_BASE: 'ou=Domains,dc=example,dc=net',
      LDAP_MAIL_BASE: 'ou=Mail,dc=example,dc=net',
      POSTBOOK_STATE_DIRECTORY: folder,
    })
  })
  beforeEach(() => {
    rmSync(join(folder, 'journal'), { recursive: true, force: true })
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  async function begun(): Promise<OpenJournal> {
    const journal = await beginJournal(plan)
    if ('status' in journal) throw new Error(inEnglish(journal.message))
    return journal
  }

  test('show a commit as running, then as cut off, then not any more', async () => {
    const journal = await begun()
    expect(await listJournals()).toMatchObject({ journals: [{ id: journal.id, running: true }] })
    expect(await holdJournal(journal.id)).toEqual({ status: 'running' })
    expect(await journal.record({ number: 1, status: 'written', message: '' })).toBeNull()
    await journal.release()
    expect(await listJournals()).toMatchObject({
      journals: [{ id: journal.id, running: false, journal: { results: [{ status: 'written' }] } }],
    })
    const held = await holdJournal(journal.id)
    if (held.status !== 'held') throw new Error(held.status)
    expect(await held.writer.close('undone', 'cn=x')).toBeNull()
    await held.writer.release()
    expect(await listJournals()).toMatchObject({ journals: [], damaged: [] })
    expect(await holdJournal(journal.id)).toMatchObject({ status: 'closed' })
    expect(readdirSync(open())).toEqual([])
  })
  test('of which one was torn can be written on', async () => {
    const journal = await begun()
    await journal.release()
    appendFileSync(join(open(), `${journal.id}.ldif`), 'dn: cn=result\nnumber: 1\nstat')
    const held = await holdJournal(journal.id)
    if (held.status !== 'held') throw new Error(held.status)
    await held.writer.record({ number: 1, status: 'refused', message: 'no' })
    await held.writer.release()
    expect(await listJournals()).toMatchObject({
      damaged: [],
      journals: [{ journal: { results: [{ status: 'refused' }] } }],
    })
  })
  test('that are damaged are named, and those of unborn plans go', async () => {
    const journal = await begun()
    await journal.release()
    writeFileSync(join(open(), `${journal.id}.ldif`), 'nonsense\n\n')
    writeFileSync(join(open(), '20200101T000000000Z-0a.ldif.new'), 'dn: cn=com')
    const listed = await listJournals()
    if (listed.status !== 'listed') throw new Error(inEnglish(listed.message))
    expect(listed.journals).toEqual([])
    expect(listed.damaged.map(inEnglish)).toEqual([expect.stringContaining(journal.id)])
    expect(readdirSync(open())).toEqual([`${journal.id}.ldif`])
  })
  test('cannot be written into a folder that is none', async () => {
    rmSync(join(folder, 'journal'), { recursive: true, force: true })
    writeFileSync(join(folder, 'journal'), '')
    expect(await beginJournal(plan)).toMatchObject({ status: 'failed' })
    rmSync(join(folder, 'journal'))
  })
  test('of a closed commit that was not moved are put away', async () => {
    const journal = await begun()
    await journal.release()
    const path = join(open(), `${journal.id}.ldif`)
    appendFileSync(path, formatEnd({ outcome: 'complete', time: plan.time, person: 'cn=x' }))
    expect(await listJournals()).toMatchObject({ journals: [] })
    expect(readFileSync(join(folder, 'journal', 'closed', `${journal.id}.ldif`), 'utf8')).toContain(
      'complete',
    )
  })
})

describe('a lock', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postbook-lock-'))
    return () => {
      rmSync(folder, { recursive: true })
    }
  })

  /** The text of a process that has ended. */
  function deadProcess(): string {
    const { pid } = spawnSync('true')
    return JSON.stringify({ ...(JSON.parse(thisProcess()) as object), pid, start: '1' })
  }

  test('is held by one, and free when it is released', async () => {
    const locks = await Promise.all(Array.from({ length: 20 }, () => takeLock(folder, 'a')))
    const [held, ...others] = locks.filter((lock) => lock !== null)
    expect(others).toEqual([])
    expect(await isLocked(folder, 'a')).toBe(true)
    expect(await isLocked(folder, 'b')).toBe(false)
    await held?.release()
    expect(await takeLock(folder, 'a')).not.toBeNull()
  })
  test('of a process that is gone is taken over by one', async () => {
    writeFileSync(join(folder, 'a.lock.1'), deadProcess())
    expect(await isLocked(folder, 'a')).toBe(false)
    const locks = await Promise.all(Array.from({ length: 20 }, () => takeLock(folder, 'a')))
    expect(locks.filter((lock) => lock !== null)).toHaveLength(1)
  })
  test('of another host counts as long as it is young', async () => {
    const foreign = JSON.stringify({ ...(JSON.parse(thisProcess()) as object), host: `not-${hostname()}` })
    writeFileSync(join(folder, 'a.lock.1'), foreign)
    expect(lifeOf(foreign)).toBe('foreign')
    expect(await takeLock(folder, 'a')).toBeNull()
  })
  test('tells a process from another one with its pid', () => {
    expect(lifeOf(thisProcess())).toBe('alive')
    expect(lifeOf(deadProcess())).toBe('dead')
    expect(lifeOf(JSON.stringify({ ...(JSON.parse(thisProcess()) as object), start: '1' }))).toBe('dead')
    expect(lifeOf('half of it')).toBe('unreadable')
  })
})

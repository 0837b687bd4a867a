import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ldapmodify,
  ldapsearch,
  ldapwhoami,
  personBind,
  serviceBind,
  startTestDirectory,
  type TestDirectory,
} from '@/e2e/fixtures/directory'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewEdit } from '@/lib/changes/edit'
import { createMailbox, planMailboxCreation } from '@/lib/changes/mailbox-create'
import { previewChanges } from '@/lib/changes/preview'
import { type Authority, grantAuthority, type Origin, type Role } from '@/lib/directory/authority'
import { EMPTY_FORM } from '@/lib/entries/mailbox'
import { newMailboxSubmission } from '@/lib/entries/new-mailbox'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { MAIL_BASE, personDn } from '@/scripts/demo/names'
import { undoCommit } from './commit-undo'
import { listHistory, type HistoryPage } from './history'
import { previewUndo as previewChangeUndo, undoChange } from './undo'

function authorityOf(
  uid: string,
  role: Role,
  domains: readonly string[] = [],
  origin: Origin = { program: 'panel', address: '192.0.2.7' },
): Authority {
  return grantAuthority({ person: { dn: personDn(uid), name: uid, mail: '' }, role, domains }, origin)
}

const postmaster = authorityOf('mokafor', 'postmaster')
const administrator = authorityOf('isorensen', 'domainAdministrator', ['domain2.me'])
let directory: TestDirectory

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings, {
    POSTBOOK_STATE_DIRECTORY: join(directory.folder, 'record'),
  })
})
afterAll(() => directory.stop())

/** Every entry as it is, but for what the server keeps. */
async function dump(): Promise<readonly string[]> {
  const found = await ldapsearch(directory, serviceBind(directory), '-b', MAIL_BASE, '(objectClass=*)', '*')
  const entries = found.stdout.split('\n\n').map((entry) => entry.split('\n').sort().join('\n'))
  return entries.sort()
}

async function otherProgram(ldif: string): Promise<void> {
  expect((await ldapmodify(directory, serviceBind(directory), ldif)).stderr).toBe('')
}

async function commit(changes: readonly ChangeRecord[], authority = postmaster): Promise<string> {
  const previewed = await previewChanges(authority, changes, [])
  if (previewed.status !== 'previewed') throw new Error(JSON.stringify(previewed))
  const { checksum, findings } = previewed.preview
  const confirmed = findings.map(({ code }) => code)
  const made = await commitChanges(authority, changes, [], { checksum, confirmed })
  if (made.status !== 'asPreviewed' || made.journal === null) throw new Error(JSON.stringify(made))
  return made.journal
}

function modify(uid: string, ...modifications: readonly Modification[]): ChangeRecord {
  return { type: 'modify', dn: personDn(uid), modifications }
}

function adds(attribute: string, value: string): Modification {
  return { operation: 'add', attribute, values: [value] }
}

function page(): Promise<HistoryPage> {
  const query = { person: '', entry: '', address: '', from: '', to: '', before: '' }
  return listHistory(postmaster, query).then((found) => {
    if (found.status === 'failed') throw new Error(found.diagnostic)
    return found
  })
}

describe('a commit', () => {
  test('of several entries is taken back once, also when asked twice', async () => {
    const before = await dump()
    const name = await commit([
      modify(
        'johndoe',
        { operation: 'replace', attribute: 'mailAlias', values: ['once@domain2.me'] },
        adds('title', 'Once'),
      ),
      {
        type: 'modifyDn',
        dn: personDn('mbrown'),
        newRdn: 'uid=mary',
        deleteOldRdn: true,
        newSuperior: null,
      },
    ])
    expect(await dump()).not.toEqual(before)
    const answers = await Promise.all([undoCommit(postmaster, name), undoCommit(postmaster, name)])
    expect(answers.map(({ status }) => status).sort()).toEqual(['refused', 'undone'])
    expect(answers.find(({ status }) => status === 'undone')).toMatchObject({
      already: false,
      brokenCount: 0,
    })
    expect(await dump()).toEqual(before)
    // What others make anew with the same values is theirs.
    await otherProgram(`dn: ${personDn('johndoe')}\nchangetype: modify\nadd: title\ntitle: Once\n`)
    expect(await undoCommit(postmaster, name)).toMatchObject({ status: 'undone', already: true, asked: 0 })
    await otherProgram(`dn: ${personDn('johndoe')}\nchangetype: modify\ndelete: title\ntitle: Once\n`)
    expect(await dump()).toEqual(before)
  })

  test('that deleted a mailbox, or set its password, is taken back with the password', async () => {
    const canSignIn = async (): Promise<boolean> =>
      (await ldapwhoami(directory, personBind('pnovak'))).status === 0
    const before = await dump()
    const set = await commit([
      modify(
        'pnovak',
        { operation: 'replace', attribute: 'userPassword', values: ['another word of his'] },
        adds('title', 'x'),
      ),
    ])
    // No other account may read passwords: whether it is the old one again, the sign-in tells.
    expect(await canSignIn()).toBe(false)
    expect(await undoCommit(postmaster, set)).toMatchObject({ status: 'undone', brokenCount: 0 })
    expect([await dump(), await canSignIn()]).toEqual([before, true])
    const gone = await commit([{ type: 'delete', dn: personDn('pnovak') }])
    expect(await dump()).toHaveLength(before.length - 1)
    expect(await undoCommit(postmaster, gone)).toMatchObject({ status: 'undone', brokenCount: 0 })
    expect([await dump(), await canSignIn()]).toEqual([before, true])
  })

  test('is not taken back over what someone changed since, and that is named', async () => {
    const title = await commit([
      modify('dhaddad', { operation: 'replace', attribute: 'title', values: ['A'] }),
    ])
    await otherProgram(`dn: ${personDn('dhaddad')}\nchangetype: modify\nreplace: title\ntitle: B\n`)
    const dn = `uid=new,${MAIL_BASE}`
    const attributes = Object.entries({
      objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
      uid: ['new'],
      cn: ['New One'],
      sn: ['One'],
      mail: ['new.one@domain1.net'],
    }).map(([description, values]) => ({ description, values }))
    const added = await commit([{ type: 'add', dn, attributes }])
    await otherProgram(`dn: ${dn}\nchangetype: modify\nadd: title\ntitle: Later\n`)
    const before = await dump()
    expect(await undoCommit(postmaster, title)).toMatchObject({
      status: 'changedSince',
      obstacles: [{ key: 'undo.valueChanged', values: { attribute: 'title', value: 'B' } }],
    })
    expect(await undoCommit(postmaster, added)).toMatchObject({
      status: 'changedSince',
      obstacles: [{ key: 'undo.changed', values: { name: 'New One' } }],
    })
    expect(await dump()).toEqual(before)
  })

  test('does not take an address back that someone else has by now', async () => {
    const taken = 'superjohn@domain2.me'
    const name = await commit([
      modify('johndoe', { operation: 'delete', attribute: 'mailAlias', values: [taken] }),
    ])
    await commit([modify('mbrown', adds('mailAlias', taken))])
    expect(await undoCommit(postmaster, name)).toMatchObject({
      status: 'look',
      findings: [expect.anything()],
    })
    const { findings } = (await undoCommit(postmaster, name)) as { findings: unknown }
    expect(JSON.stringify(findings)).toContain('mary.brown@domain1.net')
  })

  test('of someone else is for postmasters to take back', async () => {
    const name = await commit([modify('rfeldmann', adds('title', 'y'))])
    for (const authority of [administrator, authorityOf('rfeldmann', 'owner')])
      expect(await undoCommit(authority, name)).toEqual({
        status: 'refused',
        message: { key: 'undo.forbidden' },
      })
    expect(await undoCommit(postmaster, '../../etc/passwd')).toMatchObject({
      message: { key: 'undo.missing' },
    })
    // Rights that were taken away meanwhile count.
    const powerless = authorityOf('mokafor', 'domainAdministrator', [])
    expect(await undoCommit(powerless, name)).toMatchObject({
      status: 'refused',
      message: { key: 'undo.notDone' },
    })
    expect(await undoCommit(postmaster, name)).toMatchObject({ status: 'undone' })
  })
})

describe('a mailbox that was made with its password', () => {
  /** Makes a mailbox as the form does; the name of its commit. */
  async function create(uid: string): Promise<string> {
    const submission = newMailboxSubmission.parse({
      uid,
      mail: `${uid}@domain1.net`,
      parent: MAIL_BASE,
      form: { ...EMPTY_FORM, cn: uid, sn: uid },
      password: { kind: 'generated' },
    })
    const asked = await previewEdit(postmaster, await planMailboxCreation(postmaster, submission))
    if (asked.status !== 'previewed') throw new Error(JSON.stringify(asked))
    const { checksum, findings } = asked.preview
    const confirmed = findings.map(({ code }) => code)
    const made = await createMailbox(postmaster, submission, { checksum, confirmed })
    if (made.status !== 'saved' || made.journal === null) throw new Error(JSON.stringify(made))
    expect(made.current?.password).toMatchObject({ status: 'set' })
    return made.journal
  }

  /** Times of modification are told apart by the second. */
  async function nextSecond(): Promise<void> {
    const now = Math.floor(Date.now() / 1000)
    await expect.poll(() => Date.now() / 1000, { interval: 20, timeout: 5000 }).toBeGreaterThan(now + 1)
  }

  test('is taken back in one click, and not when its password was set again', async () => {
    const before = await dump()
    expect(await undoCommit(postmaster, await create('fresh'))).toMatchObject({ status: 'undone' })
    expect(await dump()).toEqual(before)

    const name = await create('fresh')
    await nextSecond()
    await otherProgram(
      `dn: ${personDn('fresh')}\nchangetype: modify\nreplace: userPassword\nuserPassword: another word\n`,
    )
    expect(await undoCommit(postmaster, name)).toMatchObject({ status: 'changedSince' })
    await otherProgram(`dn: ${personDn('fresh')}\nchangetype: delete\n`)
  })

  test('is undone from the history by its first line', async () => {
    const before = await dump()
    await create('newer')
    const [, added] = (await page()).changes
    const planned = await previewChangeUndo(postmaster, added?.id ?? '')
    if (planned.status !== 'previewed') throw new Error(JSON.stringify(planned))
    expect(planned.later).toEqual([])
    const { checksum, findings } = planned.preview
    const confirmed = findings.map(({ code }) => code)
    expect(await undoChange(postmaster, added?.id ?? '', { checksum, confirmed })).toMatchObject({
      status: 'done',
    })
    expect(await dump()).toEqual(before)
  })
})

test('the history says from where a change was made', async () => {
  const host = { program: 'commandLine', host: 'mail1' } as const
  await commit([modify('johndoe', adds('title', 'from here'))])
  await commit(
    [modify('johndoe', adds('title', 'from there'))],
    authorityOf('mokafor', 'postmaster', [], host),
  )
  await otherProgram(`dn: ${personDn('johndoe')}\nchangetype: modify\ndelete: title\n`)
  const { changes } = await page()
  expect(changes.slice(0, 3).map(({ origin }) => origin)).toMatchObject([
    { key: 'history.origin.otherProgram' },
    { key: 'history.origin.commandLine', values: { host: 'mail1' } },
    { key: 'history.origin.browser', values: { address: '192.0.2.7' } },
  ])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ldapmodify,
  ldapsearch,
  serviceBind,
  startTestDirectory,
  type TestDirectory,
} from '@/e2e/fixtures/directory'
import { type Authority, grantAuthority, type Role } from '@/lib/directory/authority'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from '@/lib/changes/preview'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { DOMAINS_BASE, LOG_SUFFIX, MAIL_BASE, personDn } from '@/scripts/demo/names'
import { inEnglish } from '@/lib/words/english'
import { listHistory, readHistoryDetail } from './history'
import type { HistoryQuery } from './history-query'
import type { ShownChange } from './shown-change'
import { previewUndo, undoChange } from './undo'
import type { UndoOutcome } from './undo-state'

function authorityOf(uid: string, role: Role, domains: readonly string[] = []): Authority {
  return grantAuthority({
    person: { dn: personDn(uid), name: uid, mail: `${uid}@domain1.net` },
    role,
    domains,
  })
}

let directory: TestDirectory
const postmaster = authorityOf('mokafor', 'postmaster')
const administrator = authorityOf('isorensen', 'domainAdministrator', ['domain2.me'])
const ALL: HistoryQuery = { person: '', entry: '', address: '', from: '', to: '', before: '' }

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
})
afterAll(() => directory.stop())

async function modify(ldif: string): Promise<void> {
  const result = await ldapmodify(directory, serviceBind(directory), ldif)
  if (result.status !== 0) throw new Error(result.stderr)
}

async function changes(
  query: Partial<HistoryQuery> = {},
  authority = postmaster,
): Promise<readonly ShownChange[]> {
  const page = await listHistory(authority, { ...ALL, ...query })
  if (page.status === 'failed') throw new Error(page.diagnostic)
  return page.changes
}

async function newest(): Promise<ShownChange> {
  const [change] = await changes()
  if (change === undefined) throw new Error('The history is empty.')
  return change
}

/** Mailboxes and domains without what the server keeps, each attribute's values in one order. */
async function content(): Promise<string> {
  const found = await Promise.all(
    [MAIL_BASE, DOMAINS_BASE].map((base) =>
      ldapsearch(directory, serviceBind(directory), '-b', base, '(objectClass=*)', '*'),
    ),
  )
  return found
    .flatMap(({ stdout }) => stdout.split('\n\n'))
    .map((entry) => entry.split('\n').sort().join('\n'))
    .sort()
    .join('\n\n')
}

async function undo(id: string, authority = postmaster): Promise<UndoOutcome> {
  const planned = await previewUndo(authority, id)
  if (planned.status !== 'previewed') return planned
  const confirmed = planned.preview.findings.map(({ code }) => code)
  return undoChange(authority, id, { checksum: planned.preview.checksum, confirmed })
}

/** Commits as the panel does. */
async function commit(authority: Authority, list: readonly ChangeRecord[]): Promise<void> {
  const previewed = await previewChanges(authority, list, [])
  if (previewed.status !== 'previewed') throw new Error(JSON.stringify(previewed))
  const { checksum, findings } = previewed.preview
  const confirmed = findings.map(({ code }) => code)
  const result = await commitChanges(authority, list, [], { checksum, confirmed })
  expect(result.status).toBe('asPreviewed')
}

const JOHN = personDn('johndoe')

describe('a change by another program is undone', () => {
  test.each<[string, string]>([
    [
      'values added',
      `dn: ${JOHN}\nchangetype: modify\nadd: mailAlias\nmailAlias: press@domain2.me\nmailAlias: Pr@domain1.net\n`,
    ],
    [
      'values replaced, removed and counted up',
      `dn: ${JOHN}\nchangetype: modify\nreplace: title\ntitle: A\ntitle: B\n-\ndelete: mailAlias\n-\n` +
        `add: description\ndescription:: YQpiOiBj\n-\nadd: jpegPhoto\njpegPhoto:: /9j/4AAQ\n-\nreplace: givenName\n`,
    ],
    [
      'an object class with its attributes',
      `dn: ${JOHN}\nchangetype: modify\nadd: objectClass\nobjectClass: posixAccount\n-\nadd: uidNumber\nuidNumber: 5\n-\n` +
        'add: gidNumber\ngidNumber: 5\n-\nadd: homeDirectory\nhomeDirectory: /\n',
    ],
    [
      'a new entry',
      `dn: cn=list,${MAIL_BASE}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: list\nsn:: IGxpc3Qg\n`,
    ],
    ['an entry deleted', `dn: ${personDn('lwojcik')}\nchangetype: delete\n`],
    ['a rename', `dn: ${JOHN}\nchangetype: modrdn\nnewrdn: uid=jd\ndeleteoldrdn: 1\n`],
    [
      'a rename that keeps the old name',
      `dn: ${JOHN}\nchangetype: modrdn\nnewrdn: cn=John Doe\ndeleteoldrdn: 0\n`,
    ],
    [
      'a move',
      `dn: ${JOHN}\nchangetype: modrdn\nnewrdn: uid=johndoe\ndeleteoldrdn: 1\nnewsuperior: ${DOMAINS_BASE}\n`,
    ],
    [
      'a domain',
      `dn: dc=domain2.me,${DOMAINS_BASE}\nchangetype: modify\nreplace: description\ndescription: x\n`,
    ],
  ])('%s', async (_, ldif) => {
    const before = await content()
    await modify(ldif)
    expect(await content()).not.toBe(before)
    const change = await newest()
    expect(inEnglish(change.who.name)).toBe('Postbook’s account')
    expect(inEnglish(change.origin)).toContain('another program')
    expect((await undo(change.id)).status).toBe('done')
    expect(await content()).toBe(before)
    const undone = await newest()
    expect(undone.who).toEqual({ name: 'Martha Okafor', dn: personDn('mokafor') })
    expect(inEnglish(undone.origin)).toBe('in Postbook')
  })

  test('a password, without being shown', async () => {
    const dn = personDn('dhaddad')
    const works = async (password: string): Promise<boolean> => {
      const bind = { dn, password }
      return (
        (await ldapsearch(directory, bind, '-b', dn, '-s', 'base', '(objectClass=*)', '1.1')).status === 0
      )
    }
    expect(await works('demo-owner')).toBe(true)
    await modify(`dn: ${dn}\nchangetype: modify\nreplace: userPassword\nuserPassword: a-new-word-of-hers\n`)
    expect(await works('a-new-word-of-hers')).toBe(true)
    const { id } = await newest()
    const shown = JSON.stringify([await readHistoryDetail(postmaster, id), await previewUndo(postmaster, id)])
    expect(shown).toContain('history.caution.passwordBack')
    expect(shown).not.toMatch(/ARGON2|a-new-word/)
    expect((await undo(id)).status).toBe('done')
    expect(await works('demo-owner')).toBe(true)
    expect(JSON.stringify(await changes())).not.toMatch(/ARGON2|a-new-word/)
  })
})

describe('what stands in the way', () => {
  test('is said, and nothing is written', async () => {
    const dn = personDn('ktanaka')
    const set = (title: string): string => `dn: ${dn}\nchangetype: modify\nreplace: title\ntitle: ${title}\n`
    await modify(set('First'))
    const { id } = await newest()
    await modify(set('Second'))
    const before = await content()
    const refused = await undo(id)
    if (refused.status !== 'conflict') throw new Error(refused.status)
    expect(refused.obstacles.map(inEnglish).join()).toContain('First is not there any more')
    expect(refused.later.map(({ sentence }) => inEnglish(sentence)).join()).toContain('from First to Second')
    expect(await content()).toBe(before)
  })

  test('a later change of something else stays', async () => {
    const dn = personDn('ktanaka')
    await modify(`dn: ${dn}\nchangetype: modify\nadd: mailAlias\nmailAlias: kt@domain1.net\n`)
    const { id } = await newest()
    await modify(`dn: ${dn}\nchangetype: modify\nadd: mailAlias\nmailAlias: kenji@domain1.net\n`)
    await modify(`dn: ${dn}\nchangetype: modrdn\nnewrdn: uid=kenji\ndeleteoldrdn: 1\n`)
    expect((await undo(id)).status).toBe('done')
    const now = await ldapsearch(
      directory,
      serviceBind(directory),
      '-b',
      personDn('kenji'),
      '(objectClass=*)',
      'mailAlias',
    )
    expect(now.stdout).toContain('mailAlias: kenji@domain1.net')
    expect(now.stdout).not.toContain('kt@domain1.net')
  })

  test('an entry that was changed after it was added is not thrown away', async () => {
    const dn = `cn=new,${MAIL_BASE}`
    await modify(`dn: ${dn}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: new\nsn: new\n`)
    const { id } = await newest()
    await modify(`dn: ${dn}\nchangetype: modify\nadd: title\ntitle: x\n`)
    expect(await undo(id)).toMatchObject({ status: 'conflict' })
    await modify(`dn: ${dn}\nchangetype: delete\n`)
    expect(await undo(id)).toMatchObject({ status: 'conflict' })
  })
})

describe('listHistory', () => {
  test('filters by person, entry, address and time, and pages', async () => {
    await commit(postmaster, [
      {
        type: 'modify',
        dn: JOHN,
        modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['press@domain2.me'] }],
      },
    ])
    await commit(authorityOf('isorensen', 'postmaster'), [
      {
        type: 'modify',
        dn: personDn('zpetit'),
        modifications: [{ operation: 'add', attribute: 'title', values: ['x'] }],
      },
    ])
    const [last, first] = await changes()
    expect(inEnglish(first?.sentence ?? '')).toBe(
      'Martha Okafor added the alias press@domain2.me to John Doe',
    )
    expect(last?.who.dn).toBe(personDn('isorensen'))
    const people = async (person: string): Promise<string[]> => [
      ...new Set((await changes({ person })).map(({ who }) => who.dn)),
    ]
    expect(await people('isorensen')).toEqual([personDn('isorensen')])
    expect(await people('Martha')).toEqual([personDn('mokafor')])
    expect(await people(personDn('nobody'))).toEqual([])
    const ofZoe = await changes({ entry: 'zoe@domain2.me' })
    expect(ofZoe.map(({ entry }) => entry.dn)).toEqual([personDn('zpetit')])
    expect(await changes({ entry: personDn('zpetit') })).toEqual(ofZoe)
    // Renamed since: followed by entryUUID.
    expect((await changes({ entry: personDn('kenji') })).length).toBeGreaterThan(4)
    const withAddress = await changes({ address: 'press@domain2.me' })
    expect(withAddress.length).toBeGreaterThan(1)
    expect(withAddress.every(({ sentence }) => inEnglish(sentence).includes('John Doe'))).toBe(true)
    const today = new Date().toISOString().slice(0, 10)
    expect(await changes({ from: today, to: today })).toEqual(await changes())
    expect(await changes({ to: '2020-01-01' })).toEqual([])
    expect(await changes({ from: '2999-01-01' })).toEqual([])
    const older = await changes({ before: first?.id ?? '' })
    expect(older[0]?.id).toBe((await changes())[2]?.id)
  })

  test('shows an administrator the own domains only, and an owner nothing', async () => {
    const shown = await changes({}, administrator)
    expect(shown.length).toBeGreaterThan(0)
    expect(new Set(shown.map(({ entry }) => entry.dn))).toEqual(new Set([personDn('zpetit')]))
    const foreign = (await changes({ entry: JOHN }))[0]?.id ?? ''
    expect(await readHistoryDetail(administrator, foreign)).toBeNull()
    expect(await previewUndo(administrator, foreign)).toMatchObject({ status: 'refused' })
    const owner = authorityOf('johndoe', 'owner')
    expect(await changes({}, owner)).toEqual([])
    expect(await previewUndo(owner, foreign)).toMatchObject({ status: 'refused' })
  })

  test('goes back through a long log in bounded pages, and misses nothing', async () => {
    const each = Array.from(
      { length: 450 },
      (_, at) => `dn: ${JOHN}\nchangetype: modify\nreplace: title\ntitle: t${at}\n`,
    )
    await modify(each.join('\n'))
    const seen: string[] = []
    for (let before = ''; ;) {
      const page = await listHistory(postmaster, { ...ALL, before })
      if (page.status === 'failed') throw new Error(page.diagnostic)
      expect(page.changes.length).toBeLessThanOrEqual(ROWS_PER_PAGE)
      seen.push(...page.changes.map(({ id }) => id))
      if (page.next === null) break
      before = page.next
    }
    const all = await ldapsearch(
      directory,
      serviceBind(directory),
      '-b',
      LOG_SUFFIX,
      '-s',
      'one',
      `(&(reqResult=0)(!(reqDN:dnSubtreeMatch:=ou=Postbook,dc=example,dc=net)))`,
      'reqStart',
    )
    const logged = [...all.stdout.matchAll(/^reqStart: (.*)$/gm)].map((match) => match[1] ?? '')
    expect(seen).toEqual(logged.sort().reverse())
  })
})

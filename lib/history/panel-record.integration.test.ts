import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ldapmodify,
  ldapsearch,
  serviceBind,
  startTestDirectory,
  type TestDirectory,
} from '@/e2e/fixtures/directory'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from '@/lib/changes/preview'
import { grantAuthority } from '@/lib/directory/authority'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { personDn } from '@/scripts/demo/names'
import { inEnglish } from '@/lib/words/english'
import { listHistory, type HistoryPage, readHistoryDetail } from './history'
import { previewUndo, undoChange } from './undo'

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Martha Okafor', mail: 'martha.okafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})
let directory: TestDirectory

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings, {
    LDAP_ACCESSLOG_BASE: '',
    POSTBOOK_STATE_DIRECTORY: join(directory.folder, 'record'),
  })
})
afterAll(() => directory.stop())

async function history(of = ''): Promise<HistoryPage> {
  const query = { person: '', entry: '', address: '', from: '', to: '', before: '', of }
  const page = await listHistory(postmaster, query)
  if (page.status === 'failed') throw new Error(page.diagnostic)
  return page
}

async function commit(...changes: readonly ChangeRecord[]): Promise<void> {
  const previewed = await previewChanges(postmaster, changes, [])
  if (previewed.status !== 'previewed') throw new Error(JSON.stringify(previewed))
  const { checksum, findings } = previewed.preview
  const confirmed = findings.map(({ code }) => code)
  expect(await commitChanges(postmaster, changes, [], { checksum, confirmed })).toMatchObject({
    status: 'asPreviewed',
  })
}

async function entry(uid: string): Promise<string> {
  const found = await ldapsearch(
    directory,
    serviceBind(directory),
    '-b',
    personDn(uid),
    '(objectClass=*)',
    '*',
  )
  return found.stdout.split('\n').sort().join('\n')
}

test('without a log of the server the panel’s own record is the history, passwords left out', async () => {
  const before = [await entry('johndoe'), await entry('mbrown')]
  await ldapmodify(
    directory,
    serviceBind(directory),
    `dn: ${personDn('pnovak')}\nchangetype: modify\nadd: title\ntitle: x\n`,
  )
  await commit(
    {
      type: 'modify',
      dn: personDn('johndoe'),
      modifications: [
        { operation: 'replace', attribute: 'mailAlias', values: ['Press@domain2.me'] },
        { operation: 'replace', attribute: 'userPassword', values: ['a-word-of-somebody'] },
      ],
    },
    {
      type: 'modify',
      dn: personDn('mbrown'),
      modifications: [{ operation: 'delete', attribute: 'title', values: [] }],
    },
  )
  const { changes: lines, source } = await history()
  expect(source).toBe('panelRecord')
  expect(lines.map(({ sentence }) => inEnglish(sentence))).toEqual([
    expect.stringMatching(/^Martha Okafor .*, with 1 other change$/),
  ])
  const { changes } = await history(lines[0]?.together?.id)
  expect(changes.map(({ sentence }) => inEnglish(sentence)).sort()).toEqual([
    'Martha Okafor edited John Doe: changed the alias from superjohn@domain2.me to Press@domain2.me and changed the password',
    'Martha Okafor removed the title Accounts from Mary Brown',
  ])
  const folder = join(directory.folder, 'record')
  const files = readdirSync(folder).filter((name) => name.endsWith('.ldif'))
  const written = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('')
  expect(written).not.toMatch(/a-word-of-somebody|YS13b3Jk|ARGON2/)

  for (const { id } of changes) {
    const planned = await previewUndo(postmaster, id)
    if (planned.status !== 'previewed') throw new Error(JSON.stringify(planned))
    const { checksum, findings } = planned.preview
    const confirmed = findings.map(({ code }) => code)
    expect(await undoChange(postmaster, id, { checksum, confirmed })).toMatchObject({ status: 'done' })
  }
  expect([await entry('johndoe'), await entry('mbrown')]).toEqual(before)
  expect((await history()).changes).toHaveLength(3)

  // A record that was cut off while it was written hides nothing else.
  const path = join(folder, files[0] ?? '')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\nreqResult: 0\n+$/, '\nreqRes'))
  expect((await history()).changes).toHaveLength(2)
  await commit({ type: 'delete', dn: personDn('lwojcik') })
  const [gone, ...others] = (await history()).changes
  expect(others).toHaveLength(2)
  expect(inEnglish(gone?.sentence ?? '')).toMatch(/^Martha Okafor deleted the mailbox/)
  const detail = JSON.stringify(await readHistoryDetail(postmaster, gone?.id ?? ''))
  expect(detail).toContain('lukasz@domain1.net')
  const undone = await previewUndo(postmaster, gone?.id ?? '')
  if (undone.status !== 'previewed') throw new Error(JSON.stringify(undone))
  expect(undone.cautions.map(inEnglish).join(' ')).toContain('has to be set anew')
})

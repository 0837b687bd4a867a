import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  approvalOf,
  authority,
  commitCutOff,
  directory,
  expectExactAndRecover,
  expectSame,
  held,
  isSame,
  nextRound,
  settings,
  unfinished,
  useBench,
  wire,
  yesTo,
} from '@/e2e/fixtures/recovery-bench'
import { MAIL_BASE } from '@/e2e/fixtures/small-directory'
import { holdingOf } from '@/e2e/fixtures/twenty-changes'
import { pauseProcess } from '@/e2e/fixtures/pause'
import { grantAuthority } from '@/lib/directory/authority'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { commitChanges } from '@/lib/changes/commit/commit'
import { inEnglish } from '@/lib/words/english'
import { previewContinuation, previewUndo, undoCommit, unfinishedCommits } from './recovery'

useBench()

describe('a directory that is paused', () => {
  test.each([
    { write: 1, point: 'before' },
    { write: 10, point: 'before' },
    { write: 10, point: 'answered' },
  ] as const)('at write $write, $point', async ({ write, point }) => {
    const made = nextRound()
    const approval = await approvalOf(made.changes)
    const pause = (): 'goOn' => {
      pauseProcess(directory.slapd.pid)
      return 'goOn'
    }
    wire.set({ write, point, holding: MAIL_BASE, act: pause })
    const result = await commitChanges(authority, made.changes, [], approval)
    wire.set(null)
    process.kill(directory.slapd.pid, 'SIGCONT')
    if (result.status !== 'partial') throw new Error(JSON.stringify(result))
    expect(result.written).toHaveLength(point === 'before' ? write - 1 : write)
    expect(result.unknown).toHaveLength(1)
    const message = inEnglish(result.message)
    expect(message).toContain('no answer within 2 s')
    expect(message).toContain('The commit can be continued or undone.')
    await expect.poll(() => settled()).toBe(true)
    await expectExactAndRecover(made)
  })
})

/** Two readings in a row are the same: nothing is still on its way. */
async function settled(): Promise<boolean> {
  const first = holdingOf(held())
  await delay(50)
  return isSame(first, holdingOf(held()))
}

test('a password is not in the journal, and its fate is said', async () => {
  const secret = 'never to be written down'
  const made = nextRound()
  const [victim] = made.changes.filter(({ type }) => type === 'modify')
  const changes: readonly ChangeRecord[] = [
    ...made.changes.filter((change) => change.type === 'modify' && change !== victim),
    {
      type: 'modify',
      dn: victim?.dn ?? '',
      modifications: [{ operation: 'replace', attribute: 'userPassword', values: [secret] }],
    },
  ]
  expect(await commitCutOff(changes, { write: 8, point: 'before' })).toMatchObject({ status: 'partial' })
  const [commit] = await unfinished()
  if (commit === undefined) throw new Error('nothing to recover')
  expect(JSON.stringify(commit)).not.toContain(secret)
  const found = execFileSync(
    'sh',
    ['-c', `grep -rlE "${secret}|${Buffer.from(secret).toString('base64')}" . || true`],
    {
      cwd: settings['POSTBOOK_STATE_DIRECTORY'],
      encoding: 'utf8',
    },
  )
  expect(found).toBe('')
  const planned = await previewContinuation(authority, commit.id)
  expect(planned.status === 'planned' && planned.notes.map(inEnglish).join(' ')).toContain(
    'has to be set anew',
  )
  const undone = yesTo(await previewUndo(authority, commit.id))
  expect(await undoCommit(authority, commit.id, undone)).toMatchObject({ status: 'asPreviewed' })
  expectSame(holdingOf(held()), made.before)
})

test('whoever is no postmaster recovers the own commits alone', async () => {
  const other = grantAuthority({
    person: { dn: `uid=ann,${MAIL_BASE}`, name: 'Ann', mail: 'ann@domain2.me' },
    role: 'domainAdministrator',
    domains: ['domain1.net'],
  })
  const made = nextRound()
  const approval = await approvalOf(made.changes)
  const result = await commitCutOff(made.changes, { write: 8, point: 'answered' })
  if (result.status !== 'partial') throw new Error(JSON.stringify(result))
  expect(await unfinishedCommits(other)).toMatchObject({ status: 'listed', commits: [] })
  expect(await undoCommit(other, result.journal, approval)).toMatchObject({ status: 'forbidden' })
  expect(await undoCommit(authority, '../../etc/passwd', approval)).toMatchObject({ status: 'missing' })
  await expectExactAndRecover(made)
})

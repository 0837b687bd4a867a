import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleCommitter, startCommitter } from '@/e2e/fixtures/committer-process'
import {
  approvalOf,
  authority,
  directory,
  expectExactAndRecover,
  expectTrue,
  nextRound,
  person,
  settings,
  useBench,
  wire,
} from '@/e2e/fixtures/recovery-bench'
import type { Point } from '@/e2e/fixtures/wire'
import { commitChanges } from '@/lib/changes/commit/commit'

/** How often each of the two is killed. */
const MOMENTS = Number(process.env['POSTBOOK_KILL_MOMENTS'] ?? '30')
/** A commit of twenty entries is about so many writes, with those to the store. */
const MOST_WRITES = 50
const POINTS: readonly Point[] = ['before', 'sent', 'answered']

let committer: string

useBench()
beforeAll(async () => {
  committer = await bundleCommitter(directory.folder)
})

function randomPoint(): Point {
  return POINTS[randomInt(POINTS.length)] ?? 'sent'
}

describe('a panel that is killed', () => {
  test(
    `at ${MOMENTS} random moments of a commit leaves what is reported exactly`,
    async () => {
      const ends: Record<string, number> = {}
      for (let moment = 0; moment < MOMENTS; moment += 1) {
        const made = nextRound()
        const panel = startCommitter(committer, [{ person, changes: made.changes }], settings)
        await panel.ready
        const kill = (): 'drop' => {
          process.kill(panel.pid, 'SIGKILL')
          return 'drop'
        }
        wire.set({ write: 1 + randomInt(MOST_WRITES), point: randomPoint(), act: kill })
        panel.commit()
        const results = await panel.results
        wire.set(null)
        if (results !== null) for (const result of results) expectTrue(result, made)
        const end = await expectExactAndRecover(made)
        ends[end] = (ends[end] ?? 0) + 1
      }
      // Moments before the first write and after the last one leave nothing to recover; most are in between.
      expect((ends['continued'] ?? 0) + (ends['undone'] ?? 0)).toBeGreaterThan(MOMENTS / 5)
    },
    MOMENTS * 20_000,
  )
})

describe('a directory that is killed', () => {
  test(
    `at ${MOMENTS} random moments of a commit leaves what is reported exactly`,
    async () => {
      for (let moment = 0; moment < MOMENTS; moment += 1) {
        const made = nextRound()
        const approval = await approvalOf(made.changes)
        const comesBackAtOnce = moment % 2 === 0
        const restarts: Promise<void>[] = []
        const kill = (): 'goOn' => {
          process.kill(directory.slapd.pid, 'SIGKILL')
          wire.cut()
          if (comesBackAtOnce) restarts.push(directory.slapd.ended.then(() => directory.restart()))
          return 'goOn'
        }
        wire.set({ write: 1 + randomInt(MOST_WRITES), point: randomPoint(), act: kill })
        const result = await commitChanges(authority, made.changes, [], approval)
        wire.set(null)
        await (comesBackAtOnce && restarts.length > 0 ? restarts[0] : directory.restart())
        expectTrue(result, made)
        await expectExactAndRecover(made)
      }
    },
    MOMENTS * 20_000,
  )
})

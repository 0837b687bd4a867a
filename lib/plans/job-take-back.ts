/**
 * job-take-back - takes commits back as a job: previewed as a whole, approved, then commit by commit, the last first.
 *
 * What is approved is one preview of all the ways back, each change a row. A commit that cannot be taken back, and
 * those made before it, are rows that say why, and stay. Each commit is taken back by commit-undo, which looks again
 * at what it has left; the first that cannot be ends the job, and what was stopped can go on.
 * LDAP round trips: those of take-back-plan and of a preview; then those of commit-undo for each commit.
 */
import 'server-only'
import type { PreparedChange } from '@/lib/changes/examination'
import { beginTask } from '@/lib/changes/journal/task-journal'
import { titleOfUndo } from '@/lib/changes/journal/task-title'
import type { Authority } from '@/lib/directory/authority'
import { undoCommit } from '@/lib/history/commit-undo'
import type { CommitUndo } from '@/lib/history/commit-undo-state'
import { type CommitToTakeBack, planTakeBack } from '@/lib/history/take-back-plan'
import type { Text } from '@/lib/words/text'
import { type Job, type JobItem, markRows, openJob, runJob } from './job'
import { stopWanted } from './job-check'
import { checkWhole, itemMaker } from './whole-check'

const MOST_REASONS = 3

/**
 * Begins to check what taking these commits back does. A text says why it does not begin.
 * @param commits in the order in which they were made
 * @param onUndone what is to be done when all of them are taken back
 */
export function beginTakeBack(
  authority: Authority,
  title: Text,
  commits: readonly string[],
  onUndone: () => Promise<void>,
): Text | null {
  const job = openJob(authority, { kind: 'undo', title, phase: 'reading', onWritten: onUndone })
  if (typeof job === 'string' || 'key' in job) return job
  job.total = commits.length
  runJob(job, () => check(job, commits))
  return null
}

async function check(job: Job, ids: readonly string[]): Promise<void> {
  const commits = await planTakeBack(job.authority, ids, (planned) => {
    job.done = planned
    return !job.stopping
  })
  if (stopWanted(job)) return
  const changes = commits.flatMap(({ way }) => (way.status === 'planned' ? way.changes : []))
  if (changes.length > 0) {
    await checkWhole(job, changes, (_, prepared) => {
      layOut(job, commits, prepared)
    })
    return
  }
  layOut(job, commits, null)
  job.message = commits.find(isStaying)?.way.reasons[0] ?? null
  if (job.message === null) await closeCommits(job)
  job.phase = 'finished'
}

/** Nothing of the commits is in the directory: they are only noted as taken back, and nothing is written. */
async function closeCommits(job: Job): Promise<void> {
  job.consent = { confirmed: [], task: await beginTask(job.authority.person, titleOfUndo(job.title)) }
  for (const { places, takesBack } of job.parts)
    if (takesBack !== null && job.message === null) await takePartBack(job, places, takesBack)
  await endTakingBack(job)
}

function isStaying(
  commit: CommitToTakeBack,
): commit is CommitToTakeBack & { readonly way: { readonly status: 'stays' } } {
  return commit.way.status === 'stays'
}

/** A row for each change, and for each entry that stays; a part for each commit that goes. */
function layOut(job: Job, commits: readonly CommitToTakeBack[], prepared: PreparedChange | null): void {
  const toItem = prepared === null ? null : itemMaker(prepared)
  for (const commit of commits) {
    const first = job.items.length
    const { way } = commit
    const rows =
      way.status === 'planned' && toItem !== null
        ? way.changes.map((change, at) => toItem(change, first + at + 1))
        : way.status === 'stays'
          ? commit.names.map((name, at) => stayingItem(name, first + at + 1, way.reasons))
          : []
    job.items.push(...rows)
    if (way.status !== 'stays')
      job.parts.push({ places: rows.map((_, at) => first + at), seen: null, takesBack: commit.id })
  }
}

function stayingItem(name: string, number: number, reasons: readonly Text[]): JobItem {
  const notes = reasons.slice(0, MOST_REASONS)
  return { number, name, state: 'problem', notes, changes: [], basis: [], addresses: [] }
}

/** Takes one commit back, and says at its rows what became of it. */
export async function takePartBack(job: Job, places: readonly number[], commit: string): Promise<void> {
  const { confirmed, task } = job.consent ?? { confirmed: [], task: null }
  const answer = await undoCommit(job.authority, commit, { task, confirmed })
  if (answer.status === 'undone') {
    job.asked += answer.asked
    job.broken += answer.brokenCount
    markRows(job, places, 'undone')
    return
  }
  job.message = reasonOf(answer)
  markRows(job, places, 'notWritten', [job.message])
}

/** Why a commit was not taken back. */
function reasonOf(answer: Exclude<CommitUndo, { status: 'undone' }>): Text {
  switch (answer.status) {
    case 'refused':
      return answer.message
    case 'changedSince':
      return answer.obstacles[0] ?? { key: 'bulk.job.changedSince' }
    case 'look':
      return answer.findings[0] ?? { key: 'bulk.job.changedSince' }
  }
}

/** What is said, and done, when the last part was tried. */
export async function endTakingBack(job: Job): Promise<void> {
  const isAll = job.items.every(({ state }) => state === 'undone')
  if (job.stopping && !isAll) job.message = { key: 'bulk.job.undoStopped' }
  else if (isAll && job.message === null) {
    await job.onWritten?.([])
    job.message = { key: 'bulk.job.undone' }
  } else job.message ??= { key: 'bulk.job.undonePartly' }
}

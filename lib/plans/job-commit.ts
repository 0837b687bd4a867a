/**
 * job-commit - writes a job that was checked and approved, part by part, and takes a job back.
 *
 * Each part is an ordinary commit: journal, assertions, proof. Where the parts before have moved the directory on,
 * a part is previewed anew, and written only if a person would see the same: equal findings and equal answers, the
 * entries of the part themselves unchanged. Stopping takes effect between parts, also of taking back. Whatever happens, each row says
 * what became of it. Taking back undoes the commits in the reverse order, and stops at the first that cannot be.
 */
import 'server-only'
import { commitChanges } from '@/lib/changes/commit/commit'
import { beginTask } from '@/lib/changes/journal/task-journal'
import { titleOfUndo } from '@/lib/changes/journal/task-title'
import type { Approval, CommitResult } from '@/lib/changes/preview-result'
import { undoCommit } from '@/lib/history/commit-undo'
import type { CommitUndo } from '@/lib/history/commit-undo-state'
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import { giveWay, isRunning, type Job, type JobPart, markRows, runJob } from './job'
import { mergedPreview, samenessOf } from './merged-preview'

/** Begins to write, if the job is what was approved. A text says why it does not begin. */
export async function beginWriting(job: Job, approved: Approval): Promise<Text | null> {
  if (job.phase !== 'checked') return { key: 'bulk.job.notChecked' }
  if (job.parts.length === 0) return { key: 'bulk.job.nothing' }
  const { checksum, findings, rehearsal } = await mergedPreview(job.parts.map(({ preview }) => preview))
  const open = findings.some(
    ({ severity, code }) =>
      severity === 'blocks' || (severity === 'confirm' && !approved.confirmed.includes(code)),
  )
  if (checksum !== approved.checksum) return { key: 'preview.lookAgain.outdated' }
  if (open || rehearsal.status === 'refused') return { key: 'preview.lookAgain.notConfirmed' }
  if (isRunning(job)) return { key: 'bulk.job.running' }
  Object.assign(job, { phase: 'writing', done: 0, total: sizeOf(job.parts), stopping: false })
  runJob(job, () => writeParts(job, approved.confirmed))
  return null
}

async function writeParts(job: Job, confirmed: readonly string[]): Promise<void> {
  const task = await beginTask(job.authority.person, job.title)
  for (const part of job.parts) {
    const reason = job.stopping ? ({ key: 'bulk.row.stopped' } as const) : job.message
    if (reason !== null) markRows(job, part.places, 'notWritten', [reason])
    else await writePart(job, part, confirmed, task)
    job.done += part.places.length
    await giveWay()
  }
  if (job.stopping) job.message = { key: 'bulk.job.writeStopped' }
  await job.onWritten?.(job.journals)
  job.phase = 'finished'
}

async function writePart(
  job: Job,
  part: JobPart,
  confirmed: readonly string[],
  task: string | null,
): Promise<void> {
  const items = part.places.flatMap((at) => job.items[at] ?? [])
  const changes = items.flatMap((item) => item.changes)
  const basis = items.flatMap((item) => item.basis)
  const commit = (checksum: string): Promise<CommitResult> =>
    commitChanges(job.authority, changes, basis, { checksum, confirmed }, null, task)
  let result = await commit(part.preview.checksum)
  if (result.status === 'stale' && (await samenessOf(result.preview)) === part.sameness)
    result = await commit(result.preview.checksum)
  settle(job, part, result)
}

function settle(job: Job, { places }: JobPart, result: CommitResult): void {
  switch (result.status) {
    case 'asPreviewed':
    case 'alarm':
      if (result.journal !== null) job.journals.push(result.journal)
      job.asked += result.lookups.length
      job.broken += result.status === 'alarm' ? result.broken.length : 0
      markRows(job, places, 'written')
      return
    case 'partial': {
      const [written, unknown] = [new Set(result.written), new Set(result.unknown)]
      for (const at of places) {
        const names = job.items[at]?.changes.map(({ dn }) => dn) ?? []
        const state = names.some((dn) => unknown.has(dn))
          ? 'unknown'
          : names.every((dn) => written.has(dn))
            ? 'written'
            : 'notWritten'
        markRows(job, [at], state, state === 'written' ? null : [result.message])
      }
      job.message = sentences(result.message, { key: 'bulk.job.cutOff' })
      return
    }
    case 'stale':
    case 'blocked':
    case 'notConfirmed':
      markRows(job, places, 'notWritten', [{ key: 'bulk.row.movedOn' }])
      return
    case 'refused':
      markRows(job, places, 'notWritten', [result.message])
      return
    case 'forbidden':
    case 'unavailable':
      markRows(job, places, 'notWritten', [result.message])
      job.message = result.message
  }
}

/** Begins to take these commits back, the last first. */
export function beginUndo(job: Job, journals: readonly string[]): void {
  Object.assign(job, { phase: 'undoing', done: 0, total: journals.length, stopping: false, message: null })
  runJob(job, async () => {
    const task = await beginTask(job.authority.person, titleOfUndo(job.title))
    const left = [...journals]
    for (let journal = left.at(-1); journal !== undefined; journal = left.at(-1)) {
      if (job.stopping) {
        job.message = { key: 'bulk.job.undoStopped' }
        break
      }
      const answer = await undoCommit(job.authority, journal, task)
      if (answer.status !== 'undone') {
        job.message = reasonOf(answer)
        break
      }
      left.pop()
      job.done += 1
      job.asked += answer.asked
      job.broken += answer.brokenCount
      await giveWay()
    }
    job.journals = left
    const isUndone = left.length === 0
    if (isUndone) {
      markRows(
        job,
        job.items.flatMap(({ state }, at) => (state === 'written' ? [at] : [])),
        'undone',
      )
      job.message = { key: 'bulk.job.undone' }
    }
    job.phase = 'finished'
    if (isUndone) await job.onWritten?.([])
  })
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

function sizeOf(parts: readonly JobPart[]): number {
  return parts.reduce((total, { places }) => total + places.length, 0)
}

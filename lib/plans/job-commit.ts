/**
 * job-commit - writes a job that was checked and approved, part by part.
 *
 * Each part is an ordinary commit: journal, assertions, proof. Where the parts before have moved the directory on,
 * a part is previewed anew, and written only if a person would see the same: equal findings and equal answers, the
 * entries of the part themselves unchanged. Stopping takes effect between parts. Whatever happens, each row says
 * what became of it. Parts that build on each other (Job.whole) are previewed when those before are written, bring
 * about only what the whole was approved with, and end with the first that cannot be written; a job that was stopped
 * can go on. A part that takes a commit back is written by job-take-back.
 */
import 'server-only'
import { commitChanges } from '@/lib/changes/commit/commit'
import { beginTask } from '@/lib/changes/journal/task-journal'
import { titleOfUndo } from '@/lib/changes/journal/task-title'
import { typedProblems } from '@/lib/changes/domain-task'
import { previewChanges, type PreviewResult } from '@/lib/changes/preview'
import type { Approval, CommitResult, Preview } from '@/lib/changes/preview-result'
import { withProgress } from '@/lib/changes/progress'
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import { canGoOn, giveWay, isRunning, type Job, type JobPart, markRows, previewOf, runJob } from './job'
import type { JobPhase } from './job-state'
import { endTakingBack, takePartBack } from './job-take-back'
import { samenessOf } from './merged-preview'

/**
 * Begins to write, if the job is what was approved. A text says why it does not begin.
 * @param typed the number of addresses that end, where the job asks for it
 */
export async function beginWriting(job: Job, approved: Approval, typed = ''): Promise<Text | null> {
  if (job.phase !== 'checked') return { key: 'bulk.job.notChecked' }
  const preview = await previewOf(job)
  if (preview === null || job.parts.length === 0) return { key: 'bulk.job.nothing' }
  const [mistyped] = typedProblems(job.number, typed)
  if (mistyped !== undefined) return mistyped.message
  const { checksum, findings, rehearsal } = preview
  const open = findings.some(
    ({ severity, code }) =>
      severity === 'blocks' || (severity === 'confirm' && !approved.confirmed.includes(code)),
  )
  if (checksum !== approved.checksum) return { key: 'preview.lookAgain.outdated' }
  if (open || rehearsal.status === 'refused') return { key: 'preview.lookAgain.notConfirmed' }
  if (isRunning(job)) return { key: 'bulk.job.running' }
  Object.assign(job, { phase: phaseOf(job), done: 0, total: sizeOf(job.parts), stopping: false })
  runJob(job, async () => {
    const { kind, title } = job
    const task = await beginTask(job.authority.person, kind === 'undo' ? titleOfUndo(title) : title)
    job.consent = { confirmed: approved.confirmed, task }
    await writeParts(job, job.parts)
  })
  return null
}

/** Begins to write the parts that are left of a job that was stopped. */
export function goOn(job: Job): void {
  if (!canGoOn(job)) return
  const left = job.parts.filter(({ places }) => places.some((at) => job.items[at]?.state === 'notWritten'))
  for (const { places } of left) markRows(job, places, 'valid', [])
  const total = sizeOf(job.parts)
  const done = total - sizeOf(left)
  Object.assign(job, { phase: phaseOf(job), total, done, stopping: false, message: null })
  runJob(job, () => writeParts(job, left))
}

function phaseOf({ kind }: Job): JobPhase {
  return kind === 'undo' ? 'undoing' : 'writing'
}

async function writeParts(job: Job, parts: readonly JobPart[]): Promise<void> {
  for (const part of parts) {
    const reason = job.stopping ? ({ key: 'bulk.row.stopped' } as const) : job.message
    const done = job.done
    if (reason !== null) markRows(job, part.places, 'notWritten', [reason])
    else
      await withProgress(
        ({ written }) => {
          job.done = done + Math.min(written, part.places.length)
        },
        () => writePart(job, part),
      )
    job.done = done + part.places.length
    await giveWay()
  }
  if (job.kind === 'undo') await endTakingBack(job)
  else {
    if (job.stopping) job.message = { key: 'bulk.job.writeStopped' }
    await job.onWritten?.(job.journals)
  }
  job.phase = 'finished'
}

type PartResult =
  | CommitResult
  | { readonly status: 'movedOn' }
  | Exclude<PreviewResult, { readonly status: 'previewed' | 'stale' }>

async function writePart(job: Job, part: JobPart): Promise<void> {
  if (part.takesBack !== null) return takePartBack(job, part.places, part.takesBack)
  const { confirmed, task } = job.consent ?? { confirmed: [], task: null }
  const items = part.places.flatMap((at) => job.items[at] ?? [])
  const changes = items.flatMap((item) => item.changes)
  const basis = items.flatMap((item) => item.basis)
  const commit = (checksum: string): Promise<CommitResult> =>
    commitChanges(job.authority, changes, basis, { checksum, confirmed }, null, task)
  if (part.seen === null) {
    // Its findings are judged by the commit, with what the whole was approved with.
    const now = await previewChanges(job.authority, changes, basis)
    const isStale = now.status === 'stale'
    settle(
      job,
      part,
      now.status === 'previewed' ? await commit(now.preview.checksum) : isStale ? MOVED_ON : now,
    )
    return
  }
  let result = await commit(part.seen.preview.checksum)
  if (result.status === 'stale' && (await samenessOf(result.preview)) === part.seen.sameness)
    result = await commit(result.preview.checksum)
  settle(job, part, result)
}

const MOVED_ON: PartResult = { status: 'movedOn' }

function settle(job: Job, part: JobPart, result: PartResult): void {
  settleRows(job, part, result)
  const isWritten = result.status === 'asPreviewed' || result.status === 'alarm'
  // What comes after rests on this.
  if (part.seen === null && !isWritten) job.message ??= { key: 'domain.job.brokenOff' }
}

function settleRows(job: Job, { places, seen }: JobPart, result: PartResult): void {
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
    case 'blocked':
    case 'notConfirmed':
      markRows(job, places, 'notWritten', [
        { key: 'bulk.row.movedOn' },
        ...(seen === null ? unconfirmed(result.preview, job.consent?.confirmed ?? []) : []),
      ])
      return
    case 'movedOn':
    case 'stale':
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

/** What a part would bring about beyond what the whole was approved with. */
function unconfirmed({ findings }: Preview, confirmed: readonly string[]): readonly Text[] {
  return findings
    .filter(
      ({ severity, code }) => severity === 'blocks' || (severity === 'confirm' && !confirmed.includes(code)),
    )
    .slice(0, MOST_REASONS)
    .map(({ message }) => message)
}

const MOST_REASONS = 3

function sizeOf(parts: readonly JobPart[]): number {
  return parts.reduce((total, { places }) => total + places.length, 0)
}

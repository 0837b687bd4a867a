/**
 * domain-job - a task on a whole domain as a job, where it touches more entries than a page can wait for.
 *
 * The same plans as those of the domain's pages (lib/changes/domain-*-edit), made anew for the person who begins.
 * What is wrong with the task ends the job with a text and nothing is previewed. Where addresses end, and they are
 * many, their number has to be typed before anything is written.
 */
import 'server-only'
import { z } from 'zod'
import {
  aliasDomainSubmission,
  catchAllSubmission,
  planAliasDomainEdit,
  planCatchAllEdit,
} from '@/lib/changes/domain-alias-edit'
import { domainRemovalSubmission, planDomainRemoval } from '@/lib/changes/domain-removal-edit'
import { domainRenameSubmission, lostByRename, planDomainRename } from '@/lib/changes/domain-rename-edit'
import { addressesIn, type DomainTaskField, numberToType } from '@/lib/changes/domain-task'
import type { Edit } from '@/lib/changes/edit'
import type { Authority } from '@/lib/directory/authority'
import type { Domain } from '@/lib/entries/domain'
import { countAddresses } from '@/lib/entries/domain-addresses'
import { tidyDomainName } from '@/lib/entries/domain-name'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { forgetDomainCounts } from '@/lib/lists/domain-counts'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'
import type { Phrase, Text } from '@/lib/words/text'
import { openJob, runJob } from './job'
import { PART_SIZE } from './job-check'
import { checkWhole } from './whole-check'
import { writtenRecorder } from './written-plan'

/** Shape of what is asked; anything else is refused whole. */
export const domainTask = z.discriminatedUnion('task', [
  domainRenameSubmission.omit({ typed: true }).extend({ task: z.literal('rename') }),
  domainRemovalSubmission.omit({ typed: true }).extend({ task: z.literal('delete') }),
  aliasDomainSubmission.extend({ task: z.literal('aliasDomain') }),
  catchAllSubmission.extend({ task: z.literal('catchAll') }),
])

export type DomainTask = z.infer<typeof domainTask>

/** Whether so many changes are made as a job. */
export function isForJob({ length }: readonly ChangeRecord[]): boolean {
  return length > PART_SIZE
}

/** Begins to check the task. A text says why it does not begin. */
export function beginDomainTask(authority: Authority, task: DomainTask): Text | null {
  const title = titleOf(task)
  const record = writtenRecorder(authority, title)
  const onWritten = async (journals: readonly string[]): Promise<void> => {
    forgetDomainCounts()
    await record(journals)
  }
  const job = openJob(authority, { kind: 'domain', title, phase: 'reading', onWritten })
  if (typeof job === 'string' || 'key' in job) return job
  runJob(job, async () => {
    const planned = await plan(authority, task)
    if ('message' in planned) Object.assign(job, { phase: 'finished', message: planned.message })
    else {
      job.number = planned.number
      await checkWhole(job, planned.changes)
    }
  })
  return null
}

function titleOf(task: DomainTask): Phrase {
  const { name } = task
  switch (task.task) {
    case 'rename':
    case 'aliasDomain':
      return { key: `domain.job.titleOf.${task.task}`, values: { name, to: tidyDomainName(task.to) } }
    case 'delete':
    case 'catchAll':
      return { key: `domain.job.titleOf.${task.task}`, values: { name } }
  }
}

interface Planned {
  readonly changes: readonly ChangeRecord[]
  /** The number to be typed; null if none. */
  readonly number: number | null
}

async function plan(authority: Authority, task: DomainTask): Promise<Planned | { readonly message: Text }> {
  const edit = await editOf(authority, task)
  if (edit.status === 'refused') return { message: edit.message }
  if (edit.status === 'stale') return { message: { key: 'domain.task.gone' } }
  // The number is asked for where the task is approved.
  const problem = edit.problems.find(({ field }) => field !== 'typed')
  if (problem !== undefined) return { message: problem.message }
  if (edit.changes.length === 0) return { message: { key: 'domain.task.nothing' } }
  const number = await numberFor(authority, task)
  return number !== null && typeof number === 'object' ? number : { changes: edit.changes, number }
}

async function editOf(authority: Authority, task: DomainTask): Promise<Edit<DomainTaskField, Domain>> {
  switch (task.task) {
    case 'rename':
      return planDomainRename(authority, { ...task, typed: '' }, true)
    case 'delete':
      return planDomainRemoval(authority, { ...task, typed: '' })
    case 'aliasDomain':
      return (await planAliasDomainEdit(authority, task)).edit
    case 'catchAll':
      return planCatchAllEdit(authority, task)
  }
}

async function numberFor(
  authority: Authority,
  task: DomainTask,
): Promise<number | { readonly message: Text } | null> {
  if (task.task !== 'rename' && task.task !== 'delete') return null
  const read = await readEntriesOfDomain(authority, task.name)
  if (read.status === 'failed')
    return { message: { key: 'edit.noAnswer', values: { diagnostic: read.diagnostic } } }
  const counts = countAddresses(read.entries, task.name)
  return numberToType(task.task === 'rename' ? lostByRename(counts, task.keep) : addressesIn(counts))
}

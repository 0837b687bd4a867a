'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { type AuthorityResult, currentAuthority, requireStaff } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'
import { bulkTask } from '@/lib/entries/bulk-task'
import { mailboxSelection } from '@/lib/lists/mailbox-selection'
import { beginBulk } from '@/lib/plans/bulk'
import { beginDomainTask, domainTask } from '@/lib/plans/domain-job'
import { closeJob, jobOf } from '@/lib/plans/job'
import { beginWriting, goOn } from '@/lib/plans/job-commit'
import {
  commitPlan,
  discardPlan,
  sharePlan,
  stage,
  type Staged,
  undoWritten,
  unstage,
} from '@/lib/plans/plans'
import { takeBackJob } from '@/lib/plans/take-back'
import type { Text } from '@/lib/words/text'

const checksum = z.string().regex(/^[0-9a-f]{64}$/)
const planId = z.uuid()
const typedText = z.string().max(40)
const editName = z.string().regex(/^[0-9a-f-]{1,64}$/)

const MALFORMED = { key: 'edit.malformed' } as const

/** Puts what was previewed under this checksum into the person's plan. */
export async function addToPlan(of: unknown): Promise<Staged> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return { status: 'refused', message: refusal(who) }
  const sum = checksum.safeParse(of)
  return sum.success ? stage(who.authority, sum.data) : { status: 'refused', message: MALFORMED }
}

/** Writes a plan if it is what was approved. */
export async function writePlan(id: unknown, approved: unknown): Promise<ApprovedOutcome> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return { status: 'refused', message: refusal(who) }
  const [plan, yes] = [planId.safeParse(id), approval.safeParse(approved)]
  return plan.success && yes.success
    ? commitPlan(who.authority, plan.data, yes.data)
    : { status: 'refused', message: MALFORMED }
}

/** Takes an edit out of one's own plan. What stands against it, the page shows when it is read anew. */
export async function removeFromPlan(id: string, edit: string): Promise<void> {
  const authority = await requireStaff()
  await unstage(authority, planId.parse(id), editName.parse(edit))
  revalidatePath(`/plans/${id}`)
}

/** Lets other postmasters see one's own plan, or no longer. */
export async function share(id: string, isShared: boolean): Promise<void> {
  const authority = await requireStaff()
  await sharePlan(authority, planId.parse(id), z.boolean().parse(isShared))
  revalidatePath(`/plans/${id}`)
}

/** Removes one's own plan. */
export async function discard(id: string): Promise<void> {
  const authority = await requireStaff()
  await discardPlan(authority, planId.parse(id))
  redirect('/plans')
}

/** Begins to check what taking back a plan, an import or a task does, and goes on to the job; else says why not. */
export async function takeBackPlan(id: unknown): Promise<Text> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return refusal(who)
  const plan = planId.safeParse(id)
  if (!plan.success) return MALFORMED
  if (who.authority.role === 'owner') return { key: 'bulk.job.staffOnly' }
  return (await undoWritten(who.authority, plan.data)) ?? redirect('/plans/job')
}

/** Begins the dry run of a task for many mailboxes. */
export async function startBulk(selection: unknown, task: unknown): Promise<Text> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return refusal(who)
  const [selected, wanted] = [mailboxSelection.safeParse(selection), bulkTask.safeParse(task)]
  if (!selected.success || !wanted.success) return MALFORMED
  if (who.authority.role === 'owner') return { key: 'bulk.job.staffOnly' }
  const problem = beginBulk(who.authority, selected.data, wanted.data)
  return problem ?? redirect('/plans/job')
}

/** Begins the dry run of a task on a whole domain. */
export async function startDomainTask(task: unknown): Promise<Text> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return refusal(who)
  const wanted = domainTask.safeParse(task)
  if (!wanted.success) return MALFORMED
  if (who.authority.role === 'owner') return { key: 'bulk.job.staffOnly' }
  const problem = beginDomainTask(who.authority, wanted.data)
  return problem ?? redirect('/plans/job')
}

/** Begins to write the person's job if it is what was approved. */
export async function approveJob(approved: unknown, typed: unknown = ''): Promise<Text | null> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return refusal(who)
  const [job, yes, number] = [jobOf(who.authority), approval.safeParse(approved), typedText.safeParse(typed)]
  if (!yes.success || !number.success) return MALFORMED
  return job === null ? { key: 'bulk.job.gone' } : beginWriting(job, yes.data, number.data)
}

/** Begins to write what is left of the person's job after it was stopped. */
export async function goOnWithJob(): Promise<void> {
  const authority = await requireStaff()
  const job = jobOf(authority)
  if (job !== null) goOn(job)
  revalidatePath('/plans/job')
}

/** Asks the person's job to stop after what is under way. */
export async function stopJob(): Promise<void> {
  const authority = await requireStaff()
  const job = jobOf(authority)
  if (job !== null) job.stopping = true
}

/** Begins to check what taking back the person's job does, and shows that; else says why not. */
export async function undoJob(): Promise<Text> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return refusal(who)
  if (who.authority.role === 'owner') return { key: 'bulk.job.staffOnly' }
  return takeBackJob(who.authority) ?? redirect('/plans/job')
}

/** Where one goes on from the end of a job. */
const AFTER = {
  import: '/import',
  bulk: '/mailboxes',
  domain: '/domains',
  plan: '/plans',
  undo: '/history',
} as const

/** Forgets the person's job. Where another comes to light again, the page shows that one. */
export async function leaveJob(): Promise<void> {
  const authority = await requireStaff()
  const job = jobOf(authority)
  closeJob(authority)
  // From what was taken back, one goes on from where it was made.
  const kind = job?.previous?.kind ?? job?.kind ?? 'bulk'
  redirect(jobOf(authority) === null ? AFTER[kind] : '/plans/job')
}

function refusal(who: Exclude<AuthorityResult, { status: 'signedIn' }>): Text {
  return who.status === 'unavailable'
    ? { key: 'edit.noAnswer', values: { diagnostic: who.message } }
    : { key: 'edit.signedOut' }
}

/**
 * plans - staged changes, as a person may see and write them.
 *
 * Edits of forms are collected in the person's own plan, which may be shared with others by its address. Another
 * person's plan is seen only when it is shared and when every change in it is one that the reader could make; the
 * rights of whoever writes it decide again at the commit. A plan whose entries have moved on says which; nothing of
 * it is written then. LDAP round trips: one or two for a plan, one for each 200 entries that it rests on.
 */
import 'server-only'
import { commitChanges } from '@/lib/changes/commit/commit'
import type { EntryState } from '@/lib/changes/checksum'
import { prepareChange } from '@/lib/changes/examination'
import { previewChanges, type PreviewResult } from '@/lib/changes/preview'
import type { Approval } from '@/lib/changes/preview-result'
import { type ApprovedOutcome, approvedOutcome } from '@/lib/changes/approved-outcome'
import { previewedChanges } from '@/lib/changes/previewed-changes'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { hasStore } from '@/lib/directory/store'
import { panelEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { valueOf } from '@/lib/ldap/entry'
import { forgetDomainCounts } from '@/lib/lists/domain-counts'
import type { Text } from '@/lib/words/text'
import { beginTakeBack } from './job-take-back'
import {
  addEdit,
  addPlan,
  changePlan,
  findPlans,
  readEdits,
  readPlan,
  removeEdit,
  removePlan,
} from './plan-store'
import { basisOfPlan, changesOfPlan, type PlanHead, type StagedEdit } from './staged-plan'

/** Whether plans can be kept. */
export function hasPlans(): boolean {
  return hasStore()
}

/** The address of a page of this panel, to be sent to others. */
export function panelAddress(path: string): string {
  return new URL(path, panelEnvironment().AUTH_URL).href
}

/** Changes of one plan; what is larger is a task of its own. */
const MOST_CHANGES = 500
const READ_AT_A_TIME = 200

export interface Plan extends PlanHead {
  readonly isMine: boolean
  readonly edits: readonly StagedEdit[]
  /** DNs of entries that are not any more as an edit has found them. */
  readonly stale: readonly string[]
}

export type PlanResult =
  { readonly status: 'found'; readonly plan: Plan } | { readonly status: 'notFound' } | SearchFailure

export type PlanList =
  | {
      readonly status: 'list'
      readonly plans: readonly (PlanHead & { readonly isMine: boolean; readonly size: number })[]
    }
  | SearchFailure

export type Staged =
  /** `count` changes are in the plan now. */
  | { readonly status: 'staged'; readonly id: string; readonly count: number }
  | { readonly status: 'refused'; readonly message: Text }

/** Puts what the person has just previewed into their plan; makes one if there is none. */
export async function stage(authority: Authority, checksum: string): Promise<Staged> {
  if (!hasStore()) return refused({ key: 'plans.noStore' })
  const previewed = previewedChanges(authority, checksum)
  if (previewed === null) return refused({ key: 'plans.notPreviewed' })
  const plans = await findPlans(authority)
  if ('status' in plans) return refused({ key: 'edit.noAnswer', values: { diagnostic: plans.diagnostic } })
  const known = plans.find((head) => isOf(authority, head) && head.title === null && isUnwritten(head))
  const plan = known ?? (await addPlan(authority))
  if (typeof plan === 'string' || 'key' in plan) return refused(plan)
  const edits = await readEdits(authority, plan.id)
  if ('status' in edits) return refused({ key: 'edit.noAnswer', values: { diagnostic: edits.diagnostic } })
  const count = changesOfPlan(edits).length + previewed.changes.length
  if (count > MOST_CHANGES) return refused({ key: 'plans.tooLong', values: { most: MOST_CHANGES } })
  const { changes, states } = previewed
  const failed = await addEdit(authority, plan.id, { time: new Date().toISOString(), changes, basis: states })
  return failed === null ? { status: 'staged', id: plan.id, count } : refused(failed)
}

/** The plans that this person may see, the newest first. */
export async function listPlans(authority: Authority): Promise<PlanList> {
  const heads = await findPlans(authority)
  if ('status' in heads) return heads
  const plans: (PlanHead & { isMine: boolean; size: number })[] = []
  for (const head of heads) {
    const edits = await readEdits(authority, head.id)
    if ('status' in edits) return edits
    if (await maySee(authority, head, edits))
      plans.push({ ...head, isMine: isOf(authority, head), size: changesOfPlan(edits).length })
  }
  return { status: 'list', plans }
}

/** One plan with its edits, if this person may see it. */
export async function openPlan(authority: Authority, id: string): Promise<PlanResult> {
  const head = await readPlan(authority, id)
  if (head === null) return { status: 'notFound' }
  if ('status' in head) return head
  const edits = await readEdits(authority, id)
  if ('status' in edits) return edits
  if (!(await maySee(authority, head, edits))) return { status: 'notFound' }
  const stale = isUnwritten(head) ? await staleEntries(authority, basisOfPlan(edits)) : []
  if ('status' in stale) return stale
  return { status: 'found', plan: { ...head, isMine: isOf(authority, head), edits, stale } }
}

/** What the plan would do now. */
export function previewPlan(authority: Authority, { edits }: Pick<Plan, 'edits'>): Promise<PreviewResult> {
  return previewChanges(authority, changesOfPlan(edits), basisOfPlan(edits))
}

/** Writes the plan if it is what was approved. */
export async function commitPlan(
  authority: Authority,
  id: string,
  approved: Approval,
): Promise<ApprovedOutcome> {
  const opened = await openPlan(authority, id)
  if (opened.status === 'notFound')
    return approvedOutcome({ status: 'missing', message: { key: 'plans.gone' } })
  if (opened.status === 'failed')
    return approvedOutcome({ status: 'unavailable', message: unanswered(opened) })
  const { plan } = opened
  if (!isUnwritten(plan))
    return approvedOutcome({ status: 'finished', message: { key: 'plans.writtenAlready' } })
  if (plan.stale.length > 0) return approvedOutcome({ status: 'refused', message: { key: 'plans.staleNow' } })
  const result = await commitChanges(authority, changesOfPlan(plan.edits), basisOfPlan(plan.edits), approved)
  if (result.status === 'asPreviewed' || result.status === 'alarm') {
    const journals = result.journal === null ? [] : [result.journal]
    const writerName = authority.person.name
    // The plan is written whatever the store says; it would be stale at the next look.
    await changePlan(authority, id, {
      state: 'written',
      writerName,
      written: new Date().toISOString(),
      journals,
    })
  }
  return approvedOutcome(result)
}

/** Takes an edit out of one's own plan; null when that is done. */
export async function unstage(authority: Authority, id: string, edit: string): Promise<Text | null> {
  return (await ownPlan(authority, id)) ?? removeEdit(authority, id, edit)
}

/** Lets others see one's own plan, or no longer; null when that is done. */
export async function sharePlan(authority: Authority, id: string, isShared: boolean): Promise<Text | null> {
  return (await ownPlan(authority, id)) ?? changePlan(authority, id, { state: isShared ? 'shared' : 'open' })
}

/** Removes one's own plan with all that was put aside in it; null when that is done. */
export async function discardPlan(authority: Authority, id: string): Promise<Text | null> {
  return (await ownPlan(authority, id)) ?? removePlan(authority, id)
}

/** Begins to check what taking back all commits of a written plan does; null when that has begun. */
export async function undoWritten(authority: Authority, id: string): Promise<Text | null> {
  const opened = await openPlan(authority, id)
  if (opened.status === 'failed') return unanswered(opened)
  if (opened.status === 'notFound' || opened.plan.state !== 'written') return { key: 'plans.gone' }
  const { title, makerName, journals } = opened.plan
  const ofMaker: Text = { key: 'plans.planOf', values: { name: makerName } }
  return beginTakeBack(authority, title ?? ofMaker, journals, async () => {
    forgetDomainCounts()
    await changePlan(authority, id, { state: 'undone' })
  })
}

function isOf({ person }: Authority, { maker }: PlanHead): boolean {
  return person.dn.toLowerCase() === maker.toLowerCase()
}

function isUnwritten({ state }: PlanHead): boolean {
  return state === 'open' || state === 'shared'
}

/** Why this is no plan that the person may change; null if it is. */
async function ownPlan(authority: Authority, id: string): Promise<Text | null> {
  const head = await readPlan(authority, id)
  if (head === null) return { key: 'plans.gone' }
  if ('status' in head) return unanswered(head)
  if (!isOf(authority, head)) return { key: 'plans.notYours' }
  return isUnwritten(head) ? null : { key: 'plans.writtenAlready' }
}

async function maySee(authority: Authority, head: PlanHead, edits: readonly StagedEdit[]): Promise<boolean> {
  if (isOf(authority, head)) return true
  if (head.state === 'open' || authority.role === 'owner') return false
  if (authority.role === 'postmaster') return true
  // What was written is in the history, for those who may see it; a plan without changes shows nobody's entries.
  if (!isUnwritten(head) || edits.length === 0) return false
  const prepared = await prepareChange(authority, changesOfPlan(edits))
  return prepared.status === 'prepared'
}

async function staleEntries(
  authority: Authority,
  basis: readonly EntryState[],
): Promise<readonly string[] | SearchFailure> {
  const stale = new Set<string>()
  for (let at = 0; at < basis.length; at += READ_AT_A_TIME) {
    const some = basis.slice(at, at + READ_AT_A_TIME)
    const read = await Promise.all(some.map(({ dn }) => readEntry(authority, dn, ['entryCSN'])))
    for (const [place, { dn, entryCsn }] of some.entries()) {
      const found = read[place]
      if (found?.status === 'failed') return found
      if (found?.status !== 'found' || valueOf(found.entry, 'entryCSN') !== entryCsn) stale.add(dn)
    }
  }
  return [...stale]
}

function unanswered({ diagnostic }: SearchFailure): Text {
  return { key: 'edit.noAnswer', values: { diagnostic } }
}

function refused(message: Text): Staged {
  return { status: 'refused', message }
}

'use client'

/**
 * task-editing - the state of one task of an owner: its preview, what stands in the way, and the save.
 *
 * As every form (components/preview/editing.ts); what is typed belongs to the part of the page that uses it. That
 * an address gets no more mail is what switching it off and removing it are for: the tap itself is the yes to that,
 * and to nothing else.
 */
import { type Editing, useEditing } from '@/components/preview/editing'
import type { Finding } from '@/lib/changes/preview-result'
import type { AccountField, AccountTask, OwnState } from '@/lib/entries/account-task'
import type { Text } from '@/lib/words/text'
import { useAccount } from './account-frame'
import { type TaskSentence, taskSentence } from './task-sentence'

export interface TaskEditing extends Editing<AccountField, OwnState> {
  /** null while it is not known. */
  readonly sentence: TaskSentence | null
  /** Findings that block, or wait for a yes of their own. */
  readonly findings: readonly Finding[]
  /** What to say against the task, in the order of importance. */
  readonly objections: readonly Text[]
  readonly canSave: boolean
  readonly problemOf: (field: AccountField) => Text | undefined
}

const UNDELIVERABLE = 'address-becomes-undeliverable'

/** One task; `changed` says whether there is anything to preview. */
export function useTaskEditing(
  task: AccountTask,
  subject: string,
  changed: boolean,
  onSaved: () => void,
): TaskEditing {
  const { askTask, saveTask, mail, tell } = useAccount()
  const editing = useEditing<AccountTask, AccountField, OwnState>({
    submission: task,
    changed,
    preview: askTask,
    save: async (submission, approval) => {
      const confirmed = [...approval.confirmed, ...(impliedBy(task) ? [UNDELIVERABLE] : [])]
      const outcome = await saveTask(submission, { ...approval, confirmed })
      if (outcome.status === 'saved') tell({ what: task.task, address: subject, saved: outcome })
      return outcome
    },
    onSaved,
  })
  const preview = editing.preview?.status === 'previewed' ? editing.preview : null
  const findings = (preview?.preview.findings ?? []).filter((finding) => isOpen(finding, task, subject))
  const problems = problemsIn(editing)
  const objections = objectionsTo(editing)
  const isFree = findings.every(
    ({ severity, code }) => severity !== 'blocks' && (severity !== 'confirm' || editing.confirmed.has(code)),
  )
  return {
    ...editing,
    findings,
    objections,
    sentence:
      preview === null || problems.length > 0 || findings.some(({ severity }) => severity === 'blocks')
        ? null
        : taskSentence(preview.preview, task, subject, mail),
    canSave:
      preview !== null &&
      problems.length === 0 &&
      isFree &&
      !editing.previewing &&
      !editing.saving &&
      preview.preview.rehearsal.status !== 'refused',
    problemOf: (field) => problems.find((problem) => problem.field === field)?.message,
  }
}

function impliedBy({ task }: AccountTask): boolean {
  return task === 'pause' || task === 'remove'
}

/** Whether the finding has to be shown: what the tap itself says yes to has not. */
function isOpen({ code, severity, addresses }: Finding, task: AccountTask, subject: string): boolean {
  if (severity === 'notice') return false
  const isMeant = addresses.every((address) => address.toLowerCase() === subject.toLowerCase())
  return !(code === UNDELIVERABLE && impliedBy(task) && isMeant)
}

function problemsIn({ outcome, preview }: Editing<AccountField, OwnState>) {
  if (outcome?.status === 'invalid') return outcome.problems
  return preview?.status === 'previewed' ? preview.problems : []
}

function objectionsTo({ outcome, preview }: Editing<AccountField, OwnState>): readonly Text[] {
  if (outcome?.status === 'refused') return [outcome.message]
  if (outcome?.status === 'look') return [{ key: 'account.refusal.outdated' }]
  if (outcome?.status === 'stale' || preview?.status === 'stale') return [{ key: 'account.refusal.outdated' }]
  if (preview?.status === 'refused') return [preview.message]
  if (preview?.status !== 'previewed' || preview.preview.rehearsal.status !== 'refused') return []
  const { resultCode } = preview.preview.rehearsal
  return [{ key: 'account.refusal.directory', values: { reason: String(resultCode ?? '') } }]
}

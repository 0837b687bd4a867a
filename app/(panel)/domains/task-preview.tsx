import type { ReactNode } from 'react'
import { startDomainTask } from '@/app/(panel)/plans/actions'
import { DomainJobOffer } from '@/components/entries/domain-job-offer'
import { DomainTaskPane, type TaskAction } from '@/components/entries/domain-task-pane'
import { getText, getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import type { DomainTaskField } from '@/lib/changes/domain-task'
import { type Edit, previewEdit } from '@/lib/changes/edit'
import type { Domain } from '@/lib/entries/domain'
import { type DomainTask, isForJob } from '@/lib/plans/domain-job'

interface TaskPreviewProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly edit: Edit<DomainTaskField, Domain>
  /** What is asked; also made as a job, where it is much. */
  readonly task: DomainTask | null
  readonly submission: Readonly<Record<string, string | boolean | null>>
  /** The number of addresses to be typed first; null if none. */
  readonly number: number | null
  readonly label: string
  readonly act: TaskAction
  readonly after: { readonly path: string; readonly label: string }
}

/**
 * The first preview of a task, made while the page is on its way; where it touches much, the offer of a job instead.
 * LDAP round trips: those of a preview.
 */
export async function TaskPreview(props: TaskPreviewProps): Promise<ReactNode> {
  const { authority, edit, task, submission, number, label, act, after } = props
  const t = await getTranslations('domain.task')
  if (edit.status === 'planned' && edit.changes.length === 0) {
    const text = await getText()
    const [problem] = edit.problems
    return <p className="py-3 text-soft">{problem === undefined ? t('nothing') : text(problem.message)}</p>
  }
  if (task !== null && edit.status === 'planned' && isForJob(edit.changes)) {
    const count = new Set(edit.changes.map(({ dn }) => dn)).size
    return <DomainJobOffer count={count} begin={startDomainTask.bind(null, task)} />
  }
  const initial = await previewEdit(authority, edit)
  return (
    <DomainTaskPane
      initial={initial}
      submission={submission}
      number={number}
      label={label}
      act={act}
      after={after}
    />
  )
}

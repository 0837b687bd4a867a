import type { ReactNode } from 'react'
import { DomainTaskPane, type TaskAction } from '@/components/entries/domain-task-pane'
import { getText, getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import type { DomainTaskField } from '@/lib/changes/domain-task'
import { type Edit, previewEdit } from '@/lib/changes/edit'
import type { Domain } from '@/lib/entries/domain'

interface TaskPreviewProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly edit: Edit<DomainTaskField, Domain>
  readonly submission: Readonly<Record<string, string | boolean | null>>
  /** The number of addresses to be typed first; null if none. */
  readonly number: number | null
  readonly label: string
  readonly act: TaskAction
  readonly after: { readonly path: string; readonly label: string }
}

/** The first preview of a task, made while the page is on its way; LDAP round trips: those of a preview. */
export async function TaskPreview(props: TaskPreviewProps): Promise<ReactNode> {
  const { authority, edit, submission, number, label, act, after } = props
  const t = await getTranslations('domain.task')
  if (edit.status === 'planned' && edit.changes.length === 0) {
    const text = await getText()
    const [problem] = edit.problems
    return <p className="py-3 text-soft">{problem === undefined ? t('nothing') : text(problem.message)}</p>
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

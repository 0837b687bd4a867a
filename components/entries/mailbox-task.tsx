'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalPane } from '@/components/preview/approval-pane'
import { Notice } from '@/components/ui/notice'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Approval } from '@/lib/changes/preview-result'
import type { Text } from '@/lib/words/text'

interface MailboxTaskProps<Submission> {
  /** What is asked for. */
  readonly submission: Submission
  /** The first preview, made by the server. */
  readonly preview: EditPreview<string, unknown>
  readonly save: (submission: Submission, approval: Approval) => Promise<EditOutcome<string, unknown>>
  readonly label: string
  readonly busyLabel: string
}

/** A task of one step on a mailbox: its preview, the button that does it, and the proof or why not. */
export function MailboxTask<Submission>(props: MailboxTaskProps<Submission>): ReactNode {
  const { submission, preview, save, label, busyLabel } = props
  const t = useTranslations('mailbox.task')
  if (preview.status === 'stale') return <Refusal title={t('gone')} message={t('goneHint')} />
  if (preview.status === 'refused') return <Refusal title={t('noPreview')} message={preview.message} />
  const [problem] = preview.problems
  if (problem !== undefined) return <Refusal title={t('noPreview')} message={problem.message} />
  return (
    <ApprovalPane
      preview={preview.preview}
      label={label}
      busyLabel={busyLabel}
      approve={async (approval) => {
        const outcome = await save(submission, approval).catch(() => UNREACHABLE)
        switch (outcome.status) {
          case 'saved':
            return { ...outcome, status: 'done' }
          case 'look':
            return outcome
          case 'stale':
            return refusal(<Refusal title={t('gone')} message={t('goneHint')} />)
          case 'invalid': {
            const message = outcome.problems[0]?.message ?? t('goneHint')
            return refusal(<Refusal title={t('notDone')} message={message} />)
          }
          case 'refused':
            return refusal(<Refusal title={t('notDone')} message={outcome.message} />)
        }
      }}
    >
      {null}
    </ApprovalPane>
  )
}

const UNREACHABLE = { status: 'refused', message: { key: 'edit.unreachable' }, field: null } as const

function refusal(notice: ReactNode): { readonly status: 'refusal'; readonly notice: ReactNode } {
  return { status: 'refusal', notice }
}

function Refusal({ title, message }: { readonly title: string; readonly message: Text }): ReactNode {
  const text = useText()
  return (
    <div className="py-3">
      <Notice tone="lost" role="alert" title={title}>
        <p>{text(message)}</p>
      </Notice>
    </div>
  )
}

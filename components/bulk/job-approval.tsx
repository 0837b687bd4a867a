'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalForm } from '@/components/preview/approval-form'
import { StagingProvider } from '@/components/plans/staging-provider'
import { Notice } from '@/components/ui/notice'
import type { Approval } from '@/lib/changes/preview-result'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'

interface JobApprovalProps {
  readonly preview: ShownPreview
  /** Rows that would be written. */
  readonly count: number
  /** Begins to write; a text says why it did not. */
  readonly approve: (approval: Approval) => Promise<Text | null>
}

/** The preview of a whole job, and the button that writes it. */
export function JobApproval({ preview, count, approve }: JobApprovalProps): ReactNode {
  const t = useTranslations('bulk.approval')
  const text = useText()
  const router = useRouter()
  const [refusal, setRefusal] = useState<Text | null>(null)
  return (
    <>
      {refusal !== null && (
        <div className="pt-3">
          <Notice tone="lost" role="alert" title={t('notBegun')}>
            <p>{text(refusal)}</p>
          </Notice>
        </div>
      )}
      <StagingProvider stage={null}>
        <ApprovalForm
          preview={preview}
          reason={null}
          label={t('write', { count })}
          busyLabel={t('beginning')}
          onApprove={async (approval) => {
            setRefusal(await approve(approval).catch((): Text => ({ key: 'edit.unreachable' })))
            router.refresh()
          }}
        />
      </StagingProvider>
    </>
  )
}

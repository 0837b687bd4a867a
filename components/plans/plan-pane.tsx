'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalPane } from '@/components/preview/approval-pane'
import { StagingProvider } from '@/components/plans/staging-provider'
import { Notice } from '@/components/ui/notice'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'
import type { Approval } from '@/lib/changes/preview-result'
import type { ShownPreview } from '@/lib/changes/shown-preview'

interface PlanPaneProps {
  readonly preview: ShownPreview
  readonly write: (approval: Approval) => Promise<ApprovedOutcome>
}

/** What a plan will do, and the button that writes it. */
export function PlanPane({ preview, write }: PlanPaneProps): ReactNode {
  const t = useTranslations('plans')
  const text = useText()
  return (
    <StagingProvider stage={null}>
      <ApprovalPane
        preview={preview}
        label={t('write')}
        busyLabel={t('writing')}
        approve={async (approval) => {
          const outcome = await write(approval).catch((): ApprovedOutcome => ({
            status: 'refused',
            message: { key: 'edit.unreachable' },
          }))
          if (outcome.status !== 'refused') return outcome
          return {
            status: 'refusal',
            notice: (
              <div className="py-3">
                <Notice tone="lost" role="alert" title={t('notWritten')}>
                  <p className="wrap-anywhere">{text(outcome.message)}</p>
                </Notice>
              </div>
            ),
          }
        }}
      >
        {null}
      </ApprovalPane>
    </StagingProvider>
  )
}

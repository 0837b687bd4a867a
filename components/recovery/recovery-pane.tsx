'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalPane } from '@/components/preview/approval-pane'
import { CautionList } from '@/components/preview/caution-list'
import { Notice } from '@/components/ui/notice'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'
import type { Approval } from '@/lib/changes/preview-result'
import type { Text } from '@/lib/words/text'
import type { RecoveryDirection } from '@/lib/changes/recovery/recover-commit'
import type { ShownPreview } from '@/lib/changes/shown-preview'

export type RecoverAction = (
  id: string,
  direction: RecoveryDirection,
  approval: Approval,
) => Promise<ApprovedOutcome>

interface RecoveryPaneProps {
  readonly id: string
  readonly direction: RecoveryDirection
  readonly preview: ShownPreview
  readonly notes: readonly Text[]
  readonly recover: RecoverAction
}

/** What continuing or undoing a cut-off commit will do, and the button that does it. */
export function RecoveryPane({ id, direction, preview, notes, recover }: RecoveryPaneProps): ReactNode {
  const t = useTranslations('history.recovery')
  const text = useText()
  const unreachable = { status: 'refused', message: t('unreachable') } as const
  return (
    <ApprovalPane
      preview={preview}
      label={t(direction)}
      busyLabel={t(`${direction}Busy`)}
      approve={async (approval) => {
        const outcome = await recover(id, direction, approval).catch(() => unreachable)
        if (outcome.status !== 'refused') return outcome
        const notice = (
          <Notice tone="lost" role="alert" title={t('refused')}>
            <p>{text(outcome.message)}</p>
          </Notice>
        )
        return { status: 'refusal', notice }
      }}
    >
      <CautionList cautions={notes} />
    </ApprovalPane>
  )
}

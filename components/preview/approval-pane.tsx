'use client'

import { type ReactNode, useState } from 'react'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'
import type { Approval } from '@/lib/changes/preview-result'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'
import { ApprovalForm } from './approval-form'
import { Proof } from './proof'

/** What came of the approval; a refusal as it is to be drawn. */
export type ApprovalAnswer =
  | Extract<ApprovedOutcome, { status: 'done' | 'look' }>
  | { readonly status: 'refusal'; readonly notice: ReactNode }

interface ApprovalPaneProps {
  /** The first preview, made by the server. */
  readonly preview: ShownPreview
  readonly label: string
  readonly busyLabel: string
  /** What has to be done first; null or absent if nothing. */
  readonly held?: Text | null
  readonly approve: (approval: Approval) => Promise<ApprovalAnswer>
  /** What should be known beside the findings; gone when the change is made. */
  readonly children: ReactNode
}

/** A task of one step: its preview, the button that does it, and then the proof. */
export function ApprovalPane(props: ApprovalPaneProps): ReactNode {
  const { label, busyLabel, held = null, approve, children } = props
  const [answer, setAnswer] = useState<ApprovalAnswer | null>(null)
  if (answer?.status === 'done') return <Proof outcome={answer} />
  if (answer?.status === 'refusal') return answer.notice
  const preview = answer?.preview ?? props.preview
  return (
    <>
      {children}
      <ApprovalForm
        key={preview.checksum}
        preview={preview}
        reason={answer?.reason ?? null}
        label={label}
        busyLabel={busyLabel}
        held={held}
        onApprove={async (approval) => {
          setAnswer(await approve(approval))
        }}
      />
    </>
  )
}

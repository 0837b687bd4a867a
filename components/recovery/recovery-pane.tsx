'use client'

import { type ReactNode, useState } from 'react'
import { ApprovalForm } from '@/components/preview/approval-form'
import { Proof } from '@/components/preview/proof'
import { Notice } from '@/components/ui/notice'
import type { Approval, Preview } from '@/lib/changes/preview-result'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'
import type { RecoveryDirection } from '@/lib/changes/recovery/recover-commit'

export type RecoverAction = (
  id: string,
  direction: RecoveryDirection,
  approval: Approval,
) => Promise<ApprovedOutcome>

interface RecoveryPaneProps {
  readonly id: string
  readonly direction: RecoveryDirection
  readonly preview: Preview
  readonly notes: readonly string[]
  readonly recover: RecoverAction
}

const LABELS = {
  continue: { label: 'Write what is missing', busyLabel: 'Writing…' },
  undo: { label: 'Take back what was written', busyLabel: 'Undoing…' },
} as const

/** What continuing or undoing a cut-off commit will do, and the button that does it. */
export function RecoveryPane({ id, direction, preview, notes, recover }: RecoveryPaneProps): ReactNode {
  const [outcome, setOutcome] = useState<ApprovedOutcome | null>(null)
  if (outcome?.status === 'done') return <Proof outcome={outcome} />
  if (outcome?.status === 'refused')
    return (
      <Notice tone="lost" role="alert" title="Not done">
        <p>{outcome.message}</p>
      </Notice>
    )
  const shown = outcome?.preview ?? preview
  return (
    <>
      {notes.map((note) => (
        <div key={note} className="pt-2">
          <Notice tone="changed" title="Good to know">
            <p>{note}</p>
          </Notice>
        </div>
      ))}
      <ApprovalForm
        key={shown.checksum}
        preview={shown}
        reason={outcome?.reason ?? null}
        {...LABELS[direction]}
        onApprove={async (approval) => {
          setOutcome(await recover(id, direction, approval).catch(() => UNREACHABLE))
        }}
      />
    </>
  )
}

const UNREACHABLE = {
  status: 'refused',
  message: 'The panel does not answer. Load the page again: it says what is in the directory.',
} as const

'use client'

import { type ReactNode, useState } from 'react'
import { ApprovalForm } from '@/components/preview/approval-form'
import { Proof } from '@/components/preview/proof'
import { Notice } from '@/components/ui/notice'
import type { Approval } from '@/lib/changes/preview-result'
import type { NoUndo, UndoOutcome, UndoPreview } from '@/lib/history/undo-state'
import { ChangeList } from './change-list'

export type UndoAction = (id: string, approval: Approval) => Promise<UndoOutcome>

interface UndoPaneProps {
  readonly id: string
  readonly initial: UndoPreview
  readonly undo: UndoAction
}

/** What undoing the change will do, and the button that does it. */
export function UndoPane({ id, initial, undo }: UndoPaneProps): ReactNode {
  const [outcome, setOutcome] = useState<UndoOutcome | null>(null)
  if (outcome?.status === 'done') return <Proof outcome={outcome} />
  if (initial.status !== 'previewed') return <Refusal refusal={initial} />
  if (outcome !== null && outcome.status !== 'look') return <Refusal refusal={outcome} />
  const preview = outcome?.preview ?? initial.preview
  return (
    <>
      <Cautions cautions={initial.cautions} />
      {initial.later.length > 0 && <Later changes={initial.later} title="Changed since, and not touched" />}
      <ApprovalForm
        key={preview.checksum}
        preview={preview}
        reason={outcome?.reason ?? null}
        label="Undo this change"
        busyLabel="Undoing…"
        onApprove={async (approval) => {
          setOutcome(await undo(id, approval).catch(() => UNREACHABLE))
        }}
      />
    </>
  )
}

const UNREACHABLE = {
  status: 'refused',
  message:
    'The panel does not answer. Whether the change was undone, the history will say: load the page again.',
} as const

function Cautions({ cautions }: { readonly cautions: readonly string[] }): ReactNode {
  return cautions.map((caution) => (
    <div key={caution} className="pt-3">
      <Notice tone="changed" title="Good to know">
        <p>{caution}</p>
      </Notice>
    </div>
  ))
}

function Refusal({ refusal }: { readonly refusal: NoUndo }): ReactNode {
  switch (refusal.status) {
    case 'conflict':
      return (
        <>
          <div className="py-3">
            <Notice tone="lost" role="alert" title="Something else changed since">
              <p>Nothing was written. In the way stands:</p>
              <ul className="mt-1 list-disc space-y-1 pl-4 wrap-anywhere">
                {refusal.obstacles.map((obstacle) => (
                  <li key={obstacle}>{obstacle}</li>
                ))}
              </ul>
            </Notice>
          </div>
          {refusal.later.length > 0 && <Later changes={refusal.later} title="Changed since" />}
        </>
      )
    case 'impossible':
    case 'refused':
      return (
        <div className="py-3">
          <Notice
            tone={refusal.status === 'refused' ? 'lost' : 'plain'}
            title={refusal.status === 'refused' ? 'Not undone' : 'This cannot be undone'}
          >
            <p>{refusal.message}</p>
          </Notice>
        </div>
      )
  }
}

function Later({ changes, title }: { readonly changes: UndoLater; readonly title: string }): ReactNode {
  return (
    <section className="pt-3">
      <h3 className="caption">{title}</h3>
      <ChangeList changes={changes} />
    </section>
  )
}

type UndoLater = Extract<UndoPreview, { status: 'previewed' }>['later']

'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { Approval, Preview } from '@/lib/changes/preview-result'
import { LOOK_AGAIN } from './look-again'
import { PreviewTabs } from './preview-tabs'
import { RehearsalLine } from './rehearsal-line'

interface ApprovalFormProps {
  readonly preview: Preview
  /** Why the last try wrote nothing; null if there was none. */
  readonly reason: keyof typeof LOOK_AGAIN | null
  readonly label: string
  readonly busyLabel: string
  readonly onApprove: (approval: Approval) => Promise<void>
}

/** A preview with its findings, and the button that makes the change when all that needs a yes has one. */
export function ApprovalForm({ preview, reason, label, busyLabel, onApprove }: ApprovalFormProps): ReactNode {
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const obstacle = obstacleTo(preview, confirmed)

  async function approve(): Promise<void> {
    setBusy(true)
    await onApprove({ checksum: preview.checksum, confirmed: [...confirmed] })
    setBusy(false)
  }

  return (
    <>
      <PreviewTabs
        preview={preview}
        busy={busy}
        confirmed={confirmed}
        onConfirm={(code, yes) => {
          setConfirmed(
            (codes) => new Set(yes ? [...codes, code] : [...codes].filter((other) => other !== code)),
          )
        }}
      />
      <div className="border-t border-line py-3">
        <RehearsalLine rehearsal={preview.rehearsal} />
        <p aria-live="polite" className="pb-2 text-[13px] text-soft empty:hidden">
          {obstacle}
        </p>
        {reason !== null && (
          <p role="alert" className="pb-2 text-[13px] text-changed">
            {LOOK_AGAIN[reason]}
          </p>
        )}
        <Button
          tone="primary"
          className="w-full"
          disabled={obstacle !== null || busy}
          onClick={() => void approve()}
        >
          {busy ? busyLabel : label}
        </Button>
      </div>
    </>
  )
}

function obstacleTo({ rehearsal, findings }: Preview, confirmed: ReadonlySet<string>): string | null {
  if (rehearsal.status === 'refused') return 'The directory has to accept it first.'
  if (findings.some(({ severity }) => severity === 'blocks')) return 'Something blocks this change.'
  const open = findings.some(({ severity, code }) => severity === 'confirm' && !confirmed.has(code))
  return open ? 'Say yes to the findings first.' : null
}

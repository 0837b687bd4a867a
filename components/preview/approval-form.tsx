'use client'

import { type ReactNode, useState } from 'react'
import { useText } from '#words'
import { StageButton } from '@/components/plans/stage-button'
import { Button } from '@/components/ui/button'
import type { Approval, Preview } from '@/lib/changes/preview-result'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'
import { LOOK_AGAIN } from './look-again'
import { PreviewTabs } from './preview-tabs'
import { RehearsalLine } from './rehearsal-line'

interface ApprovalFormProps {
  readonly preview: ShownPreview
  /** Why the last try wrote nothing; null if there was none. */
  readonly reason: keyof typeof LOOK_AGAIN | null
  readonly label: string
  readonly busyLabel: string
  /** What has to be done first, as a sentence; null or absent if nothing. */
  readonly held?: Text | null
  readonly onApprove: (approval: Approval) => Promise<void>
}

/** A preview with its findings, and the button that makes the change when all that needs a yes has one. */
export function ApprovalForm(props: ApprovalFormProps): ReactNode {
  const { preview, reason, label, busyLabel, held = null, onApprove } = props
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const text = useText()
  const obstacle = obstacleTo(preview, confirmed) ?? held

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
          {obstacle !== null && text(obstacle)}
        </p>
        {reason !== null && (
          <p role="alert" className="pb-2 text-[13px] text-changed">
            {text(LOOK_AGAIN[reason])}
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
        <StageButton checksum={busy || preview.rehearsal.status === 'refused' ? null : preview.checksum} />
      </div>
    </>
  )
}

function obstacleTo({ rehearsal, findings }: Preview, confirmed: ReadonlySet<string>): Text | null {
  if (rehearsal.status === 'refused') return { key: 'preview.obstacle.refused' }
  if (findings.some(({ severity }) => severity === 'blocks')) return { key: 'preview.obstacle.blocked' }
  const open = findings.some(({ severity, code }) => severity === 'confirm' && !confirmed.has(code))
  return open ? { key: 'preview.obstacle.findings' } : null
}

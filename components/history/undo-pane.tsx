'use client'

import { type ReactNode, useState } from 'react'
import { LOOK_AGAIN } from '@/components/preview/look-again'
import { PreviewTabs } from '@/components/preview/preview-tabs'
import { Proof } from '@/components/preview/proof'
import { RehearsalLine } from '@/components/preview/rehearsal-line'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Approval, Preview } from '@/lib/changes/preview-result'
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
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [saving, setSaving] = useState(false)
  if (outcome?.status === 'done') return <Proof outcome={outcome} />
  if (initial.status !== 'previewed') return <Refusal refusal={initial} />
  if (outcome !== null && outcome.status !== 'look') return <Refusal refusal={outcome} />
  const preview = outcome?.preview ?? initial.preview
  const obstacle = obstacleTo(preview, confirmed)

  async function save(): Promise<void> {
    setSaving(true)
    const approval = { checksum: preview.checksum, confirmed: [...confirmed] }
    setOutcome(await undo(id, approval).catch(() => UNREACHABLE))
    setSaving(false)
  }

  return (
    <>
      <Cautions cautions={initial.cautions} />
      {initial.later.length > 0 && <Later changes={initial.later} title="Changed since, and not touched" />}
      <PreviewTabs
        preview={preview}
        busy={saving}
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
        {outcome !== null && (
          <p role="alert" className="pb-2 text-[13px] text-changed">
            {LOOK_AGAIN[outcome.reason]}
          </p>
        )}
        <Button
          tone="primary"
          className="w-full"
          disabled={obstacle !== null || saving}
          onClick={() => void save()}
        >
          {saving ? 'Undoing…' : 'Undo this change'}
        </Button>
      </div>
    </>
  )
}

const UNREACHABLE = {
  status: 'refused',
  message:
    'The panel does not answer. Whether the change was undone, the history will say: load the page again.',
} as const

function obstacleTo({ rehearsal, findings }: Preview, confirmed: ReadonlySet<string>): string | null {
  if (rehearsal.status === 'refused') return 'The directory has to accept it first.'
  if (findings.some(({ severity }) => severity === 'blocks')) return 'Something blocks this change.'
  const open = findings.some(({ severity, code }) => severity === 'confirm' && !confirmed.has(code))
  return open ? 'Say yes to the findings first.' : null
}

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

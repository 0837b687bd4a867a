'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { StageButton } from '@/components/plans/stage-button'
import { Button } from '@/components/ui/button'
import type { Preview } from '@/lib/changes/preview-result'
import type { Editing } from './editing'
import type { Text } from '@/lib/words/text'
import { LOOK_AGAIN } from './look-again'
import { RehearsalLine } from './rehearsal-line'

interface PaneFooterProps {
  readonly editing: Editing
  /** Drops what was typed. */
  readonly onDiscard: () => void
  /** Opens the closed sheet of a narrow screen; null when the findings can be seen already. */
  readonly onShowFindings: (() => void) | null
}

/** What the directory says to the change, and the buttons that drop or save it. */
export function PaneFooter({ editing, onDiscard, onShowFindings }: PaneFooterProps): ReactNode {
  const t = useTranslations('preview')
  const text = useText()
  if (!editing.changed) return null
  const preview = editing.preview?.status === 'previewed' ? editing.preview.preview : null
  const obstacle = obstacleTo(editing, preview)
  return (
    <div className="border-t border-line py-3">
      {preview !== null && <RehearsalLine rehearsal={preview.rehearsal} />}
      <p aria-live="polite" className="pb-2 text-[13px] text-soft empty:hidden">
        {obstacle !== null && text(obstacle)}
      </p>
      <SaveOutcome editing={editing} />
      {onShowFindings !== null && (preview?.findings.length ?? 0) > 0 && (
        <Button className="mb-2 w-full lg:hidden" onClick={onShowFindings}>
          {t('showFindings', { count: preview?.findings.length ?? 0 })}
        </Button>
      )}
      <div className="flex gap-2">
        <Button onClick={onDiscard}>{t('discard')}</Button>
        <Button
          tone="primary"
          className="flex-1"
          disabled={obstacle !== null || editing.saving || editing.previewing}
          onClick={editing.save}
        >
          {t(editing.saving ? 'saving' : editing.previewing ? 'askingShort' : 'save')}
        </Button>
      </div>
      <StageButton checksum={editing.previewing ? null : stageable(editing)} />
    </div>
  )
}

/** The checksum of a preview that can be put aside: of the whole form, and not refused. */
function stageable({ preview }: Editing): string | null {
  if (preview?.status !== 'previewed' || preview.problems.length > 0) return null
  return preview.preview.rehearsal.status === 'refused' ? null : preview.preview.checksum
}

/** Why the form cannot be saved as it is; null if it can. */
function obstacleTo(editing: Editing, preview: Preview | null): Text | null {
  if (editing.preview?.status === 'stale') return { key: 'preview.obstacle.stale' }
  if (editing.preview?.status === 'refused') return { key: 'preview.obstacle.noPreview' }
  if (editing.preview === null || preview === null) return null
  if (editing.preview.problems.length > 0) return { key: 'preview.obstacle.problems' }
  if (preview.rehearsal.status === 'refused') return { key: 'preview.obstacle.refused' }
  if (preview.findings.some(({ severity }) => severity === 'blocks'))
    return { key: 'preview.obstacle.blocked' }
  const open = preview.findings.filter(
    ({ severity, code }) => severity === 'confirm' && !editing.confirmed.has(code),
  )
  return open.length === 0 ? null : { key: 'preview.obstacle.findingsOrForm' }
}

function SaveOutcome({ editing: { outcome } }: { readonly editing: Editing }): ReactNode {
  const t = useTranslations('preview')
  const text = useText()
  if (outcome?.status === 'refused' && outcome.field === null)
    return (
      <p role="alert" className="pb-2 text-[13px] text-lost">
        {t('notSaved', { reason: text(outcome.message) })}
      </p>
    )
  if (outcome?.status === 'look')
    return (
      <p role="alert" className="pb-2 text-[13px] text-changed">
        {text(LOOK_AGAIN[outcome.reason])}
      </p>
    )
  return null
}

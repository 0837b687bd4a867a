'use client'

import type { ReactNode } from 'react'
import { useText } from '#words'
import { Button } from '@/components/ui/button'
import type { Preview } from '@/lib/changes/preview-result'
import type { Editing } from './editing'
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
  if (!editing.changed) return null
  const preview = editing.preview?.status === 'previewed' ? editing.preview.preview : null
  const obstacle = obstacleTo(editing, preview)
  return (
    <div className="border-t border-line py-3">
      {preview !== null && <RehearsalLine rehearsal={preview.rehearsal} />}
      <p aria-live="polite" className="pb-2 text-[13px] text-soft empty:hidden">
        {obstacle}
      </p>
      <SaveOutcome editing={editing} />
      {onShowFindings !== null && (preview?.findings.length ?? 0) > 0 && (
        <Button className="mb-2 w-full lg:hidden" onClick={onShowFindings}>
          Show {preview?.findings.length} {preview?.findings.length === 1 ? 'finding' : 'findings'}
        </Button>
      )}
      <div className="flex gap-2">
        <Button onClick={onDiscard}>Discard</Button>
        <Button
          tone="primary"
          className="flex-1"
          disabled={obstacle !== null || editing.saving || editing.previewing}
          onClick={editing.save}
        >
          {editing.saving ? 'Saving…' : editing.previewing ? 'Asking…' : 'Save'}
        </Button>
      </div>
    </div>
  )
}

/** Why the form cannot be saved as it is, as a sentence; null if it can. */
function obstacleTo(editing: Editing, preview: Preview | null): string | null {
  if (editing.preview?.status === 'stale')
    return 'Someone changed this meanwhile. See the note above the form.'
  if (editing.preview?.status === 'refused') return 'Without a preview nothing is saved.'
  if (editing.preview === null || preview === null) return null
  if (editing.preview.problems.length > 0) return 'Mend what is marked in the form first.'
  if (preview.rehearsal.status === 'refused') return 'The directory has to accept it first.'
  if (preview.findings.some(({ severity }) => severity === 'blocks')) return 'Something blocks this change.'
  const open = preview.findings.filter(
    ({ severity, code }) => severity === 'confirm' && !editing.confirmed.has(code),
  )
  return open.length === 0 ? null : 'Say yes to the findings, or change the form.'
}

function SaveOutcome({ editing: { outcome } }: { readonly editing: Editing }): ReactNode {
  const text = useText()
  if (outcome?.status === 'refused' && outcome.field === null)
    return (
      <p role="alert" className="pb-2 text-[13px] text-lost">
        Not saved: {text(outcome.message)}
      </p>
    )
  if (outcome?.status === 'look')
    return (
      <p role="alert" className="pb-2 text-[13px] text-changed">
        {LOOK_AGAIN[outcome.reason]}
      </p>
    )
  return null
}

'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalPane } from '@/components/preview/approval-pane'
import { CautionList } from '@/components/preview/caution-list'
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
  const t = useTranslations('history.undo')
  if (initial.status !== 'previewed') return <Refusal refusal={initial} />
  const unreachable = { status: 'refused', message: t('unreachable') } as const
  return (
    <ApprovalPane
      preview={initial.preview}
      label={t('label')}
      busyLabel={t('busy')}
      approve={async (approval) => {
        const outcome = await undo(id, approval).catch(() => unreachable)
        return outcome.status === 'done' || outcome.status === 'look'
          ? outcome
          : { status: 'refusal', notice: <Refusal refusal={outcome} /> }
      }}
    >
      <CautionList cautions={initial.cautions} />
      {initial.later.length > 0 && <Later changes={initial.later} title={t('untouched')} />}
    </ApprovalPane>
  )
}

function Refusal({ refusal }: { readonly refusal: NoUndo }): ReactNode {
  const t = useTranslations('history.undo')
  const text = useText()
  switch (refusal.status) {
    case 'conflict':
      return (
        <>
          <div className="py-3">
            <Notice tone="lost" role="alert" title={t('conflict')}>
              <p>{t('conflictHint')}</p>
              <ul className="mt-1 list-disc space-y-1 pl-4 wrap-anywhere">
                {refusal.obstacles.map((obstacle) => (
                  <li key={text(obstacle)}>{text(obstacle)}</li>
                ))}
              </ul>
            </Notice>
          </div>
          {refusal.later.length > 0 && <Later changes={refusal.later} title={t('since')} />}
        </>
      )
    case 'impossible':
    case 'refused':
      return (
        <div className="py-3">
          <Notice tone={refusal.status === 'refused' ? 'lost' : 'plain'} title={t(refusal.status)}>
            <p>{text(refusal.message)}</p>
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

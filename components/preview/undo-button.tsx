'use client'

import { Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CommitUndo } from '@/lib/history/commit-undo-state'
import { useUndoing } from './undo-provider'

type Refusal = Exclude<CommitUndo, { status: 'undone' }>

interface UndoButtonProps {
  /** Names the commit; null if nothing was written. */
  readonly journal: string | null
  /** `primary` where undoing is what most people will want: after an alarm. */
  readonly tone: 'primary' | 'plain'
}

/** Takes a commit back in one click, and says why if that cannot be. */
export function UndoButton({ journal, tone }: UndoButtonProps): ReactNode {
  const t = useTranslations('undo')
  const undoing = useUndoing()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  if (undoing === null || journal === null) return null

  async function undo(name: string, { undo: ask, onUndone }: NonNullable<typeof undoing>): Promise<void> {
    setBusy(true)
    const answer = await ask(name).catch(() => UNREACHABLE)
    if (answer.status === 'undone') {
      // Stays busy: the page starts anew.
      onUndone(answer)
      return
    }
    setRefusal(answer)
    setBusy(false)
  }

  return (
    <div className="pt-2">
      <Button tone={tone} title={t('hint')} disabled={busy} onClick={() => void undo(journal, undoing)}>
        <Undo2 aria-hidden className="size-4" />
        {busy ? t('busy') : t('label')}
      </Button>
      {refusal !== null && !busy && <RefusalNotice refusal={refusal} />}
    </div>
  )
}

const UNREACHABLE = { status: 'refused', message: { key: 'undo.unreachable' } } as const

function RefusalNotice({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const t = useTranslations('undo')
  const text = useText()
  return (
    <div className="pt-2">
      {refusal.status === 'refused' ? (
        <Notice tone="lost" role="alert" title={t('refused')}>
          <p className="wrap-anywhere">{text(refusal.message)}</p>
        </Notice>
      ) : (
        <Notice tone="lost" role="alert" title={t(refusal.status)}>
          <p>{t(`${refusal.status}Hint`)}</p>
          <ul className="mt-1 list-disc space-y-1 pl-4 wrap-anywhere">
            {(refusal.status === 'look' ? refusal.findings : refusal.obstacles).map((line) => (
              <li key={text(line)}>{text(line)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

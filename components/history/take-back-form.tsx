'use client'

import { type ReactNode, useActionState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Text } from '@/lib/words/text'

interface TakeBackFormProps {
  readonly label: string
  /** Where the label alone does not say what is taken back. */
  readonly accessibleLabel?: string
  /** Begins to check and goes on to the job; else says why not. */
  readonly begin: () => Promise<Text>
}

/** The button that begins to take back what was made together: what that does is shown first. */
export function TakeBackForm({ label, accessibleLabel, begin }: TakeBackFormProps): ReactNode {
  const t = useTranslations('history')
  const text = useText()
  const [refusal, submit, busy] = useActionState<Text | null>(
    () => begin().catch((): Text => ({ key: 'edit.unreachable' })),
    null,
  )
  return (
    <form action={submit}>
      {refusal !== null && !busy && (
        <div className="pb-3">
          <Notice tone="lost" role="alert" title={t('undo.refused')}>
            <p>{text(refusal)}</p>
          </Notice>
        </div>
      )}
      <Button type="submit" disabled={busy} aria-label={accessibleLabel}>
        {busy ? t('together.beginning') : label}
      </Button>
    </form>
  )
}

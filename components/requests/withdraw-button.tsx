'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { Text } from '@/lib/words/text'

interface WithdrawButtonProps {
  readonly id: string
  readonly address: string
  readonly withdraw: (id: string) => Promise<Text | null>
}

/** Takes a waiting request back; the list is drawn anew without it. */
export function WithdrawButton({ id, address, withdraw }: WithdrawButtonProps): ReactNode {
  const t = useTranslations('requests')
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Text | null>(null)
  return (
    <div className="max-w-xs">
      <Button
        aria-label={t('withdrawLabel', { address })}
        disabled={busy}
        onClick={() => {
          setBusy(true)
          void withdraw(id)
            .catch((): Text => ({ key: 'requests.unreachable' }))
            .then((refusal) => {
              setProblem(refusal)
              setBusy(false)
            })
        }}
      >
        {busy ? t('withdrawing') : t('withdraw')}
      </Button>
      {problem !== null && (
        <p role="alert" className="pt-1 text-[13px] text-lost">
          {text(problem)}
        </p>
      )}
    </div>
  )
}

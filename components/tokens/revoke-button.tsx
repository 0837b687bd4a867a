'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { Text } from '@/lib/words/text'

interface RevokeButtonProps {
  readonly id: string
  readonly name: string
  readonly revoke: (id: string) => Promise<Text | null>
}

/** Revokes a token at once; the list is drawn anew without it. */
export function RevokeButton({ id, name, revoke }: RevokeButtonProps): ReactNode {
  const t = useTranslations('tokens')
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Text | null>(null)
  return (
    <div className="max-w-xs">
      <Button
        aria-label={t('revokeLabel', { name })}
        disabled={busy}
        onClick={() => {
          setBusy(true)
          void revoke(id)
            .catch((): Text => ({ key: 'tokens.unreachable' }))
            .then((refusal) => {
              setProblem(refusal)
              setBusy(false)
            })
        }}
      >
        {busy ? t('revoking') : t('revoke')}
      </Button>
      {problem !== null && (
        <p role="alert" className="pt-1 text-[13px] text-lost">
          {text(problem)}
        </p>
      )}
    </div>
  )
}

'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { ActionButton } from '@/components/ui/action-button'
import type { Text } from '@/lib/words/text'

interface RevokeButtonProps {
  readonly id: string
  readonly name: string
  readonly revoke: (id: string) => Promise<Text | null>
}

/** Revokes a token at once; the list is drawn anew without it. */
export function RevokeButton({ id, name, revoke }: RevokeButtonProps): ReactNode {
  const t = useTranslations('tokens')
  return (
    <ActionButton
      label={t('revokeLabel', { name })}
      busyLabel={t('revoking')}
      unreachable={{ key: 'tokens.unreachable' }}
      act={() => revoke(id)}
    >
      {t('revoke')}
    </ActionButton>
  )
}

'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { ActionButton } from '@/components/ui/action-button'
import type { Text } from '@/lib/words/text'

interface WithdrawButtonProps {
  readonly id: string
  readonly address: string
  readonly withdraw: (id: string) => Promise<Text | null>
}

/** Takes a waiting request back; the list is drawn anew without it. */
export function WithdrawButton({ id, address, withdraw }: WithdrawButtonProps): ReactNode {
  const t = useTranslations('requests')
  return (
    <ActionButton
      label={t('withdrawLabel', { address })}
      busyLabel={t('withdrawing')}
      unreachable={{ key: 'requests.unreachable' }}
      act={() => withdraw(id)}
    >
      {t('withdraw')}
    </ActionButton>
  )
}

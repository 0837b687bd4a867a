'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import type { PasswordOutcome } from '@/lib/changes/mailbox-password-state'

/** What became of a password. A generated one is told this one time: it is nowhere but on this screen. */
export function PasswordTold({ outcome }: { readonly outcome: PasswordOutcome }): ReactNode {
  const t = useTranslations('mailbox.password')
  const text = useText()
  if (outcome.status === 'refused')
    return (
      <Notice tone="lost" role="alert" title={t('notSet')}>
        <p>{text(outcome.message)}</p>
      </Notice>
    )
  return (
    <Notice tone="added" role="status" title={t('set')}>
      {outcome.generated === null ? (
        <p>{t('setHint')}</p>
      ) : (
        <>
          <p>{t('generatedHint')}</p>
          <p className="mt-2 flex flex-wrap items-center gap-2 rounded-md bg-panel px-2.5 py-1 text-ink">
            <code className="font-mono text-base">{outcome.generated}</code>
            <CopyButton text={outcome.generated} />
          </p>
        </>
      )}
    </Notice>
  )
}

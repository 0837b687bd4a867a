'use client'

import { type ReactNode, useActionState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { signOutOfEverything } from '@/app/sign-out'

/** The button that ends every session of the person, this one too. */
export function SignOutEverywhere(): ReactNode {
  const [state, action, pending] = useActionState(signOutOfEverything, { problem: null })
  const t = useTranslations('signIn.account')
  const text = useText()
  return (
    <form action={action} className="mt-6 space-y-3 border-t border-line pt-6">
      {state.problem !== null && (
        <Notice tone="lost" role="alert" title={t('stillSignedIn')}>
          <p>{text(state.problem)}</p>
        </Notice>
      )}
      <p className="text-soft">{t('lostDevice')}</p>
      <Button type="submit" className="min-h-10 w-full" disabled={pending}>
        {t('everywhere')}
      </Button>
    </form>
  )
}

'use client'

import { type ReactNode, useActionState } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { changePassword, type SignInState } from '@/app/sign-in/actions'
import { PasswordInput } from '@/app/sign-in/password-input'
import { Refusal } from '@/app/sign-in/refusal'
import { NewPasswordInputs } from '@/app/sign-in/sign-in-form'

const UNTOUCHED: SignInState = { code: null, problem: null, name: '', step: 'newPassword' }

/** The form for a new password of the person who is signed in. `name` is for password managers alone. */
export function PasswordForm({ name }: { readonly name: string }): ReactNode {
  const [state, action, pending] = useActionState(changePassword, UNTOUCHED)
  const t = useTranslations('signIn.newPassword')
  return (
    <form action={action} className="space-y-4">
      <Refusal state={state} title={t('unchanged')} />
      <input type="text" name="name" value={name} readOnly hidden autoComplete="username" />
      <PasswordInput id="password" label={t('current')} autoComplete="current-password" />
      <NewPasswordInputs />
      <Button type="submit" tone="primary" className="min-h-10 w-full" disabled={pending}>
        {t(pending ? 'changing' : 'change')}
      </Button>
    </form>
  )
}

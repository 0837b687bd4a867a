'use client'

import { type ReactNode, useActionState } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { type SignInState, signInWithPassword } from './actions'
import { PasswordInput } from './password-input'
import { Refusal } from './refusal'

/**
 * The sign-in form. When the directory wants a new password first, it becomes the form for that. Works without
 * JavaScript.
 */
export function SignInForm({ code }: { readonly code: string | null }): ReactNode {
  const before: SignInState = { code, problem: null, name: '', step: 'signIn' }
  const [state, action, pending] = useActionState(signInWithPassword, before)
  const setsPassword = state.step === 'newPassword'
  const t = useTranslations('signIn')
  return (
    <>
      <h1>{t(setsPassword ? 'newPassword.title' : 'title')}</h1>
      <p className="mt-1 mb-6 text-soft">{t(setsPassword ? 'newPassword.about' : 'about')}</p>
      <form key={state.step} action={action} className="space-y-4">
        <Refusal state={state} title={t('notSignedIn')} />
        <div>
          <label htmlFor="name" className="mb-1 block text-soft">
            {t('name')}
          </label>
          <input
            id="name"
            name="name"
            required
            maxLength={320}
            readOnly={setsPassword}
            defaultValue={state.name}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            className="min-h-10 w-full rounded-lg border border-edge bg-panel px-3 read-only:bg-hover"
          />
        </div>
        <PasswordInput
          id="password"
          label={t(setsPassword ? 'newPassword.current' : 'password')}
          autoComplete="current-password"
        />
        {setsPassword && <NewPasswordInputs />}
        <Button type="submit" tone="primary" className="min-h-10 w-full" disabled={pending}>
          {setsPassword
            ? t(pending ? 'newPassword.submitting' : 'newPassword.submit')
            : t(pending ? 'submitting' : 'submit')}
        </Button>
      </form>
    </>
  )
}

/** The new password, twice. */
export function NewPasswordInputs(): ReactNode {
  const t = useTranslations('signIn.newPassword')
  return (
    <>
      <PasswordInput id="newPassword" label={t('next')} autoComplete="new-password" />
      <PasswordInput id="repeatedPassword" label={t('again')} autoComplete="new-password" />
    </>
  )
}

'use client'

import { type ReactNode, useActionState } from 'react'
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
  return (
    <>
      <h1>{setsPassword ? 'Set a new password' : 'Sign in'}</h1>
      <p className="mt-1 mb-6 text-soft">
        {setsPassword
          ? 'Your password is right, but the directory wants you to choose your own before you go on.'
          : 'The mail directory behind Postfix and Dovecot.'}
      </p>
      <form key={state.step} action={action} className="space-y-4">
        <Refusal state={state} title="Not signed in" />
        <div>
          <label htmlFor="name" className="mb-1 block text-soft">
            Mail address or user name
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
          label={setsPassword ? 'Current password' : 'Password'}
          autoComplete="current-password"
        />
        {setsPassword && <NewPasswordInputs />}
        <Button type="submit" tone="primary" className="min-h-10 w-full" disabled={pending}>
          {setsPassword
            ? label(pending, 'Set password', 'Setting…')
            : label(pending, 'Sign in', 'Signing in…')}
        </Button>
      </form>
    </>
  )
}

/** The new password, twice. */
export function NewPasswordInputs(): ReactNode {
  return (
    <>
      <PasswordInput id="newPassword" label="New password" autoComplete="new-password" />
      <PasswordInput id="repeatedPassword" label="New password again" autoComplete="new-password" />
    </>
  )
}

function label(pending: boolean, still: string, busy: string): string {
  return pending ? busy : still
}

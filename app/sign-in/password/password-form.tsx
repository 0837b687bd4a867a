'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { changePassword, type SignInState } from '@/app/sign-in/actions'
import { PasswordInput } from '@/app/sign-in/password-input'
import { Refusal } from '@/app/sign-in/refusal'
import { NewPasswordInputs } from '@/app/sign-in/sign-in-form'

const UNTOUCHED: SignInState = { code: null, problem: null, name: '', step: 'newPassword' }

/** The form for a new password of the person who is signed in. `name` is for password managers alone. */
export function PasswordForm({ name }: { readonly name: string }): ReactNode {
  const [state, action, pending] = useActionState(changePassword, UNTOUCHED)
  return (
    <form action={action} className="space-y-4">
      <Refusal state={state} title="Password not changed" />
      <input type="text" name="name" value={name} readOnly hidden autoComplete="username" />
      <PasswordInput id="password" label="Current password" autoComplete="current-password" />
      <NewPasswordInputs />
      <Button type="submit" tone="primary" className="min-h-10 w-full" disabled={pending}>
        {pending ? 'Changing…' : 'Change password'}
      </Button>
    </form>
  )
}

'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { signInWithPassword } from './actions'

const SENTENCES: Readonly<Record<string, string>> = {
  wrong: 'Name or password is wrong, or this mailbox is disabled. Check both and try again.',
  limited: 'There were too many wrong passwords for this name. Wait five minutes and try again.',
  unavailable: 'The directory does not answer, so nobody can sign in. Try again, or tell your postmaster.',
}
const OTHER = 'Signing in did not work. Try again.'

/** The sign-in form; works without JavaScript. */
export function SignInForm({ code }: { readonly code: string | null }): ReactNode {
  const [state, action, pending] = useActionState(signInWithPassword, { code, name: '' })
  return (
    <form action={action} className="space-y-4">
      {state.code !== null && (
        <Notice tone="lost" role="alert" title="Not signed in">
          <p>{SENTENCES[state.code] ?? OTHER}</p>
        </Notice>
      )}
      <div>
        <label htmlFor="name" className="mb-1 block text-soft">
          Mail address or user name
        </label>
        <input
          id="name"
          name="name"
          required
          defaultValue={state.name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          className="min-h-10 w-full rounded-lg border border-edge bg-panel px-3"
        />
      </div>
      <div>
        <label htmlFor="password" className="mb-1 block text-soft">
          Password
        </label>
        <input
          id="password"
          name="password"
          type="password"
          required
          autoComplete="current-password"
          className="min-h-10 w-full rounded-lg border border-edge bg-panel px-3"
        />
      </div>
      <Button type="submit" tone="primary" className="min-h-10 w-full" disabled={pending}>
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { signOutOfEverything } from '@/app/sign-out'

/** The button that ends every session of the person, this one too. */
export function SignOutEverywhere(): ReactNode {
  const [state, action, pending] = useActionState(signOutOfEverything, { problem: null })
  return (
    <form action={action} className="mt-6 space-y-3 border-t border-line pt-6">
      {state.problem !== null && (
        <Notice tone="lost" role="alert" title="Still signed in">
          <p>{state.problem}</p>
        </Notice>
      )}
      <p className="text-soft">A device that is lost, or a browser that you forgot to sign out of?</p>
      <Button type="submit" className="min-h-10 w-full" disabled={pending}>
        Sign out everywhere
      </Button>
    </form>
  )
}

import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import { requireAuthority } from '@/lib/auth/current-authority'
import { canSignOutEverywhere } from '@/lib/auth/sign-in'
import { PasswordForm } from './password-form'
import { SignOutEverywhere } from './sign-out-everywhere'

export const metadata: Metadata = { title: 'Password and sessions' }

/**
 * Where a person changes the password and ends all sessions. A sign-in leads here when the password has expired
 * or soon will.
 */
export default async function PasswordPage({
  searchParams,
}: PageProps<'/sign-in/password'>): Promise<ReactNode> {
  const { person } = await requireAuthority()
  const { changed, days, grace } = await searchParams
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-8 text-[15px] font-semibold tracking-tight">Postbook</p>
        <h1>Password and sessions</h1>
        <p className="mt-1 mb-6 text-soft">
          <span className="address">{person.mail === '' ? person.name : person.mail}</span>
        </p>
        <div className="space-y-4">
          {changed !== undefined && (
            <Notice tone="added" role="status" title="Password changed">
              {changed === 'ended' && <p>Your other sessions have ended.</p>}
            </Notice>
          )}
          <Warning days={numberIn(days)} grace={numberIn(grace)} />
          <PasswordForm name={person.mail} />
        </div>
        {canSignOutEverywhere() && <SignOutEverywhere />}
        <p className="mt-6">
          <Link href="/" className="inline-flex min-h-8 items-center text-accent hover:underline">
            {days === undefined && grace === undefined ? 'Back to the panel' : 'Not now: go to the panel'}
          </Link>
        </p>
      </div>
    </main>
  )
}

function Warning({
  days,
  grace,
}: {
  readonly days: number | null
  readonly grace: number | null
}): ReactNode {
  if (grace !== null)
    return (
      <Notice tone="lost" role="alert" title="Your password has expired">
        <p>
          {grace === 0
            ? 'This was the last sign-in with it. Ask your postmaster to set a new one before you sign out.'
            : `You can use it ${times(grace)} more. Changing it here is one of them: do it now.`}
        </p>
      </Notice>
    )
  if (days === null) return null
  return (
    <Notice
      tone="changed"
      role="status"
      title={days === 0 ? 'Your password expires today' : `Your password expires in ${plural(days, 'day')}`}
    >
      <p>Choose a new one now, or it will not let you in any more.</p>
    </Notice>
  )
}

function times(count: number): string {
  return count === 1 ? 'once' : plural(count, 'time')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** A small number from the address; anything else is none. */
function numberIn(parameter: string | string[] | undefined): number | null {
  return typeof parameter === 'string' && /^\d{1,4}$/.test(parameter) ? Number(parameter) : null
}

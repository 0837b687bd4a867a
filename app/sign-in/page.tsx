import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { SetupProblems } from '@/components/shell/setup-problems'
import { currentAuthority } from '@/lib/auth/current-authority'
import { checkSite } from '@/lib/site/readiness'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

/** No LDAP round trip beyond the readiness check when nobody is signed in. */
export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>): Promise<ReactNode> {
  await connection()
  const problems = await checkSite()
  if (problems.length > 0) return <SetupProblems problems={problems} />
  if ((await currentAuthority()).status === 'signedIn') redirect('/')
  const { code } = await searchParams
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-8 text-[15px] font-semibold tracking-tight">Postbook</p>
        <h1>Sign in</h1>
        <p className="mt-1 mb-6 text-soft">The mail directory behind Postfix and Dovecot.</p>
        <SignInForm code={typeof code === 'string' ? code : null} />
      </div>
    </main>
  )
}

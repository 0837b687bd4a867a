import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { SetupProblems } from '@/components/shell/setup-problems'
import { Button } from '@/components/ui/button'
import { getTranslations } from '@/components/words/server'
import { currentAuthority } from '@/lib/auth/current-authority'
import { providerName } from '@/lib/auth/sign-in'
import { checkSite } from '@/lib/site/readiness'
import { signInWithProvider } from './actions'
import { SignInForm } from './sign-in-form'

/** The page's title. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') }
}

/** No LDAP round trip beyond the readiness check when nobody is signed in. */
export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>): Promise<ReactNode> {
  await connection()
  const problems = await checkSite()
  if (problems.length > 0) return <SetupProblems problems={problems} />
  if ((await currentAuthority()).status === 'signedIn') redirect('/')
  // `code` is ours; `error` is next-auth's, for whatever went wrong on the way back from a provider.
  const { code, error } = await searchParams
  const provider = providerName()
  const t = await getTranslations('signIn')
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-8 text-[15px] font-semibold tracking-tight">Postbook</p>
        <SignInForm code={typeof code === 'string' ? code : error === undefined ? null : 'provider'} />
        {provider !== null && (
          <form action={signInWithProvider} className="mt-6 border-t border-line pt-6">
            <Button type="submit" className="min-h-10 w-full">
              {t('provider', { provider })}
            </Button>
          </form>
        )}
      </div>
    </main>
  )
}

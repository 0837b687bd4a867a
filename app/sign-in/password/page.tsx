import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ViewBanner } from '@/app/view-banner'
import { Notice } from '@/components/ui/notice'
import { getTranslations, useTranslations } from '@/components/words/server'
import { requireAuthority } from '@/lib/auth/current-authority'
import { canSignOutEverywhere } from '@/lib/auth/sign-in'
import { PasswordForm } from './password-form'
import { SignOutEverywhere } from './sign-out-everywhere'

/** The page's title. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn.account'))('title') }
}

/**
 * Where a person changes the password and ends all sessions. A sign-in leads here when the password has expired
 * or soon will.
 */
export default async function PasswordPage({
  searchParams,
}: PageProps<'/sign-in/password'>): Promise<ReactNode> {
  const { person, viewer } = await requireAuthority()
  const { changed, days, grace } = await searchParams
  const t = await getTranslations('signIn.account')
  return (
    <main className="grid min-h-dvh grid-rows-[auto_minmax(0,1fr)] place-items-center">
      <div className="w-full">
        <ViewBanner />
      </div>
      <div className="w-full max-w-sm px-4 py-10">
        <p className="mb-8 text-[15px] font-semibold tracking-tight">Postbook</p>
        <h1>{t('title')}</h1>
        <p className="mt-1 mb-6 text-soft">
          <span className="address">{person.mail === '' ? person.name : person.mail}</span>
        </p>
        <div className="space-y-4">
          {changed !== undefined && (
            <Notice tone="added" role="status" title={t('changed')}>
              {changed === 'ended' && <p>{t('othersEnded')}</p>}
            </Notice>
          )}
          <Warning days={numberIn(days)} grace={numberIn(grace)} />
          {viewer === null && <PasswordForm name={person.mail} />}
        </div>
        {viewer === null && canSignOutEverywhere() && <SignOutEverywhere />}
        <p className="mt-6">
          <Link href="/" className="inline-flex min-h-8 items-center text-accent hover:underline">
            {t(days === undefined && grace === undefined ? 'back' : 'notNow')}
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
  const t = useTranslations('signIn.account')
  if (grace !== null)
    return (
      <Notice tone="lost" role="alert" title={t('expired')}>
        <p>{grace === 0 ? t('lastGrace') : t('grace', { count: grace })}</p>
      </Notice>
    )
  if (days === null) return null
  return (
    <Notice tone="changed" role="status" title={t('expires', { days })}>
      <p>{t('chooseNew')}</p>
    </Notice>
  )
}

/** A small number from the address; anything else is none. */
function numberIn(parameter: string | string[] | undefined): number | null {
  return typeof parameter === 'string' && /^\d{1,4}$/.test(parameter) ? Number(parameter) : null
}

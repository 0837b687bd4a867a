import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { LookAgain } from '@/components/health/look-again'
import { PageHead } from '@/components/shell/page-head'
import { PagePart } from '@/components/shell/page-part'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { scanProgress } from '@/lib/health/scan'
import { lookAgain, stopLooking } from './actions'
import { Configuration, Directory, KindBars } from './reports'

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('health'))('title') }
}

/**
 * Checks over the whole directory and the mail configuration, for postmasters. Only the person's authority is waited
 * for; the rest is sent when it is ready. LDAP round trips: those of lib/health/report.
 */
export default async function HealthPage(): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('health')])
  if (authority.role !== 'postmaster') notFound()
  return (
    <div className="max-w-6xl px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        tools={<LookAgain initial={scanProgress()} again={lookAgain} stop={stopLooking} />}
      />
      <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="grid content-start gap-y-7">
          {/* Together, so that the second does not jump when the first is there: it needs the same look. */}
          <Suspense fallback={<p className="min-h-96 text-soft">{t('looking')}</p>}>
            <section aria-label={t('directory')}>
              <h2 className="caption mb-2">{t('directory')}</h2>
              <Directory authority={authority} />
            </section>
            <PagePart title={t('configuration')} height="min-h-40" wait={t('asking')}>
              <Configuration authority={authority} />
            </PagePart>
          </Suspense>
        </div>
        <PagePart title={t('chart')} height="min-h-40" wait={t('looking')}>
          <KindBars authority={authority} />
        </PagePart>
      </div>
    </div>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { SettingTables } from '@/components/setup/setting-tables'
import { PageHead } from '@/components/shell/page-head'
import { PagePart } from '@/components/shell/page-part'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { settingsInUse } from '@/lib/setup/settings-in-use'
import { Journal, Problems, Server, Store, Tables } from './parts'

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') }
}

/**
 * What the panel is connected to, and whether each part works; for postmasters. Only the person's authority is waited
 * for; the rest is sent when it is ready. LDAP round trips: those of lib/setup and of lib/site/readiness.
 */
export default async function SetupPage(): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('setup')])
  if (authority.role !== 'postmaster') notFound()
  const { settings, version, node } = settingsInUse()
  return (
    <div className="max-w-5xl px-4 pb-10 md:px-7">
      <PageHead title={t('title')} about={t('version', { version, node })} />
      <div className="grid gap-y-7">
        <Suspense fallback={<p className="min-h-16 text-soft">{t('checking')}</p>}>
          <Problems />
        </Suspense>
        <PagePart title={t('server.title')} height="min-h-96" wait={t('checking')}>
          <Server authority={authority} />
        </PagePart>
        <PagePart title={t('store.title')} height="min-h-16" wait={t('checking')}>
          <Store authority={authority} />
        </PagePart>
        <PagePart title={t('journal.title')} height="min-h-16" wait={t('checking')}>
          <Journal authority={authority} />
        </PagePart>
        <PagePart title={t('tables.title')} height="min-h-32" wait={t('checking')}>
          <Tables authority={authority} />
        </PagePart>
        <SettingTables settings={settings} />
      </div>
    </div>
  )
}

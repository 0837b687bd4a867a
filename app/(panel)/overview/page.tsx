import type { Metadata } from 'next'
import Link from 'next/link'
import { type ReactNode, Suspense } from 'react'
import { z } from 'zod'
import { PageHead } from '@/components/shell/page-head'
import { PagePart } from '@/components/shell/page-part'
import { SearchBox } from '@/components/ui/search-box'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { Attention, Counts, DomainBars } from './counted'
import { ChangesByDay, RecentChanges } from './changes'
import { WhereTo } from './where-to'

const overviewQuery = z.object({ q: z.string().trim().max(1000).catch('') })

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') }
}

/**
 * The first page of postmasters and domain administrators. Only the person's authority is waited for; all else is
 * sent when it is ready. LDAP round trips: those of lib/overview, of the newest changes, and of one trace.
 */
export default async function OverviewPage({ searchParams }: PageProps<'/overview'>): Promise<ReactNode> {
  const [authority, words] = await Promise.all([requireStaff(), getTranslations('overview')])
  const { q } = overviewQuery.parse(await searchParams)
  return (
    <div className="max-w-6xl px-4 pb-10 md:px-7">
      <PageHead
        title={words('title')}
        tools={<SearchBox action="/overview" name="q" label={words('where')} defaultValue={q} />}
      />
      {q !== '' && (
        <Suspense key={q} fallback={<p className="min-h-32 text-soft">{words('following')}</p>}>
          <WhereTo authority={authority} address={q} />
        </Suspense>
      )}
      <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="grid content-start gap-y-7">
          <PagePart title={words('attention')} height="min-h-40" wait={words('checking')}>
            <Attention authority={authority} />
          </PagePart>
          <PagePart title={words('recent')} height="min-h-40" wait={words('reading')}>
            <RecentChanges authority={authority} />
            <p className="pt-2 text-[13px]">
              <Link href="/history" className="text-accent hover:underline">
                {words('allChanges')}
              </Link>
            </p>
          </PagePart>
        </div>
        <div className="grid content-start gap-y-7">
          <PagePart title={words('counts')} height="min-h-20" wait={words('counting')}>
            <Counts authority={authority} />
          </PagePart>
          <PagePart title={words('overTime')} height="min-h-36" wait={words('reading')}>
            <ChangesByDay authority={authority} />
          </PagePart>
          <PagePart title={words('perDomain')} height="min-h-32" wait={words('counting')}>
            <DomainBars authority={authority} />
          </PagePart>
        </div>
      </div>
    </div>
  )
}

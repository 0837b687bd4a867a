import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { RequestTable } from '@/components/requests/request-table'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { pageInUrl } from '@/lib/entries/list-page'
import { hasRequests, listWaitingRequests } from '@/lib/requests/waiting-requests'

/** Titled in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('requests'))('title') }
}

const query = z.object({ page: pageInUrl })

/** What waits for this person's yes. LDAP round trips: one for the person's authority, one for the store. */
export default async function RequestsPage({ searchParams }: PageProps<'/requests'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const { page } = query.parse(await searchParams)
  const [waiting, t] = await Promise.all([listWaitingRequests(authority), getTranslations('requests')])
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead title={t('title')} about={t('about')} />
      {waiting.status === 'failed' ? (
        <Unanswered failure={waiting} />
      ) : hasRequests() ? (
        <RequestTable requests={waiting.requests} page={page} />
      ) : (
        <p className="max-w-prose">{t('unavailable')}</p>
      )}
    </div>
  )
}

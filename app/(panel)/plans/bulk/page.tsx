import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { mailboxQuery } from '@/app/(panel)/mailboxes/query'
import { BulkForm } from '@/components/bulk/bulk-form'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { countMailboxes } from '@/lib/lists/mailbox-selection'
import type { MailboxSelection } from '@/lib/lists/mailbox-selection'
import { isRunning, jobOf, MOST_ITEMS } from '@/lib/plans/job'
import { startBulk } from '@/app/(panel)/plans/actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bulk'))('title') }
}

const ids = z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(1000)]).catch([])

/** LDAP round trips: one for the person's authority, one for the number of mailboxes. */
export default async function BulkPage({ searchParams }: PageProps<'/plans/bulk'>): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('bulk')])
  const parameters = await searchParams
  const { text, domain, kind, finding = null } = mailboxQuery.parse(parameters)
  const selection: MailboxSelection =
    parameters['all'] === '1'
      ? { scope: 'matching', text, domain, kind, finding }
      : { scope: 'ticked', ids: ids.parse(parameters['id']) }
  const counted = await countMailboxes(authority, selection, MOST_ITEMS)
  const job = jobOf(authority)
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        about={counted.status === 'counted' ? t('selected', { count: counted.count }) : undefined}
      />
      {counted.status === 'failed' ? (
        <Unanswered failure={counted} />
      ) : counted.count === 0 || counted.count > MOST_ITEMS ? (
        <div className="py-10 text-center">
          <p className="font-medium">{counted.count === 0 ? t('noneSelected') : t('tooMany')}</p>
          <p className="mt-1 mb-4 text-soft">
            {counted.count === 0 ? t('noneSelectedAbout') : t('tooManyAbout', { most: MOST_ITEMS })}
          </p>
          <Link href="/mailboxes" className={buttonClass('plain')}>
            {t('toMailboxes')}
          </Link>
        </div>
      ) : job !== null && isRunning(job) ? (
        <Notice tone="changed" title={t('jobRuns')}>
          <Link href="/plans/job" className="underline">
            {t('toJob')}
          </Link>
        </Notice>
      ) : (
        <BulkForm begin={startBulk.bind(null, selection)} />
      )}
    </div>
  )
}

import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { DecisionPane } from '@/components/requests/decision-pane'
import { RequestFacts } from '@/components/requests/request-facts'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { lookAtRequest } from '@/lib/requests/decision'
import { requestId } from '@/lib/requests/request'
import { grant, refuse } from './actions'

/**
 * One request with what a yes would do now.
 * LDAP round trips: one for the person's authority, two for request and mailbox, those of a preview.
 */
export default async function RequestPage({ params }: PageProps<'/requests/[id]'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const id = requestId.safeParse(decodeURIComponent((await params).id))
  if (!id.success) notFound()
  const [looked, t] = await Promise.all([lookAtRequest(authority, id.data), getTranslations('requests')])
  if (looked === null) notFound()
  if (looked.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={looked} />
      </div>
    )
  const { request, preview } = looked
  const title = t('one', { address: request.address })
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">
        <title>{`${title} · Postbook`}</title>
        <p className="pt-5 text-[13px] text-soft">
          <Link href="/requests" className="hover:underline">
            {t('title')}
          </Link>{' '}
          / {t('oneTitle')}
        </p>
        <h1 className="mt-1 mb-5 wrap-anywhere">{title}</h1>
        <RequestFacts request={request} />
      </div>
      <aside
        aria-labelledby="decision-title"
        className="border-t border-line bg-panel px-4 py-4 lg:min-h-dvh lg:border-t-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="decision-title" className="text-[15px] font-semibold tracking-tight">
          {t('paneTitle')}
        </h2>
        <DecisionPane key={request.id} id={request.id} initial={preview} grant={grant} refuse={refuse} />
      </aside>
    </div>
  )
}

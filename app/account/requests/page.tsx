import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AskForm } from '@/components/requests/ask-form'
import { OwnRequestList } from '@/components/requests/own-request-list'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { requireAuthority } from '@/lib/auth/current-authority'
import { listOwnRequests, requestDomains } from '@/lib/requests/own-requests'
import { ask, withdraw } from './actions'

/** Titled in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('requests'))('ownTitle') }
}

/**
 * A mailbox owner's requests, and the form for another one.
 * LDAP round trips: one for the person's authority, one for the entry, one for the store.
 */
export default async function OwnRequestsPage(): Promise<ReactNode> {
  const authority = await requireAuthority()
  const [own, t] = await Promise.all([listOwnRequests(authority), getTranslations('requests')])
  const domains = requestDomains(authority)
  return (
    <div className="max-w-3xl px-4 pb-10 md:px-7">
      <PageHead title={t('ownTitle')} />
      <p className="mb-5 text-soft">{t(domains.length === 0 ? 'ownNotNeeded' : 'ownAbout')}</p>
      {domains.length > 0 && <AskForm domains={domains} ask={ask} />}
      {own.status === 'failed' ? (
        <Unanswered failure={own} />
      ) : (
        <OwnRequestList requests={own.requests} withdraw={withdraw} />
      )}
    </div>
  )
}

import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { type ReactNode, Suspense } from 'react'
import { DomainFilter } from '@/components/entries/domain-filter'
import { PageHead } from '@/components/shell/page-head'
import { Soon } from '@/components/shell/soon'
import { SortWait, WHOLE } from '@/components/shell/sort-wait'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { KeptFocus } from '@/components/ui/kept-focus'
import { SearchBox } from '@/components/ui/search-box'
import { getTranslations } from '@/components/words/server'
import { suggestDomains } from '@/app/(panel)/domain-choices'
import { requireStaff } from '@/lib/auth/current-authority'
import { isFiltered, listMailboxes, type MailboxQuery } from '@/lib/lists/mailboxes'
import { FoundList, FoundListWait } from './found-list'
import { KindLinks } from './kind-links'
import { MailboxList } from './mailbox-list'
import { mailboxQuery, queryParameters } from './query'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailboxes'))('title') }
}

/**
 * LDAP round trips: one for the person's authority, one for the page of the list. Mailboxes with findings are sent
 * when all have been looked at.
 */
export default async function MailboxesPage({ searchParams }: PageProps<'/mailboxes'>): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('mailboxes')])
  const sent = await searchParams
  const query = mailboxQuery.parse(sent)
  const newMailbox = `/mailboxes/new${query.domain === '' ? '' : `?domain=${encodeURIComponent(query.domain)}`}`
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        about={query.domain === '' ? undefined : t('inDomain', { domain: query.domain })}
        tools={
          <div className="flex w-full max-w-xl flex-wrap items-center gap-2 sm:flex-nowrap sm:justify-end">
            <SearchBox
              action="/mailboxes"
              name="q"
              label={t('search')}
              defaultValue={query.text}
              keep={queryParameters({ ...query, text: '' })}
            />
            <Link
              href={newMailbox as Route}
              className={`${buttonClass('primary')} shrink-0 whitespace-nowrap`}
            >
              {t('new')}
            </Link>
          </div>
        }
      />
      <div className="mb-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <KindLinks query={query} />
        <DomainFilter
          path="/mailboxes"
          parameters={queryParameters({ ...query, domain: '' })}
          domain={query.domain}
          suggest={suggestDomains}
        />
      </div>
      {isFiltered(query) ? (
        <Soon
          of={JSON.stringify(query)}
          value={listMailboxes(authority, query)}
          wait={WHOLE in sent ? null : <SortWait href={pathOfWhole(query)} />}
        >
          {(result) =>
            result.status === 'failed' ? (
              <Unanswered failure={result} />
            ) : (
              <KeptFocus of="/mailboxes">
                <MailboxList query={query} mailboxes={result.mailboxes} total={result.total} />
              </KeptFocus>
            )
          }
        </Soon>
      ) : (
        <Suspense key={JSON.stringify(query)} fallback={<FoundListWait />}>
          <KeptFocus of="/mailboxes">
            <FoundList authority={authority} query={query} />
          </KeptFocus>
        </Suspense>
      )}
    </div>
  )
}

function pathOfWhole(query: MailboxQuery): string {
  const parameters = { ...queryParameters(query), page: String(query.page), [WHOLE]: '1' }
  return `/mailboxes?${new URLSearchParams(parameters).toString()}`
}

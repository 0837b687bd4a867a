import type { Metadata, Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { SelectionBar } from '@/components/bulk/selection-bar'
import { MailboxTable } from '@/components/entries/mailbox-table'
import { ExportLinks } from '@/components/exchange/export-links'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { Pages } from '@/components/ui/pages'
import { SearchBox } from '@/components/ui/search-box'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { listMailboxes, PAGE_SIZE } from '@/lib/lists/mailboxes'
import { KindLinks } from './kind-links'
import { mailboxQuery, queryParameters } from './query'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailboxes'))('title') }
}

/** LDAP round trips: one for the person's authority, one for the page of the list. */
export default async function MailboxesPage({ searchParams }: PageProps<'/mailboxes'>): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('mailboxes')])
  const query = mailboxQuery.parse(await searchParams)
  const result = await listMailboxes(authority, query)
  const parameters = queryParameters(query)
  const newMailbox = `/mailboxes/new${query.domain === '' ? '' : `?domain=${encodeURIComponent(query.domain)}`}`
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        about={query.domain === '' ? undefined : t('inDomain', { domain: query.domain })}
        tools={
          <div className="flex w-full max-w-xl flex-wrap items-center justify-end gap-2 sm:flex-nowrap">
            <SearchBox
              action="/mailboxes"
              name="q"
              label={t('search')}
              defaultValue={query.text}
              keep={queryParameters({ ...query, text: '' })}
            />
            <Link
              href={newMailbox as Route}
              className={`${buttonClass('primary')} w-full shrink-0 whitespace-nowrap sm:w-auto`}
            >
              {t('new')}
            </Link>
          </div>
        }
      />
      <KindLinks query={query} />
      {result.status === 'failed' ? (
        <Unanswered failure={result} />
      ) : (
        <>
          <SelectionBar parameters={parameters} total={result.total} shown={result.mailboxes.length} />
          <MailboxTable
            mailboxes={result.mailboxes}
            text={query.text}
            sortBy={query.sortBy}
            descending={query.descending === true}
            parameters={parameters}
          />
          <Pages
            path="/mailboxes"
            parameters={parameters}
            page={query.page}
            pageSize={PAGE_SIZE}
            shown={result.mailboxes.length}
            total={result.total}
          />
          <ExportLinks list="mailboxes" parameters={parameters} />
        </>
      )}
    </div>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { MailboxTable } from '@/components/entries/mailbox-table'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { Pages } from '@/components/ui/pages'
import { SearchBox } from '@/components/ui/search-box'
import { requireStaff } from '@/lib/auth/current-authority'
import { listMailboxes, PAGE_SIZE } from '@/lib/lists/mailboxes'
import { KindLinks } from './kind-links'
import { mailboxQuery, queryParameters } from './query'

export const metadata: Metadata = { title: 'Mailboxes' }

/** LDAP round trips: one for the person's authority, one for the page of the list. */
export default async function MailboxesPage({ searchParams }: PageProps<'/mailboxes'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const query = mailboxQuery.parse(await searchParams)
  const result = await listMailboxes(authority, query)
  const kept = queryParameters({ ...query, text: '' })
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead
        title="Mailboxes"
        about={query.domain === '' ? undefined : `in ${query.domain}`}
        tools={
          <SearchBox
            action="/mailboxes"
            name="q"
            label="Search address, alias, name or uid"
            defaultValue={query.text}
            keep={kept}
          />
        }
      />
      <KindLinks query={query} />
      {result.status === 'failed' ? (
        <Unanswered failure={result} />
      ) : (
        <>
          <MailboxTable
            mailboxes={result.mailboxes}
            text={query.text}
            sortBy={query.sortBy}
            parameters={queryParameters(query)}
          />
          <Pages
            path="/mailboxes"
            parameters={queryParameters(query)}
            page={query.page}
            pageSize={PAGE_SIZE}
            shown={result.mailboxes.length}
            total={result.total}
          />
        </>
      )}
    </div>
  )
}

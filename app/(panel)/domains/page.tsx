import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { DomainTable } from '@/components/entries/domain-table'
import { ExportLinks } from '@/components/exchange/export-links'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { Pages } from '@/components/ui/pages'
import { SearchBox } from '@/components/ui/search-box'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import type { Domain } from '@/lib/entries/domain'
import { isBeyondEnd } from '@/lib/entries/list-page'
import { countDomains } from '@/lib/lists/domain-counts'
import { type DomainQuery, pageOfDomains } from '@/lib/lists/domains'
import { domainQuery, queryParameters } from './query'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('domains')
  return { title: t('title') }
}

/**
 * LDAP round trips: one for the person's authority, one for the page of the list. The counts come after it: one
 * for each thousand mailboxes, at most once a minute.
 */
export default async function DomainsPage({ searchParams }: PageProps<'/domains'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const query = domainQuery.parse(await searchParams)
  const [result, t] = await Promise.all([pageOfDomains(authority, query), getTranslations('domains')])
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        tools={
          <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto sm:flex-nowrap">
            <SearchBox
              action="/domains"
              name="q"
              label={t('search')}
              defaultValue={query.text}
              keep={queryParameters({ ...query, text: '' })}
            />
            {authority.role === 'postmaster' && (
              <Link href="/domains/new" className={`${buttonClass('primary')} shrink-0`}>
                {t('create')}
              </Link>
            )}
          </div>
        }
      />
      {result.status === 'failed' ? (
        <Unanswered failure={result} />
      ) : (
        <Listed authority={authority} query={query} domains={result.domains} total={result.total} />
      )}
    </div>
  )
}

interface ListedProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly query: DomainQuery
  readonly domains: readonly Domain[]
  /** Domains on all pages; null when the server did not say. */
  readonly total: number | null
}

/** A page of the list, as the server has searched and sorted it. */
function Listed({ authority, query, domains, total }: ListedProps): ReactNode {
  const page = { page: query.page, shown: domains.length, total }
  const names = domains.map(({ name }) => name)
  return (
    <>
      {!isBeyondEnd(page) && (
        <DomainTable
          domains={domains}
          counts={countDomains(authority, names)}
          sort={{ by: query.sortBy, descending: query.descending }}
          text={query.text}
          mayCreate={authority.role === 'postmaster'}
        />
      )}
      <div className="py-1">
        <Pages path="/domains" parameters={queryParameters(query)} {...page} />
        <ExportLinks list="domains" parameters={queryParameters(query)} />
      </div>
    </>
  )
}

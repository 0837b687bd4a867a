import type { Metadata, Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ChangeFilters } from '@/components/history/change-filters'
import { ChangeList, NoChanges } from '@/components/history/change-list'
import { LocalTime } from '@/components/history/local-time'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { getTranslations, useText, useTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { type HistoryPage, listHistory } from '@/lib/history/history'
import { historyQuery } from './query'
import { TogetherHead } from './together-head'
import { UnfinishedList } from './unfinished-list'

/** The page's title. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('history'))('title') }
}

/** LDAP round trips: one for the person's authority, those of lib/history for the page of the list. */
export default async function HistoryListPage({ searchParams }: PageProps<'/history'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const query = historyQuery.parse(await searchParams)
  const result = await listHistory(authority, query)
  const t = await getTranslations('history')
  const { before, ...filters } = query
  const active = Object.fromEntries(Object.entries(filters).filter(([, text]) => text !== ''))
  return (
    <div className="max-w-7xl px-4 pb-10 md:px-7">
      {result.status === 'page' && result.of !== null ? (
        <TogetherHead of={result.of} />
      ) : (
        <>
          <PageHead title={t('title')} about={query.entry === '' ? undefined : t('ofOneEntry')} />
          <UnfinishedList authority={authority} />
          <ChangeFilters query={query} />
        </>
      )}
      {result.status === 'failed' ? (
        <Unanswered failure={result} />
      ) : (
        <>
          <About page={result} />
          {result.changes.length === 0 && result.next === null && before === '' ? (
            <NoChanges isFiltered={Object.keys(active).length > 0} />
          ) : (
            <ChangeList changes={result.changes} isPage />
          )}
          <Older page={result} parameters={active} before={before} />
        </>
      )}
    </div>
  )
}

/** What the list cannot show. */
function About({ page }: { readonly page: HistoryPage }): ReactNode {
  const t = useTranslations('history')
  const text = useText()
  return (
    <div className="space-y-2 py-2 empty:hidden">
      {page.source === 'panelRecord' && (
        <Notice tone="plain" title={t('ownOnly')}>
          <p>{t('ownOnlyHint')}</p>
        </Notice>
      )}
      {page.problems.map((problem) => (
        <Notice key={text(problem)} tone="changed" title={t('notAllRead')}>
          <p>{text(problem)}</p>
        </Notice>
      ))}
    </div>
  )
}

interface OlderProps {
  readonly page: HistoryPage
  readonly parameters: Readonly<Record<string, string>>
  readonly before: string
}

function Older({ page, parameters, before }: OlderProps): ReactNode {
  const t = useTranslations('history')
  const { readBackTo } = page
  const to = (more: Readonly<Record<string, string>>): Route =>
    `/history?${new URLSearchParams({ ...parameters, ...more }).toString()}` as Route
  if (page.next === null && before === '') return null
  return (
    <nav
      aria-label={t('pages')}
      className="flex flex-wrap items-center justify-between gap-3 py-1 text-[13px] text-soft"
    >
      <p>
        {readBackTo === null
          ? page.next === null && t('beginning')
          : t.rich('searchedBack', { time: () => <LocalTime iso={readBackTo} /> })}
      </p>
      <div className="flex gap-2">
        {before !== '' && (
          <Link className={buttonClass('plain')} href={to({})}>
            {t('newest')}
          </Link>
        )}
        {page.next !== null && (
          <Link className={buttonClass('plain')} href={to({ before: page.next })} rel="next">
            {t('older')}
          </Link>
        )}
      </div>
    </nav>
  )
}

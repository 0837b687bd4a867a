import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import { Pages } from '@/components/ui/pages'
import { rowsOfPage } from '@/lib/entries/list-page'
import type { AliasRequest } from '@/lib/requests/request'

interface RequestTableProps {
  /** All that wait. */
  readonly requests: readonly AliasRequest[]
  /** From 1. */
  readonly page: number
}

/** The requests that wait, the longest waiting first; each leads to its preview. */
export function RequestTable({ requests, page }: RequestTableProps): ReactNode {
  const t = useTranslations('requests')
  const rows = rowsOfPage(requests, page)
  if (requests.length === 0)
    return (
      <div className="max-w-prose py-6">
        <p className="font-medium">{t('empty')}</p>
        <p className="pt-1 text-soft">{t('emptyHint')}</p>
      </div>
    )
  return (
    <>
      <p className="pb-2 text-soft">{t('waitingCount', { count: requests.length })}</p>
      <ul
        aria-label={t('tableLabel')}
        className="max-w-5xl divide-y divide-line border-y border-line empty:hidden"
      >
        {rows.map(({ id, address, owner, askedAt, why }) => (
          <li
            key={id}
            className="grid gap-x-6 py-1 leading-5 sm:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_auto] sm:items-baseline"
          >
            <Link
              href={`/requests/${id}` as Route}
              className="address font-medium wrap-anywhere text-accent hover:underline"
            >
              {address}
            </Link>
            <p className="wrap-anywhere">
              {owner.name} <span className="address text-soft">{owner.mail}</span>
            </p>
            <p className="text-[13px] text-soft">
              <LocalTime iso={askedAt} />
            </p>
            {why !== '' && <p className="text-[13px] wrap-anywhere text-soft sm:col-span-3">{why}</p>}
          </li>
        ))}
      </ul>
      <div className="max-w-5xl py-1">
        <Pages path="/requests" parameters={{}} page={page} shown={rows.length} total={requests.length} />
      </div>
    </>
  )
}

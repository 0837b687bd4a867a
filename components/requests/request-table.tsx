import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import type { AliasRequest } from '@/lib/requests/request'

const MOST_SHOWN = 100

/** The requests that wait, the longest waiting first; each leads to its preview. */
export function RequestTable({ requests }: { readonly requests: readonly AliasRequest[] }): ReactNode {
  const t = useTranslations('requests')
  if (requests.length === 0)
    return (
      <div className="max-w-prose py-6">
        <p className="font-medium">{t('empty')}</p>
        <p className="pt-1 text-soft">{t('emptyHint')}</p>
      </div>
    )
  return (
    <>
      <p className="pb-3 text-soft">{t('waitingCount', { count: requests.length })}</p>
      <ul aria-label={t('tableLabel')} className="max-w-4xl divide-y divide-line border-y border-line">
        {requests.slice(0, MOST_SHOWN).map(({ id, address, owner, askedAt, why }) => (
          <li
            key={id}
            className="grid gap-x-6 gap-y-0.5 py-3 sm:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_auto] sm:items-baseline"
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
      {requests.length > MOST_SHOWN && (
        <p className="pt-3 text-soft">{t('shownFirst', { count: MOST_SHOWN })}</p>
      )}
    </>
  )
}

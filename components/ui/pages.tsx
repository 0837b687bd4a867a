import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from './button'

interface PagesProps {
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  /** Rows on this page. */
  readonly shown: number
  /** All rows; null when the server did not say. */
  readonly total: number | null
}

/** Which rows of a list are shown, and the way to the others. */
export function Pages({ path, parameters, page, pageSize, shown, total }: PagesProps): ReactNode {
  const t = useTranslations('ui')
  if (shown === 0 && page === 1) return null
  const first = (page - 1) * pageSize + 1
  const last = first + shown - 1
  const more = total === null ? shown === pageSize : last < total
  const rows = shown === 0 ? t('nothingHere') : t('range', { first, last })
  const to = (target: number): Route =>
    `${path}?${new URLSearchParams({ ...parameters, page: String(target) }).toString()}` as Route
  return (
    <nav
      aria-label={t('pages')}
      className="flex flex-wrap items-center justify-between gap-3 py-3 text-[13px] text-soft"
    >
      <p>{total === null ? rows : t('ofTotal', { shown: rows, total })}</p>
      <div className="flex gap-2">
        {page > 1 && (
          <Link className={buttonClass('plain')} href={to(page - 1)} rel="prev">
            {t('previous')}
          </Link>
        )}
        {more && (
          <Link className={buttonClass('plain')} href={to(page + 1)} rel="next">
            {t('next')}
          </Link>
        )}
      </div>
    </nav>
  )
}

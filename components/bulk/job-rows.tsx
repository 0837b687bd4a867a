import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { type JobRow, type JobView, ROW_STATES, type RowState } from '@/lib/plans/job-state'
import { ROW_LOOK } from './row-look'

interface JobRowsProps {
  readonly rows: readonly JobRow[]
  readonly counts: JobView['counts']
  /** Only rows in this state are listed; null for all. */
  readonly state: RowState | null
}

/** The rows of a job, each with what should be known about it. */
export function JobRows({ rows, counts, state }: JobRowsProps): ReactNode {
  const t = useTranslations('bulk.rows')
  const text = useText()
  return (
    <section aria-label={t('label')}>
      <nav aria-label={t('filter')} className="flex flex-wrap gap-1 pb-2 text-[13px]">
        {[null, ...ROW_STATES.filter((one) => counts[one] > 0)].map((one) => (
          <Link
            key={one ?? 'all'}
            href={(one === null ? '/plans/job' : `/plans/job?state=${one}`) as Route}
            aria-current={one === state ? 'true' : undefined}
            className={`rounded-full px-2.5 py-1 ${one === state ? 'bg-accent-ground font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'}`}
          >
            {one === null ? t('all') : t(`filterState.${one}`)}
          </Link>
        ))}
      </nav>
      <table className="block w-full md:table md:table-fixed">
        <caption className="sr-only">{t('label')}</caption>
        <thead className="hidden md:table-header-group">
          <tr className="border-b border-line text-left">
            <th scope="col" className="caption w-16 py-1">
              {t('column.number')}
            </th>
            <th scope="col" className="caption w-[38%] py-1 pr-3">
              {t('column.name')}
            </th>
            <th scope="col" className="caption py-1">
              {t('column.notes')}
            </th>
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {rows.map((row) => (
            <tr key={row.number} className="block border-b border-line py-1 leading-5 md:table-row md:py-0">
              <td className="inline pr-2 text-[13px] text-soft tabular-nums md:table-cell md:py-1">
                {row.number}
              </td>
              <td className="address inline md:table-cell md:py-1 md:pr-3">{row.name}</td>
              <td className="block text-[13px] md:table-cell md:py-1">
                <span className={ROW_LOOK[row.state].ink}>
                  <span aria-hidden>{ROW_LOOK[row.state].symbol} </span>
                  {t(`state.${row.state}`)}
                </span>
                {row.notes.map((note, at) => (
                  <span key={at} className="block wrap-anywhere text-soft">
                    {text(note)}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

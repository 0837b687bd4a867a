import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { firstOfPage, isBeyondEnd, pagesOf, ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { buttonClass } from './button'
import { PageJump } from './page-jump'

interface PagesProps {
  readonly path: string
  /** What else the URL says. */
  readonly parameters: Readonly<Record<string, string>>
  /** From 1. */
  readonly page: number
  /** Rows on this page. */
  readonly shown: number
  /** All rows; null when the server did not say. */
  readonly total: number | null
  /** Which rows these are, where it is not their places in the list that tell. */
  readonly about?: string
}

/** Which rows of a list are shown, and the way to the others. The state is the URL. */
export function Pages(props: PagesProps): ReactNode {
  const { path, parameters, page, shown, total, about } = props
  const t = useTranslations('ui')
  const pages = total === null ? null : pagesOf(total)
  if (isBeyondEnd({ page, shown, total }))
    return <BeyondEnd path={path} parameters={parameters} pages={pages} />
  if (shown === 0) return null
  return (
    <nav
      aria-label={t('pages')}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-[13px] text-soft"
    >
      <p>{about ?? <Range {...props} />}</p>
      {(pages === null ? page > 1 || shown === ROWS_PER_PAGE : pages > 1) && (
        <Steps {...props} pages={pages} />
      )}
    </nav>
  )
}

function Range({ page, shown, total }: PagesProps): ReactNode {
  const t = useTranslations('ui')
  const first = firstOfPage(page)
  const range = { first, last: first + shown - 1 }
  return total === null ? t('rangeOfMany', range) : t('rangeOf', { ...range, total })
}

interface StepsProps extends PagesProps {
  readonly pages: number | null
}

function Steps({ path, parameters, page, shown, pages }: StepsProps): ReactNode {
  const t = useTranslations('ui')
  const to = (target: number): Route => pathOfPage(path, parameters, target)
  const hasNext = pages === null ? shown === ROWS_PER_PAGE : page < pages
  return (
    <div className="flex flex-wrap items-center sm:gap-0.5">
      <Step id="page-first" label={t('first')} icon={ChevronFirst} to={page > 1 ? to(1) : null} />
      <Step
        id="page-previous"
        label={t('previous')}
        icon={ChevronLeft}
        to={page > 1 ? to(page - 1) : null}
        rel="prev"
      />
      <PageJump path={path} parameters={parameters} page={page} pages={pages} />
      <Step
        id="page-next"
        label={t('next')}
        icon={ChevronRight}
        to={hasNext ? to(page + 1) : null}
        rel="next"
      />
      {pages !== null && (
        <Step id="page-last" label={t('last')} icon={ChevronLast} to={hasNext ? to(pages) : null} />
      )}
    </div>
  )
}

interface StepProps {
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon
  /** null where there is no such page: the place stays, so that the others do not move. */
  readonly to: Route | null
  readonly rel?: 'prev' | 'next'
}

function Step({ id, label, icon: Icon, to, rel }: StepProps): ReactNode {
  const look = 'inline-flex min-h-8 min-w-8 items-center justify-center gap-1 rounded-md px-1.5'
  const drawn = (
    <>
      <Icon aria-hidden className="size-4" />
      <span className="max-sm:sr-only">{label}</span>
    </>
  )
  return to === null ? (
    <span role="link" aria-disabled="true" className={`${look} opacity-50`}>
      {drawn}
    </span>
  ) : (
    <Link id={id} href={to} rel={rel} prefetch={false} className={`${look} text-accent hover:bg-hover`}>
      {drawn}
    </Link>
  )
}

interface BeyondEndProps {
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  readonly pages: number | null
}

/** The list has become shorter, or a number was typed that is too great. */
function BeyondEnd({ path, parameters, pages }: BeyondEndProps): ReactNode {
  const t = useTranslations('ui')
  return (
    <div role="status" className="py-10 text-center">
      <p className="font-medium">{t('beyondEnd')}</p>
      {pages !== null && <p className="mt-1 text-soft">{t('beyondEndHint', { pages })}</p>}
      <p className="mt-4 flex flex-wrap justify-center gap-2">
        <Link href={pathOfPage(path, parameters, 1)} className={buttonClass('plain')}>
          {t('toFirst')}
        </Link>
        {pages !== null && pages > 1 && (
          <Link href={pathOfPage(path, parameters, pages)} className={buttonClass('plain')}>
            {t('toLast')}
          </Link>
        )}
      </p>
    </div>
  )
}

/** The first page needs no number. */
function pathOfPage(path: string, parameters: Readonly<Record<string, string>>, page: number): Route {
  const query = new URLSearchParams({ ...parameters, ...(page === 1 ? {} : { page: String(page) }) })
  return (query.size === 0 ? path : `${path}?${query.toString()}`) as Route
}

import Link from 'next/link'
import { clsx } from 'clsx'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'
import type { ShownChange } from '@/lib/history/shown-change'
import { LocalTime } from './local-time'

interface ChangeListProps {
  readonly changes: readonly ShownChange[]
  /** Has the page for itself, so that on wide screens a change is one line. */
  readonly isPage?: boolean
}

/** Changes in words, newest first. */
export function ChangeList({ changes, isPage = false }: ChangeListProps): ReactNode {
  const t = useTranslations('history')
  const text = useText()
  return (
    <ol aria-label={t('changes')}>
      {changes.map((change) => (
        <li
          key={change.id}
          className={clsx(
            'relative grid gap-x-5 border-b border-line py-1.5 leading-5 hover:bg-hover md:grid-cols-[11.5rem_minmax(0,1fr)]',
            isPage && 'xl:grid-cols-[11.5rem_minmax(0,5fr)_minmax(0,4fr)] xl:py-1',
          )}
        >
          <p className="text-[13px] text-soft">
            <LocalTime iso={change.time} />
          </p>
          <div className={clsx('min-w-0', isPage && 'xl:contents')}>
            <Link
              href={pathOf(change)}
              prefetch={false}
              className="font-medium wrap-anywhere before:absolute before:inset-0 hover:text-accent"
            >
              {text(change.sentence)}
            </Link>
            <p
              className={clsx('text-[13px] text-soft', isPage && 'xl:truncate')}
              title={isPage ? `${change.entry.dn} · ${text(change.origin)}` : undefined}
            >
              {change.together?.asOne !== true && (
                <>
                  <span className="address">{change.entry.dn}</span> ·{' '}
                </>
              )}
              {text(change.origin)}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** A line of changes that were made together leads to all of them. */
function pathOf({ id, together }: ShownChange): Route {
  return together?.asOne === true ? pathOfTogether(together) : (`/history/${id}` as Route)
}

/** The list of all changes that were made together. */
export function pathOfTogether({ id }: { readonly id: string }): Route {
  return `/history?of=${encodeURIComponent(id)}` as Route
}

/** No change fits, or there is none at all. */
export function NoChanges({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const t = useTranslations('history')
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{isFiltered ? t('noMatch') : t('none')}</p>
      <p className="mx-auto mt-1 mb-4 max-w-prose text-soft">
        {isFiltered ? t('noMatchHint') : t('noneHint')}
      </p>
      {isFiltered && (
        <Link href="/history" className={buttonClass('plain')}>
          {t('showAll')}
        </Link>
      )}
    </div>
  )
}

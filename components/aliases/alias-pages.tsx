import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'

interface AliasPagesProps {
  readonly list: {
    readonly entries: number
    readonly total: number | null
    readonly looked: { readonly from: number; readonly to: number } | null
    readonly next: number | null
    readonly first: number
  }
  readonly page: number
  readonly to: (page: number) => Route
}

/** Which mailboxes the lines come from, or how far was looked, and the way on. */
export function AliasPages({ list, page, to }: AliasPagesProps): ReactNode {
  const words = useTranslations('aliases')
  const format = useFormatter()
  const { entries, looked, next, first } = list
  if (entries === 0 && page === 1) return null
  const total = list.total === null ? 'none' : format.number(list.total)
  return (
    <nav
      aria-label={words('pages')}
      className="flex flex-wrap items-center justify-between gap-3 py-3 text-[13px] text-soft"
    >
      <p className="max-w-prose">
        {looked === null
          ? words('shown', { from: first, to: first + entries - 1, total })
          : words('looked', { ...looked, total })}
      </p>
      <div className="flex gap-2">
        {page > 1 && looked === null && (
          <Link className={buttonClass('plain')} href={to(page - 1)} rel="prev">
            {words('previous')}
          </Link>
        )}
        {next !== null && (
          <Link className={buttonClass('plain')} href={to(next)} rel="next">
            {words(looked === null ? 'next' : 'lookFurther')}
          </Link>
        )}
      </div>
    </nav>
  )
}

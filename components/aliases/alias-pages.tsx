import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'
import { Pages } from '@/components/ui/pages'
import { firstOfPage } from '@/lib/entries/list-page'

interface AliasPagesProps {
  readonly list: {
    readonly entries: number
    readonly total: number | null
    readonly looked: { readonly from: number; readonly to: number } | null
    readonly next: number | null
  }
  readonly page: number
  /** What else the URL says. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Which mailboxes the lines come from, or how far was looked, and the way on. */
export function AliasPages({ list, page, parameters }: AliasPagesProps): ReactNode {
  const words = useTranslations('aliases')
  const format = useFormatter()
  const { entries, looked, next } = list
  const total = list.total === null ? 'none' : format.number(list.total)
  if (looked !== null)
    return (
      <LookedAt
        text={words('looked', { ...looked, total })}
        first={looked.from > 1 ? pathOf(parameters, 1) : null}
        next={next === null ? null : pathOf(parameters, next)}
      />
    )
  const first = firstOfPage(page)
  return (
    <Pages
      path="/aliases"
      parameters={parameters}
      page={page}
      shown={entries}
      total={list.total}
      about={words('shown', { from: first, to: first + entries - 1, total })}
    />
  )
}

interface LookedAtProps {
  readonly text: string
  readonly first: Route | null
  readonly next: Route | null
}

/** How many pages there are is not known before all has been looked at, so that there is only the way on. */
function LookedAt({ text, first, next }: LookedAtProps): ReactNode {
  const words = useTranslations('aliases')
  return (
    <nav
      aria-label={words('pages')}
      className="flex flex-wrap items-center justify-between gap-3 py-1 text-[13px] text-soft"
    >
      <p className="max-w-prose">{text}</p>
      <div className="flex gap-2">
        {first !== null && (
          <Link className={buttonClass('plain')} href={first} prefetch={false}>
            {words('lookFromStart')}
          </Link>
        )}
        {next !== null && (
          <Link className={buttonClass('plain')} href={next} prefetch={false} rel="next">
            {words('lookFurther')}
          </Link>
        )}
      </div>
    </nav>
  )
}

function pathOf(parameters: Readonly<Record<string, string>>, page: number): Route {
  return `/aliases?${new URLSearchParams({ ...parameters, page: String(page) }).toString()}` as Route
}

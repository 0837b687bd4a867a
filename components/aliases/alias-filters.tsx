import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { ALIAS_KINDS, ALIAS_MARKS, type AliasKind, type AliasMark } from '@/lib/entries/alias-row'

interface Change {
  readonly kind?: AliasKind
  readonly mark?: AliasMark | null
}

interface AliasFiltersProps {
  readonly kind: AliasKind
  readonly mark: AliasMark | null
  readonly sortBy: 'destination' | 'address'
  /** The list's URL with this changed. */
  readonly to: (change: Change) => Route
  /** Further filters. */
  readonly children: ReactNode
}

const MARKS_OF_KIND: Record<AliasKind, readonly AliasMark[]> = {
  alias: ALIAS_MARKS.filter((mark) => mark !== 'dangling'),
  forward: ['external', 'dangling', 'unhosted', 'disabled'],
  group: ['external', 'unhosted', 'disabled'],
}

/** Narrows the list to one kind of alias, and to what is remarkable. The state is the URL. */
export function AliasFilters({ kind, mark, sortBy, to, children }: AliasFiltersProps): ReactNode {
  const words = useTranslations('aliases')
  return (
    <>
      <nav aria-label={words('kinds')} className="-mt-1 flex gap-4 border-b border-line">
        {ALIAS_KINDS.map((one) => (
          <Link
            key={one}
            href={to({ kind: one, mark: null })}
            aria-current={one === kind ? 'true' : undefined}
            className={`-mb-px min-h-8 border-b-2 py-1 ${one === kind ? 'border-accent font-medium' : 'border-transparent text-soft hover:text-ink'}`}
          >
            {words(`kind.${one}`)}
          </Link>
        ))}
      </nav>
      <p className="pt-1.5 text-[13px] text-soft">
        {words(`kindAbout.${kind}`)} {sortBy === 'address' && words('orderAbout')}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
        <nav aria-label={words('marks')} className="flex flex-wrap gap-1 text-[13px]">
          {[null, ...MARKS_OF_KIND[kind]].map((one) => (
            <Link
              key={one ?? 'all'}
              href={to({ mark: one })}
              prefetch={false}
              title={one === null ? undefined : words(`markAbout.${one}`)}
              aria-current={one === mark ? 'true' : undefined}
              className={`rounded-full px-2.5 py-1 ${one === mark ? 'bg-accent-ground font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'}`}
            >
              {one === null ? words('everything') : words(`mark.${one}`)}
            </Link>
          ))}
        </nav>
        {children}
      </div>
    </>
  )
}

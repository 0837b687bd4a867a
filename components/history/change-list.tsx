import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button'
import type { ShownChange } from '@/lib/history/shown-change'
import { LocalTime } from './local-time'

/** Changes in words, newest first. */
export function ChangeList({ changes }: { readonly changes: readonly ShownChange[] }): ReactNode {
  return (
    <ol aria-label="Changes">
      {changes.map((change) => (
        <li
          key={change.id}
          className="relative grid gap-x-5 border-b border-line py-2.5 hover:bg-hover md:grid-cols-[11.5rem_minmax(0,1fr)]"
        >
          <p className="text-[13px] text-soft md:pt-px">
            <LocalTime iso={change.time} />
          </p>
          <div className="min-w-0">
            <Link
              href={`/history/${change.id}` as Route}
              prefetch={false}
              className="font-medium wrap-anywhere before:absolute before:inset-0 hover:text-accent"
            >
              {change.sentence}
            </Link>
            <p className="text-[13px] text-soft">
              <span className="address">{change.entry.dn}</span> · {change.origin}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** No change fits, or there is none at all. */
export function NoChanges({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{isFiltered ? 'No change matches these filters' : 'No changes yet'}</p>
      <p className="mx-auto mt-1 mb-4 max-w-prose text-soft">
        {isFiltered
          ? 'Widen the time, or leave a filter out. Addresses are compared as they were written.'
          : 'What is changed from now on is listed here, with who did it and what it was before.'}
      </p>
      {isFiltered && (
        <Link href="/history" className={buttonClass('plain')}>
          Show all changes
        </Link>
      )}
    </div>
  )
}

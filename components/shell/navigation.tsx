'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { placesFor } from './places'

interface NavigationProps {
  readonly isPostmaster: boolean
  /** How many requests wait for this person; null where nobody asks for anything. */
  readonly waiting?: number | null
}

/** The places of the panel, one below the other; the current one is marked. */
export function Navigation({ isPostmaster, waiting = null }: NavigationProps): ReactNode {
  const words = useTranslations('shell')
  const requests = useTranslations('requests')
  const path = usePathname()
  return (
    <nav aria-label={words('navigation')} className="flex flex-col gap-0.5">
      {placesFor(isPostmaster)
        .filter(({ name }) => name !== 'requests' || waiting !== null)
        .map(({ href, name }) => {
          const current = path === href || path.startsWith(`${href}/`)
          return (
            <Link
              key={href}
              href={href}
              aria-current={current ? 'page' : undefined}
              className={`rounded-[7px] px-2.5 py-1.5 ${current ? 'bg-accent-ground font-medium text-accent' : 'text-ink hover:bg-hover'}`}
            >
              {words(name)}
              {name === 'requests' && waiting !== null && waiting > 0 && (
                <span className="ml-2 rounded-full bg-changed-ground px-1.5 py-0.5 text-xs text-changed tabular-nums">
                  <span aria-hidden>{waiting}</span>
                  <span className="sr-only">{requests('waitingCount', { count: waiting })}</span>
                </span>
              )}
            </Link>
          )
        })}
    </nav>
  )
}

'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

const PLACES = [
  { href: '/domains', label: 'Domains' },
  { href: '/mailboxes', label: 'Mailboxes' },
  { href: '/lookups', label: 'Lookups' },
  { href: '/history', label: 'History' },
] as const

/** The places of the panel; the current one is marked. A row on narrow screens, a column on wide ones. */
export function Navigation(): ReactNode {
  const path = usePathname()
  return (
    <nav aria-label="Places" className="flex gap-0.5 overflow-x-auto md:flex-col">
      {PLACES.map(({ href, label }) => {
        const current = path === href || path.startsWith(`${href}/`)
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            className={`rounded-[7px] px-2.5 py-1.5 ${current ? 'bg-accent-ground font-medium text-accent' : 'text-ink hover:bg-hover'}`}
          >
            {label}
          </Link>
        )
      })}
    </nav>
  )
}

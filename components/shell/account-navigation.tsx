'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface AccountNavigationProps {
  /** Whether aliases can be asked for, and whether tokens can be made. */
  readonly requests: boolean
  readonly tokens: boolean
}

/** The places of a mailbox owner; the current one is marked. None where there is only one. */
export function AccountNavigation({ requests, tokens }: AccountNavigationProps): ReactNode {
  const requestWords = useTranslations('requests')
  const tokenWords = useTranslations('tokens')
  const path = usePathname()
  const places = [
    { href: '/account', label: requestWords('myAddresses') },
    ...(requests ? [{ href: '/account/requests', label: requestWords('ownTitle') }] : []),
    ...(tokens ? [{ href: '/account/tokens', label: tokenWords('title') }] : []),
  ]
  if (places.length === 1) return null
  return (
    <nav aria-label={requestWords('places')} className="flex flex-col gap-0.5">
      {places.map(({ href, label }) => (
        <Link
          key={href}
          href={href as Route}
          aria-current={path === href ? 'page' : undefined}
          className={`rounded-[7px] px-2.5 py-1.5 ${path === href ? 'bg-accent-ground font-medium text-accent' : 'text-ink hover:bg-hover'}`}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'

interface GoneProps {
  readonly kind: 'mailbox' | 'domain'
}

/** A mailbox is known by its entryUUID; of a domain that is gone only the name is, which its changes hold. */
const SEARCHED = { mailbox: 'entry', domain: 'address' } as const
const LISTS = { mailbox: '/mailboxes', domain: '/domains' } as const

/** The entry of a page is not there any more, or not for this person: why, and where to look for it. */
export function Gone({ kind }: GoneProps): ReactNode {
  const t = useTranslations('shell.gone')
  // A page that is not found is given no parameters: the entry is the second part of its path.
  const [, , entry = ''] = usePathname().split('/')
  return (
    <div className="max-w-xl px-4 py-10 md:px-7">
      <title>{`${t(`${kind}.title`)} · Postbook`}</title>
      <h1>{t(`${kind}.title`)}</h1>
      {kind === 'domain' && <p className="address mt-1 text-soft">{readable(entry)}</p>}
      <p className="mt-2 mb-6 text-soft">{t(`${kind}.about`)}</p>
      <p className="flex flex-wrap gap-2">
        <Link href={LISTS[kind]} className={buttonClass('plain')}>
          {t(`${kind}.list`)}
        </Link>
        <Link
          href={`/history?${SEARCHED[kind]}=${encodeURIComponent(readable(entry))}` as Route}
          className={buttonClass('plain')}
        >
          {t('history')}
        </Link>
      </p>
    </div>
  )
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Not what the panel links to; shown as it was typed.
    return part
  }
}

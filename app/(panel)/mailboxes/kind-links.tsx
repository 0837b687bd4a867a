import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { MAILBOX_KINDS, type MailboxQuery } from '@/lib/lists/mailboxes'
import { queryParameters } from './query'

/** Narrows the list to one kind of mailbox, and back. The state is the URL. */
export function KindLinks({ query }: { readonly query: MailboxQuery }): ReactNode {
  const t = useTranslations('mailboxes')
  const kinds = [null, ...MAILBOX_KINDS]
  return (
    <nav aria-label={t('kinds')} className="flex flex-wrap gap-1 text-[13px]">
      {kinds.map((kind) => (
        <Link
          key={kind ?? 'all'}
          prefetch={false}
          href={listWith({ ...query, kind, finding: null })}
          aria-current={query.kind === kind ? 'true' : undefined}
          className={`rounded-full px-2.5 py-1 ${query.kind === kind ? 'bg-accent-ground font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'}`}
        >
          {t(`kind.${kind ?? 'all'}`)}
        </Link>
      ))}
    </nav>
  )
}

function listWith(query: MailboxQuery): Route {
  return `/mailboxes?${new URLSearchParams(queryParameters(query)).toString()}` as Route
}

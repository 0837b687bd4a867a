import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { MAILBOX_KINDS, type MailboxKind, type MailboxQuery } from '@/lib/lists/mailboxes'
import { queryParameters } from './query'

const LABELS: Record<MailboxKind, string> = {
  enabled: 'Enabled',
  disabled: 'Disabled',
  forwarding: 'Forwarding',
  withoutQuota: 'Without quota',
  withoutAlias: 'Without alias',
}

/** Narrows the list to one kind of mailbox, and back. The state is the URL. */
export function KindLinks({ query }: { readonly query: MailboxQuery }): ReactNode {
  const kinds = [null, ...MAILBOX_KINDS]
  return (
    <nav aria-label="Kinds of mailboxes" className="-mt-1 mb-2 flex flex-wrap gap-1 text-[13px]">
      {kinds.map((kind) => (
        <Link
          key={kind ?? 'all'}
          href={`/mailboxes?${new URLSearchParams(queryParameters({ ...query, kind })).toString()}` as Route}
          aria-current={query.kind === kind ? 'true' : undefined}
          className={`rounded-full px-2.5 py-1 ${query.kind === kind ? 'bg-accent-ground font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'}`}
        >
          {kind === null ? 'All' : LABELS[kind]}
        </Link>
      ))}
      {query.domain !== '' && (
        <Link
          href={
            `/mailboxes?${new URLSearchParams(queryParameters({ ...query, domain: '' })).toString()}` as Route
          }
          className="rounded-full px-2.5 py-1 text-soft hover:bg-hover hover:text-ink"
        >
          All domains
        </Link>
      )}
    </nav>
  )
}

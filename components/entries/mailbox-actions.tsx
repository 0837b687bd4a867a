import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface MailboxActionsProps {
  readonly mailbox: { readonly id: string; readonly dn: string; readonly enabled: boolean }
  /** Whether the person may make templates of mailboxes. */
  readonly templates: boolean
}

/** What can be done with a mailbox as a whole; each is a page of its own. */
export function MailboxActions({ mailbox: { id, dn, enabled }, templates }: MailboxActionsProps): ReactNode {
  const t = useTranslations('mailbox')
  const actions = [
    { name: 'password', href: `/mailboxes/${id}/password` },
    { name: 'address', href: `/mailboxes/${id}/address` },
    { name: enabled ? 'disable' : 'enable', href: `/mailboxes/${id}/enabled` },
    { name: 'reach', href: `/mailboxes/${id}/addresses` },
    { name: 'duplicate', href: `/mailboxes/new?like=${id}` },
    ...(templates ? [{ name: 'template', href: `/mailboxes/${id}/template` } as const] : []),
    { name: 'history', href: `/history?entry=${encodeURIComponent(dn)}` },
    { name: 'delete', href: `/mailboxes/${id}/delete` },
  ] as const
  return (
    <nav aria-label={t('actions')} className="mt-2 flex flex-wrap gap-1.5 text-[13px]">
      {actions.map(({ name, href }) => (
        <Link
          key={name}
          href={href as Route}
          className={`inline-flex min-h-7 items-center rounded-md border border-line px-2.5 hover:bg-hover ${name === 'delete' ? 'text-lost' : 'text-ink'}`}
        >
          {t(`action.${name}`)}
        </Link>
      ))}
    </nav>
  )
}

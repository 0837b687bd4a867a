import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface MailboxHeadProps {
  readonly mailbox: { readonly id: string; readonly name: string; readonly mail: string; readonly dn: string }
  /** What is done on this page; null on the mailbox's own. */
  readonly task?: string | null
  readonly children?: ReactNode
}

/** The way to a mailbox and its name, on its page and on those of its tasks. */
export function MailboxHead({ mailbox, task = null, children }: MailboxHeadProps): ReactNode {
  const t = useTranslations('mailboxes')
  const domain = mailbox.mail.slice(mailbox.mail.lastIndexOf('@') + 1).toLowerCase()
  return (
    <header className="mb-5">
      <title>{`${task === null ? mailbox.name : `${task}: ${mailbox.name}`} · Postbook`}</title>
      <p className="pt-5 text-[13px] text-soft">
        <Link href="/mailboxes" className="hover:underline">
          {t('title')}
        </Link>{' '}
        /{' '}
        <Link href={`/mailboxes?domain=${encodeURIComponent(domain)}` as Route} className="hover:underline">
          {domain}
        </Link>
        {task !== null && (
          <>
            {' '}
            /{' '}
            <Link href={`/mailboxes/${mailbox.id}` as Route} className="hover:underline">
              {mailbox.name}
            </Link>
          </>
        )}
      </p>
      <h1 className="mt-1 wrap-anywhere">{task ?? mailbox.name}</h1>
      {task === null ? (
        <p className="address text-soft">{mailbox.dn}</p>
      ) : (
        <p className="text-soft">
          {mailbox.name} · <span className="address">{mailbox.mail}</span>
        </p>
      )}
      {children}
    </header>
  )
}

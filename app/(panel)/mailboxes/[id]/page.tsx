import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { MailboxEditor } from '@/components/entries/mailbox-editor'
import { Unanswered } from '@/components/shell/unanswered'
import { requireStaff } from '@/lib/auth/current-authority'
import { domainOf } from '@/lib/entries/address'
import { nameOf, readMailbox } from '@/lib/entries/mailbox'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { askPreview, save } from './actions'

/** LDAP round trips: one for the person's authority, one for the entry. */
export default async function MailboxPage({ params }: PageProps<'/mailboxes/[id]'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const id = z.uuid().safeParse((await params).id)
  if (!id.success) notFound()
  const result = await readMailboxEntry(authority, id.data)
  if (result.status === 'notFound') notFound()
  if (result.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={result} />
      </div>
    )
  const mailbox = readMailbox(result.entry)
  const domain = domainOf(mailbox.mail) ?? ''
  return (
    <MailboxEditor key={mailbox.id} mailbox={mailbox} preview={askPreview} save={save}>
      <title>{`${nameOf(mailbox)} · Postbook`}</title>
      <p className="pt-5 text-[13px] text-soft">
        <Link href="/mailboxes" className="hover:underline">
          Mailboxes
        </Link>{' '}
        /{' '}
        <Link href={`/mailboxes?domain=${encodeURIComponent(domain)}`} className="hover:underline">
          {domain}
        </Link>
      </p>
      <h1 className="mt-1">{nameOf(mailbox)}</h1>
      <p className="address text-soft">{mailbox.dn}</p>
      <p className="mb-5 text-[13px]">
        <Link
          href={`/history?entry=${encodeURIComponent(mailbox.dn)}`}
          className="text-accent hover:underline"
        >
          History of this entry
        </Link>
      </p>
    </MailboxEditor>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { signOut } from '@/app/sign-out'
import { LookupAnswers } from '@/components/preview/lookup-answers'
import { Frame } from '@/components/shell/frame'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { requireAuthority } from '@/lib/auth/current-authority'
import { type Mailbox, readMailbox } from '@/lib/entries/mailbox'
import { readOwnMailboxEntry } from '@/lib/lists/mailboxes'
import { askOwnAddresses } from '@/lib/lookups/own-addresses'

export const metadata: Metadata = { title: 'My addresses' }

/**
 * A mailbox owner's addresses, each with what Postfix answers for it now.
 * LDAP round trips: one for the person's authority, one for the entry, one for each table.
 */
export default async function AccountPage(): Promise<ReactNode> {
  const authority = await requireAuthority()
  const own = await readOwnMailboxEntry(authority)
  return (
    <Frame who={authority.person.mail} role="Mailbox owner" navigation={null} signOut={signOut}>
      <div className="max-w-3xl px-4 pb-10 md:px-7">
        <PageHead title="My addresses" />
        {own.status === 'failed' && <Unanswered failure={own} />}
        {own.status === 'notFound' && <p>You have no mailbox in this directory. Ask your postmaster.</p>}
        {own.status === 'found' && <Addresses mailbox={readMailbox(own.entry)} />}
      </div>
    </Frame>
  )
}

async function Addresses({ mailbox }: { readonly mailbox: Mailbox }): Promise<ReactNode> {
  const own = await askOwnAddresses(mailbox)
  if (own.status === 'broken')
    return (
      <Notice tone="lost" title="The lookups cannot be shown">
        <p>{own.message}</p>
      </Notice>
    )
  return (
    <>
      <p className="mb-4 text-soft">
        Mail for each of these addresses is looked up by the mail server as shown. Your postmaster adds and
        removes aliases.
      </p>
      <LookupAnswers answers={own.addresses} />
    </>
  )
}

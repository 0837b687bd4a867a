import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { z } from 'zod'
import { ReachingAddresses } from '@/components/aliases/reaching'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { getText, getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { type Mailbox, nameOf, readMailbox } from '@/lib/entries/mailbox'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { findReaching } from '@/lib/lookups/reaching'

/** The title in the person's language. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('aliases'))('reachHeading') }
}

/**
 * What reaches a mailbox. LDAP round trips: those of the person's authority, one for the entry, those of
 * lib/lookups/reaching; the heading does not wait for these.
 */
export default async function ReachingPage({
  params,
}: PageProps<'/mailboxes/[id]/addresses'>): Promise<ReactNode> {
  const [authority, words] = await Promise.all([requireStaff(), getTranslations('aliases')])
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
  return (
    <div className="max-w-5xl px-4 pb-10 md:px-7">
      <p className="pt-5 text-[13px] text-soft">
        <Link href={`/mailboxes/${mailbox.id}` as Route} className="hover:underline">
          {words('reachBack')}
        </Link>{' '}
        / {nameOf(mailbox)}
      </p>
      <h1 className="mt-1">{words('reachHeading')}</h1>
      <p className="address text-soft">{mailbox.mail}</p>
      <p className="mt-1 mb-4 text-soft">{words('reachAbout')}</p>
      <Suspense fallback={<p className="min-h-64 text-soft">{words('pickerBusy')}</p>}>
        <Found authority={authority} mailbox={mailbox} />
      </Suspense>
    </div>
  )
}

interface FoundProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly mailbox: Mailbox
}

async function Found({ authority, mailbox }: FoundProps): Promise<ReactNode> {
  const [reaching, words, text] = await Promise.all([
    findReaching(authority, mailbox),
    getTranslations('aliases'),
    getText(),
  ])
  if (reaching.status === 'failed')
    return (
      <Notice tone="lost" title={words('reachFailed')}>
        <p>{text(reaching.message)}</p>
      </Notice>
    )
  return <ReachingAddresses mail={mailbox.mail} reaching={reaching} />
}

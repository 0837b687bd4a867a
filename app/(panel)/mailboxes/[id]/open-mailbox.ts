import 'server-only'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { requireStaff } from '@/lib/auth/current-authority'
import { type Mailbox, readMailbox } from '@/lib/entries/mailbox'
import { readMailboxEntry } from '@/lib/lists/mailboxes'

type Authority = Awaited<ReturnType<typeof requireStaff>>
type Read = Awaited<ReturnType<typeof readMailboxEntry>>

export type OpenMailbox =
  | {
      readonly status: 'open'
      readonly authority: Authority
      readonly entry: Extract<Read, { status: 'found' }>['entry']
      readonly mailbox: Mailbox
    }
  | Extract<Read, { status: 'failed' }>

/** The mailbox that a page is about, for staff who may see it; else the page that says it is not there. */
export async function openMailbox(params: Promise<{ readonly id: string }>): Promise<OpenMailbox> {
  const authority = await requireStaff()
  const id = z.uuid().safeParse((await params).id)
  if (!id.success) notFound()
  const read = await readMailboxEntry(authority, id.data)
  if (read.status === 'notFound') notFound()
  if (read.status === 'failed') return read
  return { status: 'open', authority, entry: read.entry, mailbox: readMailbox(read.entry) }
}

'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { notSignedIn } from '@/app/form-action'
import { getText } from '@/components/words/server'
import { currentAuthority } from '@/lib/auth/current-authority'
import { beginView, endView } from '@/lib/auth/view-as'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'

export interface ViewState {
  /** Why the view did not begin, in the person's language; null before the first attempt. */
  readonly problem: string | null
}

/** Shows the panel as the owner of this mailbox would see it. For postmasters; nothing can be changed meanwhile. */
export async function viewAs(id: unknown): Promise<ViewState> {
  const text = await getText()
  const problem = (message: Text): ViewState => ({ problem: text(message) })
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return problem(notSignedIn(who).message)
  const mailbox = z.uuid().safeParse(id)
  if (!mailbox.success || who.authority.role !== 'postmaster')
    return problem({ key: 'viewAs.postmastersOnly' })
  const read = await readMailboxEntry(who.authority, mailbox.data)
  if (read.status === 'failed')
    return problem({ key: 'edit.noAnswer', values: { diagnostic: read.diagnostic } })
  if (read.status === 'notFound') return problem({ key: 'viewAs.gone' })
  const refusal = await beginView(who.authority, read.entry.dn)
  if (refusal !== null) return problem(refusal)
  redirect('/account')
}

/** Goes back to one's own panel, to the mailbox whose owner it was. Without a view it changes nothing. */
export async function leaveView(): Promise<void> {
  const id = await endView()
  redirect((id === null ? '/' : `/mailboxes/${id}`) as Route)
}

'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { notSignedIn } from '@/app/form-action'
import { currentAuthority } from '@/lib/auth/current-authority'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { LONGEST_NAME } from '@/lib/templates/mailbox-template'
import { keepTemplate, saveTemplate } from '@/lib/templates/mailbox-templates'
import type { Text } from '@/lib/words/text'

const PAGE = '/mailboxes/templates'
const templateName = z.string().max(1000)

/** Makes a template of a mailbox that the person may see; answers why not, or null. */
export async function saveAsTemplate(mailbox: unknown, name: unknown): Promise<Text | null> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who).message
  const [id, typed] = [z.uuid().safeParse(mailbox), templateName.safeParse(name)]
  if (!id.success || !typed.success) return { key: 'edit.malformed' }
  const read = await readMailboxEntry(who.authority, id.data)
  if (read.status === 'failed') return { key: 'edit.noAnswer', values: { diagnostic: read.diagnostic } }
  if (read.status === 'notFound') return { key: 'templates.noMailbox' }
  const refusal = await saveTemplate(who.authority, typed.data, read.entry, new Date())
  if (refusal === null) revalidatePath(PAGE)
  return refusal
}

/** Removes a template; it can be brought back. */
export async function removeTemplate(name: unknown): Promise<Text | null> {
  return keep(name, false)
}

/** Brings a removed template back. */
export async function restoreTemplate(name: unknown): Promise<Text | null> {
  return keep(name, true)
}

async function keep(name: unknown, keepIt: boolean): Promise<Text | null> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who).message
  const typed = templateName.min(1).max(LONGEST_NAME).safeParse(name)
  if (!typed.success) return { key: 'edit.malformed' }
  const refusal = await keepTemplate(who.authority, typed.data, keepIt, new Date())
  if (refusal === null) revalidatePath(PAGE)
  return refusal
}

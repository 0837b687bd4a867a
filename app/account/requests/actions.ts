'use server'

import { revalidatePath } from 'next/cache'
import { notSignedIn } from '@/app/form-action'
import { currentAuthority } from '@/lib/auth/current-authority'
import { askForAlias, type Asked, requestSubmission, withdrawRequest } from '@/lib/requests/own-requests'
import { requestId } from '@/lib/requests/request'
import type { Text } from '@/lib/words/text'

/** Asks for an alias of one's own: it waits until an administrator says yes or no. */
export async function ask(submission: unknown): Promise<Asked> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return { ...notSignedIn(who), field: null }
  const wish = requestSubmission.safeParse(submission)
  if (!wish.success) return { status: 'refused', message: { key: 'edit.malformed' }, field: null }
  const asked = await askForAlias(who.authority, wish.data)
  if (asked.status === 'asked') revalidatePath('/account/requests')
  return asked
}

/** Takes one's own waiting request back; answers why not, or null. */
export async function withdraw(id: unknown): Promise<Text | null> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who).message
  const request = requestId.safeParse(id)
  if (!request.success) return { key: 'edit.malformed' }
  const refusal = await withdrawRequest(who.authority, request.data)
  if (refusal === null) revalidatePath('/account/requests')
  return refusal
}

'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { notSignedIn } from '@/app/form-action'
import { currentAuthority } from '@/lib/auth/current-authority'
import type { MadeToken } from '@/lib/tokens/own-token'
import { makeOwnToken, revokeOwnToken } from '@/lib/tokens/own-tokens'
import type { Text } from '@/lib/words/text'

/** Makes a token for the person who calls; its text is in this answer and never again. */
export async function makeToken(name: unknown): Promise<MadeToken> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return { status: 'refused', message: notSignedIn(who).message }
  const typed = z.string().max(1000).safeParse(name)
  if (!typed.success) return { status: 'refused', message: { key: 'edit.malformed' } }
  const made = await makeOwnToken(who.authority, typed.data)
  if (made.status === 'made') revalidatePath('/account/tokens')
  return made
}

/** Revokes a token of the person who calls; answers why not, or null. */
export async function revokeToken(id: unknown): Promise<Text | null> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who).message
  const token = z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .safeParse(id)
  if (!token.success) return { key: 'edit.malformed' }
  const refusal = await revokeOwnToken(who.authority, token.data)
  if (refusal === null) revalidatePath('/account/tokens')
  return refusal
}

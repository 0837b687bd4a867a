'use server'

import { redirect } from 'next/navigation'
import { togetherId } from '@/app/(panel)/history/query'
import { notSignedIn } from '@/app/(panel)/history/not-signed-in'
import { currentAuthority } from '@/lib/auth/current-authority'
import { takeBackTogether } from '@/lib/plans/take-back'
import type { Text } from '@/lib/words/text'

/** Begins to take back what was made together, and goes on to the job; else says why not. */
export async function takeBack(id: unknown): Promise<Text> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who).message
  const name = togetherId.safeParse(id)
  if (!name.success) return { key: 'history.together.gone' }
  if (who.authority.role === 'owner') return { key: 'undo.forbidden' }
  return (await takeBackTogether(who.authority, name.data)) ?? redirect('/plans/job')
}

'use server'

import { currentAuthority } from '@/lib/auth/current-authority'
import { canSignOutEverywhere, signOutEverywhere, signOutHere } from '@/lib/auth/sign-in'
import type { Text } from '@/lib/words/text'

/** Ends the session of whoever calls; without a session it only goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await signOutHere()
}

export interface SignOutState {
  /** Why the sessions go on; null before the first attempt. */
  readonly problem: Text | null
}

/** Ends every session of the person who calls, on every device. */
export async function signOutOfEverything(): Promise<SignOutState> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') {
    await signOutHere()
    return { problem: null }
  }
  const done = canSignOutEverywhere() && (await signOutEverywhere(who.authority))
  return { problem: done ? null : { key: 'signIn.unfit.sessionsGoOn' } }
}

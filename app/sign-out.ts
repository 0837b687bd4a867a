'use server'

import { signOutHere } from '@/lib/auth/sign-in'

/** Ends the session of whoever calls; without a session it only goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await signOutHere()
}

'use server'

import { currentAuthority } from '@/lib/auth/current-authority'
import { beginScan, stopScan } from '@/lib/health/scan'
import type { ScanProgress } from '@/lib/health/scan-state'

/** Begins a new look at the whole directory; null for whoever is no postmaster. */
export async function lookAgain(): Promise<ScanProgress | null> {
  const who = await currentAuthority()
  return who.status === 'signedIn' && who.authority.role === 'postmaster' ? beginScan(who.authority) : null
}

/** Stops the look that is under way. */
export async function stopLooking(): Promise<void> {
  const who = await currentAuthority()
  if (who.status === 'signedIn' && who.authority.role === 'postmaster') stopScan()
}

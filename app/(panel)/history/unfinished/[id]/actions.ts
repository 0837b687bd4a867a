'use server'

import { z } from 'zod'
import { currentAuthority } from '@/lib/auth/current-authority'
import { recoverCommit } from '@/lib/changes/recover-commit'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'

const recovery = z.object({
  id: z.string().min(1).max(200),
  direction: z.enum(['continue', 'undo']),
  approval: z.object({
    checksum: z.string().regex(/^[0-9a-f]{64}$/),
    confirmed: z.array(z.string().max(64)).max(64),
  }),
})

/** Continues or undoes a commit that was cut off, if that is what was previewed. */
export async function recover(id: unknown, direction: unknown, approval: unknown): Promise<ApprovedOutcome> {
  const who = await currentAuthority()
  if (who.status === 'signedOut')
    return {
      status: 'refused',
      message: 'You are signed out. Sign in in another tab, then load the page again.',
    }
  if (who.status === 'unavailable')
    return { status: 'refused', message: `The directory did not answer (${who.message}). Try again.` }
  const parsed = recovery.safeParse({ id, direction, approval })
  if (!parsed.success)
    return { status: 'refused', message: 'This is no commit of the journal. Load the page again.' }
  return recoverCommit(who.authority, parsed.data.id, parsed.data.direction, parsed.data.approval)
}

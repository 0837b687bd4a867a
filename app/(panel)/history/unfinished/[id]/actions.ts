'use server'

import { z } from 'zod'
import { notSignedIn } from '@/app/(panel)/history/not-signed-in'
import { currentAuthority } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import { recoverCommit } from '@/lib/changes/recovery/recover-commit'
import type { ApprovedOutcome } from '@/lib/changes/approved-outcome'

const recovery = z.object({
  id: z.string().min(1).max(200),
  direction: z.enum(['continue', 'undo']),
  approval,
})

/** Continues or undoes a commit that was cut off, if that is what was previewed. */
export async function recover(id: unknown, direction: unknown, approved: unknown): Promise<ApprovedOutcome> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const parsed = recovery.safeParse({ id, direction, approval: approved })
  if (!parsed.success) return { status: 'refused', message: { key: 'recovery.noSuchCommit' } }
  return recoverCommit(who.authority, parsed.data.id, parsed.data.direction, parsed.data.approval)
}

'use server'

import { z } from 'zod'
import { currentAuthority } from '@/lib/auth/current-authority'
import { undoChange } from '@/lib/history/undo'
import type { UndoOutcome } from '@/lib/history/undo-state'
import { changeId } from '@/app/(panel)/history/query'

const approval = z.object({
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  confirmed: z.array(z.string().max(64)).max(64),
})

/** Undoes a change if that is what was previewed; then asks the tables again. */
export async function undo(id: unknown, approved: unknown): Promise<UndoOutcome> {
  const who = await currentAuthority()
  if (who.status === 'signedOut')
    return {
      status: 'refused',
      message: 'You are signed out. Sign in in another tab, then load the page again.',
    }
  if (who.status === 'unavailable')
    return { status: 'refused', message: `The directory did not answer (${who.message}). Try again.` }
  const [change, yes] = [changeId.safeParse(id), approval.safeParse(approved)]
  return change.success && yes.success
    ? undoChange(who.authority, change.data, yes.data)
    : { status: 'refused', message: 'This is no change of the history. Load the page again.' }
}

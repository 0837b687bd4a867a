'use server'

import { notSignedIn } from '@/app/(panel)/history/not-signed-in'
import { currentAuthority } from '@/lib/auth/current-authority'
import { approval } from '@/lib/changes/approval'
import { undoChange } from '@/lib/history/undo'
import type { UndoOutcome } from '@/lib/history/undo-state'
import { changeId } from '@/app/(panel)/history/query'

/** Undoes a change if that is what was previewed; then asks the tables again. */
export async function undo(id: unknown, approved: unknown): Promise<UndoOutcome> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return notSignedIn(who)
  const [change, yes] = [changeId.safeParse(id), approval.safeParse(approved)]
  return change.success && yes.success
    ? undoChange(who.authority, change.data, yes.data)
    : { status: 'refused', message: { key: 'history.noSuchChange' } }
}

'use server'

import { z } from 'zod'
import { currentAuthority } from '@/lib/auth/current-authority'
import { undoCommit } from '@/lib/history/commit-undo'
import type { CommitUndo } from '@/lib/history/commit-undo-state'

/** The name of a commit in the journal. */
const commitName = z.string().max(100)

/** Takes back a commit that this person has just made, if what it has left is still there. */
export async function undo(journal: unknown): Promise<CommitUndo> {
  const who = await currentAuthority()
  if (who.status === 'signedOut') return { status: 'refused', message: { key: 'undo.signedOut' } }
  if (who.status !== 'signedIn')
    return { status: 'refused', message: { key: 'undo.unread', values: { reason: who.message } } }
  const name = commitName.safeParse(journal)
  if (!name.success) return { status: 'refused', message: { key: 'undo.malformed' } }
  return undoCommit(who.authority, name.data)
}

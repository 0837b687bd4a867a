/**
 * recover-commit - continues or undoes a commit that was cut off, and says what came of it.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { Approval } from './preview-result'
import { continueCommit, undoCommit } from './recovery'
import type { RecoveryDirection, RecoveryOutcome } from './recovery-view'

/** Does what was approved; the outcome is plain data for a screen. */
export async function recoverCommit(
  authority: Authority,
  id: string,
  direction: RecoveryDirection,
  approval: Approval,
): Promise<RecoveryOutcome> {
  const result = await (direction === 'continue' ? continueCommit : undoCommit)(authority, id, approval)
  switch (result.status) {
    case 'asPreviewed':
      return { status: 'done', lookups: result.lookups, broken: [] }
    case 'alarm':
      return { status: 'done', lookups: result.lookups, broken: result.broken }
    case 'stale':
      return { status: 'look', preview: result.preview, reason: 'outdated' }
    case 'notConfirmed':
    case 'blocked':
      return { status: 'look', preview: result.preview, reason: result.status }
    case 'refused':
    case 'forbidden':
    case 'unavailable':
    case 'partial':
    case 'finished':
    case 'running':
    case 'missing':
      return { status: 'refused', message: result.message }
  }
}

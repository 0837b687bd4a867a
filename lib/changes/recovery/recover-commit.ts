/**
 * recover-commit - continues or undoes a commit that was cut off, and says what came of it.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { type ApprovedOutcome, approvedOutcome } from '@/lib/changes/approved-outcome'
import type { Approval } from '@/lib/changes/preview-result'
import { continueCommit, undoCommit } from './recovery'

export type RecoveryDirection = 'continue' | 'undo'

/** Does what was approved; the outcome is plain data for a screen. */
export async function recoverCommit(
  authority: Authority,
  id: string,
  direction: RecoveryDirection,
  approval: Approval,
): Promise<ApprovedOutcome> {
  const recover = direction === 'continue' ? continueCommit : undoCommit
  return approvedOutcome(await recover(authority, id, approval))
}

/**
 * take-back - takes back from the history what was made together: the commits of a task, or one commit.
 *
 * As the job that plans are taken back with: each commit guarded by what it has left, the last first, stopped on
 * request between two. Only the task's person and postmasters may; every commit is judged by its own journal and by
 * the rights of whoever takes it back all the same. A plan of the store that these commits wrote says so afterwards.
 * A text says why nothing has begun.
 */
import 'server-only'
import { pino } from 'pino'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import { findTogether, mayTakeBack } from '@/lib/history/together'
import type { Text } from '@/lib/words/text'
import { openJob } from './job'
import { beginUndo } from './job-commit'
import { changePlan, findPlans } from './plan-store'

const log = pino({ name: 'postbook', base: null })

/** Begins to take back all of a task or of a commit; null when that has begun. */
export async function takeBackTogether(authority: Authority, id: string): Promise<Text | null> {
  const together = await findTogether(id)
  if (together === null) return { key: 'history.together.gone' }
  if (!mayTakeBack(authority, together)) return { key: 'undo.forbidden' }
  const { title, person, commits } = together
  const job = openJob(authority, {
    kind: 'undo',
    title: title ?? { key: 'history.together.ofPerson', values: { name: person?.name ?? '' } },
    phase: 'undoing',
    onWritten: () => markPlan(authority, commits),
  })
  if (typeof job === 'string' || 'key' in job) return job
  beginUndo(job, commits)
  return null
}

/** The directory is as before by now: a store that cannot say so is a line in the panel's log. */
async function markPlan(authority: Authority, commits: readonly string[]): Promise<void> {
  if (!hasStore()) return
  const plans = await findPlans(authority)
  if ('status' in plans) {
    log.warn({ diagnostic: plans.diagnostic }, 'plans could not be read in LDAP_STORE_BASE')
    return
  }
  const written = plans.find(
    ({ state, journals }) => state === 'written' && journals.some((name) => commits.includes(name)),
  )
  const refusal = written === undefined ? null : await changePlan(authority, written.id, { state: 'undone' })
  if (refusal !== null) log.warn({ refusal }, 'a plan could not be changed in LDAP_STORE_BASE')
}

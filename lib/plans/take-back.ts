/**
 * take-back - takes back what was made together: the commits of a task, of the person's job, or one commit.
 *
 * As a job of its own (job-take-back): previewed first, then each commit guarded by what it has left. Only the task's
 * person and postmasters may; every commit is judged by its own journal and by the rights of whoever takes it back
 * all the same. A plan of the store that these commits wrote says so afterwards. A text says why nothing has begun.
 */
import 'server-only'
import { pino } from 'pino'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import { findTogether, mayTakeBack } from '@/lib/history/together'
import { forgetDomainCounts } from '@/lib/lists/domain-counts'
import type { Text } from '@/lib/words/text'
import { jobOf } from './job'
import { beginTakeBack } from './job-take-back'
import { changePlan, findPlans } from './plan-store'

const log = pino({ name: 'postbook', base: null })

/** Begins to check what taking back all of a task or of a commit does; null when that has begun. */
export async function takeBackTogether(authority: Authority, id: string): Promise<Text | null> {
  const together = await findTogether(id)
  if (together === null) return { key: 'history.together.gone' }
  if (!mayTakeBack(authority, together)) return { key: 'undo.forbidden' }
  const { title, person, commits } = together
  const ofPerson: Text = { key: 'history.together.ofPerson', values: { name: person?.name ?? '' } }
  return beginTakeBack(authority, title ?? ofPerson, commits, () => afterwards(authority, commits))
}

/** Begins to check what taking back the person's job does; null when that has begun. */
export function takeBackJob(authority: Authority): Text | null {
  const job = jobOf(authority)
  if (job?.phase !== 'finished' || job.journals.length === 0) return { key: 'bulk.job.gone' }
  const { title, journals } = job
  return beginTakeBack(authority, title, journals, () => afterwards(authority, journals))
}

async function afterwards(authority: Authority, commits: readonly string[]): Promise<void> {
  forgetDomainCounts()
  await markPlan(authority, commits)
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

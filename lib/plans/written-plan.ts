/**
 * written-plan - remembers in the panel's store which commits a job has made, so that all of it can be taken back at
 * once later, from any panel.
 *
 * Without a store, or where it does not answer, the job itself knows for as long as it is kept; what was written is
 * in the journal in any case, so a failure here is a line in the panel's log.
 */
import 'server-only'
import { pino } from 'pino'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import type { Text } from '@/lib/words/text'
import { addPlan, changePlan } from './plan-store'

const log = pino({ name: 'postbook', base: null })

/** Takes the names of all commits whenever some were made, and none when they were taken back. */
export function writtenRecorder(
  authority: Authority,
  title: Text,
): (journals: readonly string[]) => Promise<void> {
  let id: string | null = null
  return async (journals) => {
    if (!hasStore()) return
    const refusal =
      journals.length === 0
        ? id === null
          ? null
          : await changePlan(authority, id, { state: 'undone' })
        : id === null
          ? await add(journals)
          : await changePlan(authority, id, { journals })
    if (refusal !== null) log.warn({ refusal }, 'a job could not be noted in LDAP_STORE_BASE')
  }

  async function add(journals: readonly string[]): Promise<Text | null> {
    const facts = { state: 'written', title, journals, writerName: authority.person.name } as const
    const added = await addPlan(authority, { ...facts, written: new Date().toISOString() })
    if (typeof added === 'string' || 'key' in added) return added
    id = added.id
    return null
  }
}

/**
 * write-proof - asks the promised lookups again after a commit, of the live tables, opened afresh.
 *
 * A table that reads from another server than the service account writes to may be behind it (a replica): it is
 * asked again until it keeps its promise, for a bounded time. One that reads where it was written is asked once.
 * LDAP round trips: one or two for each table, more for each repetition.
 */
import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { liveAccess } from '@/lib/directory/files'
import { directoryEnvironment } from '@/lib/environment'
import type { SiteTable } from '@/lib/site/postfix-configuration'
import type { Examination, PreparedChange, PromisedLookup } from '@/lib/changes/examination'
import { answerOf, differenceBetween, isAsPromised } from '@/lib/changes/impact/lookup-answer'
import type { BrokenPromise, CommitResult, LookupChange } from '@/lib/changes/preview-result'
import { TableAnswers } from '@/lib/changes/impact/table-answers'

const REPLICA_MILLISECONDS = 5_000
const POLL_MILLISECONDS = 100

interface ProvedLookup {
  readonly lookup: LookupChange
  readonly broken: BrokenPromise | null
}

/**
 * What the tables answer now, against what was promised.
 * @param journal names the commit that made the promise
 */
export async function prove(
  { tables, flags }: Pick<PreparedChange, 'tables' | 'flags'>,
  { promises }: Pick<Examination, 'promises'>,
  journal: string | null,
): Promise<CommitResult> {
  const each = await Promise.all(
    tables.map(async (table) => {
      const promised = promises.filter((row) => row.table === table)
      const deadline = performance.now() + (mayLag(table) ? REPLICA_MILLISECONDS : 0)
      for (;;) {
        const proved = await askAgain(table, promised, flags)
        if (proved.every(({ broken }) => broken === null) || performance.now() >= deadline) return proved
        await delay(POLL_MILLISECONDS)
      }
    }),
  )
  const rows = each.flat()
  const lookups = rows.map(({ lookup }) => lookup)
  const broken = rows.map((row) => row.broken).filter((promise) => promise !== null)
  return broken.length === 0
    ? { status: 'asPreviewed', lookups, journal }
    : { status: 'alarm', lookups, broken, journal }
}

async function askAgain(
  table: SiteTable,
  promises: readonly PromisedLookup[],
  flags: PreparedChange['flags'],
): Promise<readonly ProvedLookup[]> {
  const answers = new TableAnswers(table.parameter, table.open(liveAccess), flags)
  const results = await answers.askAll(promises.map(({ lookup }) => lookup.key))
  return promises.flatMap(({ lookup, promised }, at): readonly ProvedLookup[] => {
    const now = results[at]
    if (now === undefined) return []
    const answer = answerOf(now)
    const proved = { ...lookup, after: answer, difference: differenceBetween(lookup.before, answer) }
    return [{ lookup: proved, broken: isAsPromised(promised, now) ? null : { lookup, now: answer } }]
  })
}

/** Whether the table asks another server than the one that is written to. */
function mayLag({ configuration }: SiteTable): boolean {
  const written = new Set(directoryEnvironment().LDAP_URL.map(comparable))
  return configuration === null || configuration.server.uris.some((uri) => !written.has(comparable(uri)))
}

function comparable(uri: string): string {
  const address = uri.toLowerCase().replace(/\/+$/, '')
  return address.startsWith('ldap://') ? address.replace(/:389$/, '') : address.replace(/:636$/, '')
}

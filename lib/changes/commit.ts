/**
 * commit - makes a previewed change, and proves afterwards that the preview was true.
 *
 * Previews anew; what differs from what the person approved (checksum) is stale and nothing is written. Each
 * entry is written with an assertion on the entryCSN that the preview rests on (RFC 4528; 122 is stale). A
 * lost connection is never taken for a refusal: the entry is read again, and what holds is said. Then the same
 * lookups are asked of the live tables and compared with what was promised.
 * LDAP round trips: those of the preview, one for each change, one or two for the proof.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { liveAccess } from '@/lib/directory/files'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { EntryState } from './checksum'
import { type Examination, examineChange, prepareChange, type PreparedChange } from './examination'
import { answerOf, differenceBetween, isAsPromised } from './lookup-answer'
import { findStale } from './preview'
import type { Approval, BrokenPromise, CommitResult, LookupChange, Preview } from './preview-result'
import { TableAnswers } from './table-answers'
import { type Stopped, writeChanges } from './write'

/** Makes the change if it is still what was approved. */
export async function commitChanges(
  authority: Authority,
  changes: readonly ChangeRecord[],
  basis: readonly EntryState[],
  approved: Approval,
): Promise<CommitResult> {
  const prepared = await prepareChange(authority, changes)
  if (prepared.status === 'refused')
    return { status: 'refused', resultCode: 34, message: prepared.message, attribute: null }
  if (prepared.status !== 'prepared') return { status: prepared.status, message: prepared.message }
  const stale = await findStale(authority, prepared, basis)
  if (stale?.status === 'unavailable') return stale
  const examination = await examineChange(authority, prepared)
  const obstacle = obstacleTo(examination.preview, stale !== null, approved)
  if (obstacle !== null) return obstacle
  const written = await writeChanges(authority, prepared)
  if (written.status === 'written') return prove(prepared, examination)
  return written.status === 'stale' ? previewAnew(authority, prepared, written) : written
}

function obstacleTo(preview: Preview, isStale: boolean, approved: Approval): CommitResult | null {
  if (isStale || preview.checksum !== approved.checksum) return { status: 'stale', preview }
  const { rehearsal, findings } = preview
  if (rehearsal.status === 'refused') {
    const { message, attribute, resultCode } = rehearsal
    return { status: 'refused', resultCode: resultCode ?? 80, message, attribute }
  }
  if (findings.some(({ severity }) => severity === 'blocks')) return { status: 'blocked', preview }
  const unconfirmed = findings.some(
    ({ severity, code }) => severity === 'confirm' && !approved.confirmed.includes(code),
  )
  return unconfirmed ? { status: 'notConfirmed', preview } : null
}

async function previewAnew(
  authority: Authority,
  { changes }: PreparedChange,
  stopped: Stopped,
): Promise<CommitResult> {
  const prepared = await prepareChange(authority, changes)
  if (prepared.status !== 'prepared') return { status: 'unavailable', message: stopped.message }
  const { preview } = await examineChange(authority, prepared)
  return { status: 'stale', preview }
}

/** Asks the same lookups of the live tables, opened afresh. */
async function prove({ tables, flags }: PreparedChange, examination: Examination): Promise<CommitResult> {
  const { promises } = examination
  const each = await Promise.all(
    tables.map(async (table) => {
      const rows = promises.filter((row) => row.table === table)
      const answers = new TableAnswers(table.parameter, table.open(liveAccess), flags)
      const results = await answers.askAll(rows.map(({ lookup }) => lookup.key))
      return rows.flatMap(
        ({ lookup, promised }, at): { lookup: LookupChange; broken: BrokenPromise | null }[] => {
          const now = results[at]
          if (now === undefined) return []
          const answer = answerOf(now)
          const proved = { ...lookup, after: answer, difference: differenceBetween(lookup.before, answer) }
          return [{ lookup: proved, broken: isAsPromised(promised, now) ? null : { lookup, now: answer } }]
        },
      )
    }),
  )
  const rows = each.flat()
  const lookups = rows.map(({ lookup }) => lookup)
  const broken = rows.map((row) => row.broken).filter((promise) => promise !== null)
  return broken.length === 0 ? { status: 'asPreviewed', lookups } : { status: 'alarm', lookups, broken }
}

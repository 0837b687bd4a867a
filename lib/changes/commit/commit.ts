/**
 * commit - makes a previewed change, and proves afterwards that the preview was true.
 *
 * Reserves the addresses that the change gives, previews anew (what differs from what the person approved is stale
 * and nothing is written), writes the plan to the journal, then each entry with an assertion on the entryCSN that
 * the preview rests on (RFC 4528; 122 is stale), in an order whose every prefix is safe. Whatever happens, the
 * answer says what is in the directory now; what was cut off stays in the journal for recovery.ts. Then the same
 * lookups are asked of the live tables and compared with what was promised.
 * LDAP round trips: those of the preview, one for each write, two for each address given, one or two for the proof.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import type { EntryState } from '@/lib/changes/checksum'
import { sessionOfOrigin } from './commit-origin'
import { recordCommit } from './commit-record'
import { microsecondsNow, timeOfMicroseconds } from './commit-time'
import {
  entriesBefore,
  type Examination,
  examineChange,
  type NotPrepared,
  prepareChange,
  type PreparedChange,
} from '@/lib/changes/examination'
import { addedAddresses } from '@/lib/changes/findings/finding-searches'
import { beginJournal, type OpenJournal } from '@/lib/changes/journal/journal'
import { noteTaskCommit } from '@/lib/changes/journal/task-journal'
import { findStale } from '@/lib/changes/preview'
import type { Approval, CommitResult, Preview } from '@/lib/changes/preview-result'
import { type Reservation, reserveAddresses } from './reservation'
import { findRival } from './reservation-rival'
import { type Stop, writeAll } from './write'
import { readStates, takeBack } from './write-back'
import { type PlannedWrite, planWrites } from './write-plan'
import { prove } from './write-proof'
import { partialResult, statesAt } from './write-report'

const NOTHING_WRITTEN: Text = { key: 'refusals.nothingWritten' }

/** A change that is approved and may be written now. */
interface Commission {
  readonly authority: Authority
  readonly prepared: PreparedChange
  readonly examination: Examination
  readonly reservation: Reservation
  readonly writes: readonly PlannedWrite[]
  readonly task: string | null
}

/**
 * Makes the change if it is still what was approved.
 * @param recovers the commit of the journal that this one continues or undoes
 * @param task the task that this commit is a part of (task-journal)
 */
export async function commitChanges(
  authority: Authority,
  changes: readonly ChangeRecord[],
  basis: readonly EntryState[],
  approved: Approval,
  recovers: string | null = null,
  task: string | null = null,
): Promise<CommitResult> {
  const first = await prepareChange(authority, changes)
  if (first.status !== 'prepared') return notPrepared(first)
  const reservation = await reserveAddresses(authority, addedAddresses(first.images))
  if (reservation.status === 'unavailable') return reservation
  if (reservation.status === 'taken')
    return { status: 'refused', resultCode: 51, message: reservation.message, attribute: null }
  try {
    // Whoever had the address meanwhile may have changed what was read.
    const prepared = reservation.waited ? await prepareChange(authority, changes) : first
    if (prepared.status !== 'prepared') return notPrepared(prepared)
    const stale = await findStale(authority, prepared, basis)
    if (stale?.status === 'unavailable') return stale
    const examination = await examineChange(authority, prepared)
    const obstacle = obstacleTo(examination.preview, stale !== null, approved)
    if (obstacle !== null) return obstacle
    const writes = await planWrites(changes, entriesBefore(prepared), prepared.schema)
    if (writes === null) return { status: 'stale', preview: examination.preview }
    const commission = { authority, prepared, examination, reservation, writes, task }
    const made = await carryOut(commission, recovers)
    return made.status === 'written' ? await prove(prepared, examination, made.journal) : made
  } finally {
    await reservation.release()
  }
}

function notPrepared({ status, message }: NotPrepared): CommitResult {
  return status === 'refused' ? { status, resultCode: 34, message, attribute: null } : { status, message }
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

/** Everything was written; the journal names the commit, null where there was nothing to write. */
interface Written {
  readonly status: 'written'
  readonly journal: string | null
}

/** Writes behind the journal, and says what became of it. */
async function carryOut(commission: Commission, recovers: string | null): Promise<CommitResult | Written> {
  const { authority, examination, writes, task } = commission
  if (writes.length === 0) return { status: 'written', journal: null }
  const begun = microsecondsNow()
  const journal = await beginJournal({
    person: authority.person,
    session: sessionOfOrigin(authority.origin),
    time: timeOfMicroseconds(begun),
    checksum: examination.preview.checksum,
    recovers,
    task,
    steps: writes.map(({ kept }) => kept),
  })
  if ('status' in journal)
    return { status: 'unavailable', message: sentences(journal.message, NOTHING_WRITTEN) }
  if (task !== null) await noteTaskCommit(task, journal.id, writes.length)
  try {
    return await writeJournalled(commission, journal, begun, recovers ?? journal.id)
  } finally {
    await journal.release()
  }
}

/**
 * @param begun the time of the commit, in microseconds
 * @param name of the commit under which recovery.ts finds this one
 */
async function writeJournalled(
  commission: Commission,
  journal: OpenJournal,
  begun: number,
  name: string,
): Promise<CommitResult | Written> {
  const { authority, prepared, reservation, writes, task } = commission
  const outcome = await writeAll(authority, writes, prepared.schema, {
    record: (result) => journal.record(result),
    obstacle: () => reservation.expired(),
  })
  const made = outcome.status === 'written' ? writes : writes.slice(0, outcome.at)
  await recordCommit(authority, made, begun, { id: name, writes: writes.length, task })
  if (outcome.status === 'stopped') {
    const { at, stop } = outcome
    const states = statesAt(writes.length, at, stop.state)
    if (at > 0 || stop.state !== 'notDone') return partialResult(writes, states, stop.message, name)
    await journal.close('nothingWritten', authority.person.dn)
    return nothingWritten(commission, stop)
  }
  const beaten = reservation.inStore ? null : await giveWay(commission, journal, name)
  if (beaten !== null) return beaten
  // All is written and flushed; a journal that cannot be closed only shows a finished commit once more.
  await journal.close('complete', authority.person.dn)
  return { status: 'written', journal: journal.id }
}

/** Without a store: takes the change back if someone else was earlier with one of its addresses. */
async function giveWay(
  commission: Commission,
  journal: OpenJournal,
  name: string,
): Promise<CommitResult | null> {
  const { authority, prepared, examination, writes } = commission
  const rival = await findRival(authority, prepared.images, examination.preview)
  if (rival.status === 'alone') return null
  const states = statesAt(writes.length, writes.length, 'done')
  if (rival.status === 'failed') {
    const reason: Text = { key: 'refusals.rivalUnknown', values: { reason: rival.message } }
    return partialResult(writes, states, reason, name)
  }
  const reason: Text = { key: 'refusals.rival', values: { address: rival.address, dn: rival.dn } }
  const failed = await takeBack(authority, writes, prepared.schema)
  if (failed !== null) {
    const kept = writes.map((write) => write.kept)
    return partialResult(writes, await readStates(authority, kept), sentences(reason, failed), name)
  }
  await journal.close('undone', authority.person.dn)
  const message = sentences(reason, { key: 'refusals.takenBack' })
  return { status: 'refused', resultCode: 19, message, attribute: 'mailAlias' }
}

async function nothingWritten({ authority, prepared }: Commission, stop: Stop): Promise<CommitResult> {
  const message = sentences(stop.message, NOTHING_WRITTEN)
  if (stop.status === 'refused') {
    const { resultCode, attribute } = stop
    return { status: 'refused', resultCode, message, attribute }
  }
  if (stop.status === 'unavailable') return { status: 'unavailable', message }
  const now = await prepareChange(authority, prepared.changes)
  if (now.status !== 'prepared') return { status: 'unavailable', message }
  const { preview } = await examineChange(authority, now)
  return { status: 'stale', preview }
}

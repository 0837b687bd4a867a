/**
 * write - carries out the writes of a commit one after the other, and stops at the first that fails.
 *
 * Results are flushed to the journal in their order while the next writes are under way, a bounded number behind;
 * one that the entry itself would not tell (a password alone) before the next write. After a lost connection the entry is read again, as
 * soon as the directory answers, for a bounded time; a write that was not made is sent once more with the same
 * assertion, so that of the two at most one is made however late the first arrives. What cannot be known is said.
 * Authority: RFC 4528 (assertions); RFC 4511 section 4.1.9 (results), 5.3 (a lost connection answers nothing).
 */
import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { Authority } from '@/lib/directory/authority'
import type { WriteResult } from '@/lib/directory/outcome'
import { readEntry } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { inEnglish } from '@/lib/words/english'
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import type { JournalResult } from '@/lib/changes/journal/journal-text'
import { judgeStep, type StepState } from '@/lib/changes/journal/recovery-state'
import { tellProgress } from '@/lib/changes/progress'
import { attributeOfRefusal } from '@/lib/changes/refusal'
import { refusalMessage } from '@/lib/changes/rehearsal'
import { KeptResults } from './kept-results'
import { ASSERTION_FAILED, writeOne } from './write-one'
import type { PlannedWrite } from './write-plan'

const NO_SUCH_ATTRIBUTE = 16
const SERVER_DOWN = -1
const LONGEST_WAIT_SECONDS = 5
const POLL_MILLISECONDS = 50

/** Why a commit stopped. `message` says what happened, not what is in the directory. */
export interface Stop {
  readonly status: 'stale' | 'refused' | 'unavailable'
  /** What became of the write at which it stopped. */
  readonly state: Exclude<StepState, 'done'>
  readonly resultCode: number
  readonly message: Text
  readonly attribute: string | null
}

export type WriteOutcome =
  | { readonly status: 'written' }
  /** The writes before `at` were made, those behind it were not. */
  | { readonly status: 'stopped'; readonly at: number; readonly stop: Stop }

/** What the writer tells and asks between writes. */
export interface WriteCompanion {
  /** Keeps a result; why not, if that failed. */
  record(result: JournalResult): Promise<Text | null>
  /** Why no more may be written; null to go on. */
  obstacle(): Text | null
}

/** Makes the writes in their order. */
export async function writeAll(
  authority: Authority,
  writes: readonly PlannedWrite[],
  schema: Schema,
  companion: WriteCompanion,
): Promise<WriteOutcome> {
  const results = new KeptResults(companion)
  for (const [at, planned] of writes.entries()) {
    const unkept = await results.room()
    if (unkept !== null) return { status: 'stopped', at, stop: unavailable('notDone', unkept) }
    const obstacle = companion.obstacle()
    const stop =
      obstacle === null ? await makeWrite(authority, planned, schema) : unavailable('notDone', obstacle)
    const status = stop === null ? 'written' : stop.state === 'unknown' ? 'unknown' : 'refused'
    results.keep({ number: at + 1, status, message: stop === null ? '' : inEnglish(stop.message) })
    if (stop !== null || !tellsItself(planned)) await results.kept()
    if (stop !== null) return { status: 'stopped', at, stop }
    tellProgress({ written: at + 1, total: writes.length })
  }
  await results.kept()
  return { status: 'written' }
}

/** Whether the entry shows that this write was made, without its result. */
function tellsItself({ kept, after: left }: PlannedWrite): boolean {
  if (left === null) return true
  // With another entryCSN, as the server gives it.
  const attributes = left.attributes.filter(({ description }) => description.toLowerCase() !== 'entrycsn')
  return judgeStep(kept, [{ ...left, attributes }], null) === 'done'
}

async function makeWrite(authority: Authority, planned: PlannedWrite, schema: Schema): Promise<Stop | null> {
  const start = await startingState(authority, planned)
  if ('state' in start) return start
  let lost: Text | null = null
  let wasSent = false
  for (const isLast of [false, true]) {
    const result = await writeOne(authority, planned.change, planned.before, start.entryCsn, schema)
    if (result.status === 'done') return null
    if (result.status === 'refused' && lost === null) return refused(result)
    if (result.status === 'connectionLost') {
      lost = { key: 'refusals.connectionLost', values: { diagnostic: result.diagnostic } }
      wasSent ||= result.sent
    }
    // A refused repetition may mean that the first one has arrived after all.
    const state = await stateOf(authority, planned, start.entryCsn)
    if (typeof state !== 'string') {
      const { diagnostic } = state
      const silent: Text = { key: 'refusals.stillNoAnswer', values: { diagnostic } }
      return unavailable(wasSent ? 'unknown' : 'notDone', after(lost, silent))
    }
    if (state === 'done') return null
    if (state === 'changed' || state === 'unknown') return afterChange(state, lost, planned.change.dn)
    if (isLast) return unavailable('notDone', lost ?? '')
  }
  return null
}

function afterChange(state: 'changed' | 'unknown', lost: Text | null, dn: string): Stop {
  const values = { dn }
  return state === 'unknown'
    ? unavailable(state, after(lost, { key: 'refusals.passwordUnknown', values }))
    : { ...unavailable(state, after(lost, { key: 'refusals.changedMeanwhile', values })), status: 'stale' }
}

/** What happened first, if anything did, and then what came of it. */
function after(first: Text | null, then: Text): Text {
  return first === null ? then : sentences(first, then)
}

/** The entryCSN to assert: of the preview, or for a second write to an entry the one that the first has left. */
async function startingState(
  authority: Authority,
  { change, before, entryCsn, kept }: PlannedWrite,
): Promise<Stop | { readonly entryCsn: string | undefined }> {
  if (before === null || entryCsn !== undefined) return { entryCsn }
  const read = await readPatiently(authority, change.dn)
  if (read.status === 'failed') {
    const { diagnostic } = read
    return unavailable('notDone', { key: 'refusals.noAnswerStop', values: { diagnostic } })
  }
  if (read.status === 'notFound' || judgeStep(kept, [read.entry], null) === 'changed')
    return {
      ...unavailable('notDone', { key: 'refusals.changedByOther', values: { dn: change.dn } }),
      status: 'stale',
    }
  return { entryCsn: valueOf(read.entry, 'entryCSN') }
}

/** Nobody knows what became of the write: the entry tells. */
async function stateOf(
  authority: Authority,
  { kept }: PlannedWrite,
  entryCsn: string | undefined,
): Promise<StepState | SearchFailure> {
  const found: Entry[] = []
  for (const dn of new Set([kept.after.dn, kept.change.dn])) {
    const read = await readPatiently(authority, dn)
    if (read.status === 'failed') return read
    if (read.status === 'found') found.push(read.entry)
  }
  return judgeStep({ ...kept, entryCsn: entryCsn ?? null }, found, null)
}

/** Reads an entry; while the server is down, again and again for a bounded time. */
async function readPatiently(authority: Authority, dn: string): ReturnType<typeof readEntry> {
  const seconds = Math.min(directoryEnvironment().LDAP_TIMEOUT, LONGEST_WAIT_SECONDS)
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const read = await readEntry(authority, dn)
    const isDown = read.status === 'failed' && read.resultCode === SERVER_DOWN
    if (!isDown || performance.now() > deadline) return read
    await delay(POLL_MILLISECONDS)
  }
}

function refused(result: Extract<WriteResult, { status: 'refused' }>): Stop {
  const { resultCode, diagnostic } = result
  const isStale = resultCode === ASSERTION_FAILED || resultCode === NO_SUCH_ATTRIBUTE
  return {
    status: isStale ? 'stale' : 'refused',
    state: 'notDone',
    resultCode,
    message: `${refusalMessage(result)}.`,
    attribute: attributeOfRefusal(diagnostic),
  }
}

function unavailable(state: Stop['state'], message: Text): Stop {
  return { status: 'unavailable', state, resultCode: SERVER_DOWN, message, attribute: null }
}

/**
 * recovery - commits that were cut off: what of them is in the directory, to be continued or undone.
 *
 * Found in the journal and examined against the directory each time, so that it does not matter when the panel or
 * the directory went away. Continuing and undoing are ordinary changes with preview, approval and a journal of
 * their own; that one is not listed as long as the first is open. Done twice they do nothing twice: what holds is
 * not written again, and a finished commit is said to be finished. Whoever is no postmaster sees the own commits.
 * LDAP round trips: one for each unfinished commit, then those of preview and commit.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { sentences } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import type { NotTried } from '@/lib/changes/approved-outcome'
import { commitChanges } from '@/lib/changes/commit/commit'
import { recordCutOff } from '@/lib/changes/commit/commit-record'
import { holdJournal, listJournals, type OpenJournal } from '@/lib/changes/journal/journal'
import type { Journal } from '@/lib/changes/journal/journal-text'
import { ldifOfChanges } from '@/lib/changes/ldif-of-change'
import { previewChanges } from '@/lib/changes/preview'
import type { Approval, CommitResult } from '@/lib/changes/preview-result'
import { shownPreview, type ShownPreview } from '@/lib/changes/shown-preview'
import {
  type Direction,
  judgeSteps,
  planRecovery,
  type RecoveryPlan,
} from '@/lib/changes/journal/recovery-plan'
import type { StepState } from '@/lib/changes/journal/recovery-state'
import { readStepEntries, unreadSteps } from '@/lib/changes/commit/write-back'
import { listed } from '@/lib/changes/commit/write-report'

export interface UnfinishedStep {
  readonly dn: string
  /** The change, passwords left out. */
  readonly ldif: string
  readonly state: StepState
}

export interface UnfinishedCommit {
  readonly id: string
  readonly person: Journal['person']
  /** RFC 3339. */
  readonly time: string
  readonly checksum: string
  /** A living process works on it now; it may still come to its end. */
  readonly running: boolean
  readonly steps: readonly UnfinishedStep[]
  /** What of it is in the directory, in words. */
  readonly message: Text
}

export type UnfinishedResult =
  | {
      readonly status: 'listed'
      readonly commits: readonly UnfinishedCommit[]
      /** Why journals cannot be read. */
      readonly damaged: readonly Text[]
    }
  | { readonly status: 'unavailable'; readonly message: Text }

export type RecoveryPreview =
  { readonly status: 'planned'; readonly preview: ShownPreview; readonly notes: readonly Text[] } | NoRecovery

/** There is nothing to recover, or it cannot be done now. */
export type NoRecovery = NotTried

export type RecoveryResult = CommitResult | NoRecovery

/** The commits that were cut off, oldest first. */
export async function unfinishedCommits(authority: Authority): Promise<UnfinishedResult> {
  const listing = await listJournals()
  if (listing.status === 'failed') return { status: 'unavailable', message: listing.message }
  const ids = new Set(listing.journals.map(({ id }) => id))
  const commits: UnfinishedCommit[] = []
  for (const { id, journal, running } of listing.journals) {
    const isPartOfAnother = journal.recovers !== null && ids.has(journal.recovers)
    if (isPartOfAnother || !mayRecover(authority, journal)) continue
    const states = await statesOf(authority, journal)
    if ('status' in states) return { status: 'unavailable', message: unreadSteps(states) }
    commits.push(describe(id, journal, running, states))
  }
  return { status: 'listed', commits, damaged: authority.role === 'postmaster' ? listing.damaged : [] }
}

/** What continuing a commit would do. */
export function previewContinuation(authority: Authority, id: string): Promise<RecoveryPreview> {
  return previewRecovery(authority, id, 'continue')
}

/** What undoing a commit would do. */
export function previewUndo(authority: Authority, id: string): Promise<RecoveryPreview> {
  return previewRecovery(authority, id, 'undo')
}

/** Writes what is missing of a commit, if it is what was approved. */
export function continueCommit(
  authority: Authority,
  id: string,
  approved: Approval,
): Promise<RecoveryResult> {
  return recover(authority, id, 'continue', approved)
}

/** Takes back what was written of a commit, if it is what was approved. */
export function undoCommit(authority: Authority, id: string, approved: Approval): Promise<RecoveryResult> {
  return recover(authority, id, 'undo', approved)
}

async function previewRecovery(
  authority: Authority,
  id: string,
  direction: Direction,
): Promise<RecoveryPreview> {
  return withJournal<RecoveryPreview>(authority, id, async (journal) => {
    const plan = await planFor(authority, journal, direction)
    if ('status' in plan) return { status: 'unavailable', message: unreadSteps(plan) }
    const result = await previewChanges(authority, plan.changes, [])
    if (result.status === 'previewed')
      return { status: 'planned', preview: shownPreview(result.preview), notes: plan.notes }
    if (result.status !== 'stale') return result
    return { status: 'unavailable', message: { key: 'recovery.changedNow', values: { dn: result.dn } } }
  })
}

async function recover(
  authority: Authority,
  id: string,
  direction: Direction,
  approved: Approval,
): Promise<RecoveryResult> {
  return withJournal<RecoveryResult>(authority, id, async (journal, writer) => {
    const plan = await planFor(authority, journal, direction)
    if ('status' in plan) return { status: 'unavailable', message: unreadSteps(plan) }
    // A panel that was killed has not said whose writes these are.
    const unrecorded = await recordWritten(authority, id, journal)
    if (unrecorded !== null) return { status: 'unavailable', message: unrecorded }
    const result = await commitChanges(authority, plan.changes, [], approved, id)
    if (result.status === 'asPreviewed' || result.status === 'alarm') {
      const outcome = direction === 'continue' ? 'continued' : 'undone'
      await writer.close(outcome, authority.person.dn)
      await closeParts(authority, id, outcome)
    }
    return result
  })
}

async function withJournal<Result>(
  authority: Authority,
  id: string,
  work: (journal: Journal, writer: OpenJournal) => Promise<Result>,
): Promise<Result | NoRecovery> {
  const held = await holdJournal(id)
  switch (held.status) {
    case 'running':
      return { status: 'running', message: { key: 'recovery.running' } }
    case 'missing':
      return { status: 'missing', message: { key: 'recovery.missing' } }
    case 'failed':
      return { status: 'unavailable', message: held.message }
    case 'closed':
      return mayRecover(authority, held.journal)
        ? { status: 'finished', message: endOf(held.journal) }
        : { status: 'forbidden', message: FORBIDDEN }
    case 'held':
      try {
        if (!mayRecover(authority, held.journal)) return { status: 'forbidden', message: FORBIDDEN }
        return await work(held.journal, held.writer)
      } finally {
        await held.writer.release()
      }
  }
}

const FORBIDDEN: Text = { key: 'recovery.forbidden' }

function endOf({ closed }: Journal): Text {
  switch (closed?.outcome) {
    case 'undone':
      return { key: 'recovery.undone', values: { time: closed.time } }
    case 'nothingWritten':
      return { key: 'recovery.nothingWritten' }
    case 'continued':
    case 'complete':
    case undefined:
      return { key: 'recovery.finished', values: { time: closed?.time ?? '' } }
  }
}

/** Whether this person may continue or take back this commit: postmasters any, others their own. */
export function mayRecover({ role, person }: Authority, journal: Journal): boolean {
  return role === 'postmaster' || person.dn.toLowerCase() === journal.person.dn.toLowerCase()
}

async function statesOf(
  authority: Authority,
  journal: Journal,
): Promise<readonly StepState[] | SearchFailure> {
  const found = await readStepEntries(authority, journal.steps)
  return 'status' in found ? found : judgeSteps(journal.steps, journal.results, found)
}

/** Keeps in the panel's record who made what holds of the commit; why not, while the directory cannot be read. */
async function recordWritten(authority: Authority, id: string, journal: Journal): Promise<Text | null> {
  const { steps, results } = journal
  const [known, found] = await Promise.all([discoverSchema(), readStepEntries(authority, steps)])
  if (known.status === 'failed') return unreadSteps(known)
  if ('status' in found) return unreadSteps(found)
  await recordCutOff(id, journal, judgeSteps(steps, results, found), found, known.schema)
  return null
}

async function planFor(
  authority: Authority,
  { steps, results }: Journal,
  direction: Direction,
): Promise<RecoveryPlan | SearchFailure> {
  const [known, found] = await Promise.all([discoverSchema(), readStepEntries(authority, steps)])
  if (known.status === 'failed') return known
  if ('status' in found) return found
  return planRecovery(direction, steps, judgeSteps(steps, results, found), found, known.schema)
}

/** Recoveries of this commit that were cut off themselves have nothing left to do. */
async function closeParts(authority: Authority, id: string, outcome: 'continued' | 'undone'): Promise<void> {
  const listing = await listJournals()
  if (listing.status === 'failed') return
  for (const part of listing.journals.filter(({ journal }) => journal.recovers === id)) {
    const held = await holdJournal(part.id)
    if (held.status !== 'held') continue
    await held.writer.close(outcome, authority.person.dn)
    await held.writer.release()
  }
}

function describe(
  id: string,
  { person, time, checksum, steps: planned }: Journal,
  running: boolean,
  states: readonly StepState[],
): UnfinishedCommit {
  const steps = planned.map(({ change, concealed }, at): UnfinishedStep => {
    const notes = concealed.map((attribute) => `# ${attribute} is not kept\n`)
    return {
      dn: change.dn,
      ldif: `${notes.join('')}${ldifOfChanges([change])}`,
      state: states[at] ?? 'unknown',
    }
  })
  const named = (state: StepState): readonly string[] =>
    steps.filter((step) => step.state === state).map(({ dn }) => dn)
  const message = sentences(
    { key: 'recovery.inDirectory', values: { done: named('done').length, count: steps.length } },
    ...naming('notWritten', named('notDone')),
    ...naming('changedSince', named('changed')),
    ...naming('passwordsUnknown', named('unknown')),
  )
  return { id, person, time, checksum, running, steps, message }
}

function naming(
  what: 'notWritten' | 'changedSince' | 'passwordsUnknown',
  names: readonly string[],
): readonly Text[] {
  return names.length === 0 ? [] : [{ key: `recovery.${what}`, values: { names: listed(names) } }]
}

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
import type { NotTried } from '@/lib/changes/approved-outcome'
import { commitChanges } from '@/lib/changes/commit/commit'
import { holdJournal, listJournals, type OpenJournal } from '@/lib/changes/journal/journal'
import type { Journal } from '@/lib/changes/journal/journal-text'
import { ldifOfChanges } from '@/lib/changes/ldif-of-change'
import { previewChanges } from '@/lib/changes/preview'
import type { Approval, CommitResult, Preview } from '@/lib/changes/preview-result'
import {
  type Direction,
  judgeSteps,
  planRecovery,
  type RecoveryPlan,
} from '@/lib/changes/journal/recovery-plan'
import type { StepState } from '@/lib/changes/journal/recovery-state'
import { readStepEntries } from '@/lib/changes/commit/write-back'
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
  readonly message: string
}

export type UnfinishedResult =
  | {
      readonly status: 'listed'
      readonly commits: readonly UnfinishedCommit[]
      /** Journals that cannot be read, each as a sentence. */
      readonly damaged: readonly string[]
    }
  | { readonly status: 'unavailable'; readonly message: string }

export type RecoveryPreview =
  { readonly status: 'planned'; readonly preview: Preview; readonly notes: readonly string[] } | NoRecovery

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
    if (typeof states === 'string') return { status: 'unavailable', message: states }
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
  return withJournal(authority, id, async (journal) => {
    const plan = await planFor(authority, journal, direction)
    if (typeof plan === 'string') return { status: 'unavailable', message: plan }
    const result = await previewChanges(authority, plan.changes, [])
    if (result.status === 'previewed')
      return { status: 'planned', preview: result.preview, notes: plan.notes }
    return result.status === 'stale'
      ? { status: 'unavailable', message: `${result.dn} was changed at this moment. Try again.` }
      : result
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
    if (typeof plan === 'string') return { status: 'unavailable', message: plan }
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
      return { status: 'running', message: 'Another process is working on this commit.' }
    case 'missing':
      return { status: 'missing', message: 'There is no such commit in the journal.' }
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

const FORBIDDEN = 'Only postmasters may recover the commits of others.'

function endOf({ closed }: Journal): string {
  switch (closed?.outcome) {
    case 'undone':
      return `This commit was undone on ${closed.time}.`
    case 'nothingWritten':
      return 'Nothing of this commit was written.'
    case 'continued':
    case 'complete':
    case undefined:
      return `This commit was finished on ${closed?.time ?? ''}.`
  }
}

function mayRecover({ role, person }: Authority, journal: Journal): boolean {
  return role === 'postmaster' || person.dn.toLowerCase() === journal.person.dn.toLowerCase()
}

async function statesOf(authority: Authority, journal: Journal): Promise<readonly StepState[] | string> {
  const found = await readStepEntries(authority, journal.steps)
  return typeof found === 'string' ? found : judgeSteps(journal.steps, journal.results, found)
}

async function planFor(
  authority: Authority,
  { steps, results }: Journal,
  direction: Direction,
): Promise<RecoveryPlan | string> {
  const found = await readStepEntries(authority, steps)
  if (typeof found === 'string') return found
  return planRecovery(direction, steps, judgeSteps(steps, results, found), found)
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
  const sentences = [
    `${named('done').length} of ${steps.length} writes are in the directory.`,
    sentence('Not written', named('notDone')),
    sentence('Changed by someone else since', named('changed')),
    sentence('Of these it cannot be told whether the password was set', named('unknown')),
  ]
  const message = sentences.filter((text) => text !== '').join(' ')
  return { id, person, time, checksum, running, steps, message }
}

function sentence(what: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${what}: ${listed(names)}.`
}

/**
 * account-edit - plans an owner's task: read the own entry and notes anew, judge by the policy, plan.
 *
 * As the planners of lib/changes; a plan is never taken from the browser. A task that is not in order plans nothing.
 * The basis is the state that was read, so that limits hold also for tasks that are sent at the same moment.
 * LDAP round trips: one for the entry, one for the notes, one for others who have an alias that is to be paused,
 * a few lookups for targets of forwarding.
 */
import 'server-only'
import { type Edit, unansweredEdit } from '@/lib/changes/edit'
import type { FoundNote } from '@/lib/directory/alias-notes'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { hasStore } from '@/lib/directory/store'
import {
  type AccountField,
  type AccountTask,
  addressOfTask,
  type OwnState,
  planTask,
  tidyTask,
} from '@/lib/entries/account-task'
import { directoryEnvironment, ownerPolicy } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { readOwnMailboxEntry } from '@/lib/lists/mailboxes'
import { resolveAddress } from '@/lib/postfix/resolution'
import { openSite } from '@/lib/site/mail-site'
import { readNotes, readsForwarding, today } from './own-notes'
import { taskProblems } from './task-problems'

export type AccountEdit = Edit<AccountField, OwnState>

/** A planned task with what it was planned from. */
export interface PlannedTask {
  readonly edit: AccountEdit
  readonly task: AccountTask
  /** null where the mailbox could not be read. */
  readonly entry: Entry | null
  readonly notes: readonly FoundNote[]
}

/** What the task makes of the person's own mailbox. */
export async function planAccountTask(authority: Authority, submitted: AccountTask): Promise<PlannedTask> {
  const task = tidyTask(submitted)
  const nothing = { task, entry: null, notes: [] }
  const read = await readOwnMailboxEntry(authority)
  if (read.status === 'failed') return { ...nothing, edit: unansweredEdit(read) }
  if (read.status === 'notFound') return { ...nothing, edit: { status: 'stale', current: null } }
  const { entry } = read
  const state = stateOf(entry)
  if (task.task === 'forward' && task.entryCsn !== state.entryCsn)
    return { ...nothing, edit: { status: 'stale', current: state } }
  const [notes, others] = await Promise.all([
    readNotes(authority, entry),
    task.task === 'pause' ? findOthers(authority, entry, task.address) : false,
  ])
  if ('status' in notes) return { ...nothing, edit: unansweredEdit(notes) }
  if (typeof others === 'object') return { ...nothing, edit: unansweredEdit(others) }
  const problems = taskProblems(task, {
    entry,
    policy: ownerPolicy(),
    paused: notes.filter(({ paused }) => paused).map(({ address }) => address),
    hasStore: hasStore(),
    isShared: others,
    readsForwarding: readsForwarding(),
    outside: task.task === 'forward' ? await outsideOf(task.targets) : [],
    today: today(),
  })
  const edit: AccountEdit = {
    status: 'planned',
    changes: problems.length === 0 ? planTask(entry, task) : [],
    basis: [{ dn: entry.dn, entryCsn: state.entryCsn }],
    problems,
    fieldOf: () => fieldOf(task),
    read: () => readState(authority),
  }
  return { edit, task, entry, notes }
}

function fieldOf(task: AccountTask): AccountField {
  if (task.task === 'forward') return 'targets'
  return task.task === 'add' ? 'localpart' : 'address'
}

function stateOf(entry: Entry): OwnState {
  return { entryCsn: valueOf(entry, 'entryCSN') ?? '', aliases: [...valuesOf(entry, 'mailAlias')] }
}

async function readState(authority: Authority): Promise<OwnState | SearchFailure | null> {
  const read = await readOwnMailboxEntry(authority)
  if (read.status === 'failed') return read
  return read.status === 'found' ? stateOf(read.entry) : null
}

/** Whether another entry has this alias too. */
async function findOthers(authority: Authority, own: Entry, alias: string): Promise<boolean | SearchFailure> {
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: {
      type: 'or',
      filters: ['mail', 'mailAlias', 'mailGroupMember'].map((attribute) => ({
        type: 'equality',
        attribute,
        value: alias,
      })),
    },
    attributes: ['1.1'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  return result.status === 'failed' ? result : result.entries.some(({ dn }) => dn !== own.dn)
}

/** The addresses among these that Postfix would send to another host. What cannot be told counts as outside. */
async function outsideOf(targets: readonly string[]): Promise<readonly string[]> {
  const opened = openSite()
  if (opened.status === 'failed') return targets
  const traces = await Promise.all(targets.map((target) => resolveAddress(opened.site, target)))
  return targets.filter((_, at) => {
    const domainClass = traces[at]?.domainClass ?? 'other'
    return domainClass === 'other' || domainClass === 'relay'
  })
}

/** The address of a planned task, or the mailbox's own for forwarding. */
export function subjectOf({ task, entry }: Pick<PlannedTask, 'task' | 'entry'>): string {
  return addressOfTask(task) ?? (entry === null ? '' : (valueOf(entry, 'mail') ?? ''))
}

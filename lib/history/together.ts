/**
 * together - changes that were made together: all of a task's, or all of one commit's.
 *
 * A task is known by its file in the panel's state directory, a commit by its journal; both outlive the process that
 * wrote them. A task or a commit of a single change is nothing of its own and stands as that change; neither do
 * changes of which only the server's log knows. Whoever sees one of the changes sees that it was one of several.
 */
import 'server-only'
import type { CommitName } from '@/lib/changes/commit/record-entry'
import { readFinished } from '@/lib/changes/journal/journal'
import { readTask, type Task } from '@/lib/changes/journal/task-journal'
import type { Authority } from '@/lib/directory/authority'
import { generalizedTimeOf } from '@/lib/ldap/generalized-time'
import type { Text } from '@/lib/words/text'

export interface Together {
  /** Of the task or the commit. */
  readonly id: string
  /** null for a commit. */
  readonly title: Text | null
  readonly person: Task['person'] | null
  /** How many changes, in how many commits. */
  readonly count: number
  readonly steps: number
  /** Times of the log: not before the first change, not behind the begin of the last commit. */
  readonly begun: string
  readonly lastBegun: string
  /** Names of its commits, in their order. */
  readonly commits: readonly string[]
  readonly isUndone: boolean
}

/** Whether this person may take it back: postmasters anything, others their own. */
export function mayTakeBack({ role, person }: Authority, of: Together): boolean {
  return role === 'postmaster' || person.dn.toLowerCase() === of.person?.dn.toLowerCase()
}

const COMMIT_TIME = /^(\d{8})T(\d{6})(\d{6})Z-/

/** What a change was made together with; null if it stands by itself. */
export async function togetherOf(commit: CommitName | null): Promise<Together | null> {
  if (commit === null) return null
  const task = commit.task === null ? null : await readTask(commit.task)
  if (task !== null) return ofTask(task)
  return commit.writes > 1 ? ofCommit(commit.id, commit.writes) : null
}

/** The task or the commit of this name; null if there is none, or if it is a single change. */
export async function findTogether(id: string): Promise<Together | null> {
  const task = await readTask(id)
  if (task !== null) return ofTask(task)
  const journal = await readFinished(id)
  if (journal === null) return null
  const found = ofCommit(id, journal.steps.length)
  return found === null
    ? null
    : { ...found, person: journal.person, isUndone: journal.closed?.outcome === 'undone' }
}

function ofTask({ id, title, person, begun, commits }: Task): Together | null {
  const count = commits.reduce((total, { writes }) => total + writes, 0)
  const last = commits.at(-1)
  if (count < 2 || last === undefined) return null
  return {
    id,
    title,
    person,
    count,
    steps: commits.length,
    begun: generalizedTimeOf(Date.parse(begun)),
    lastBegun: beginOf(last.id) ?? generalizedTimeOf(Date.parse(begun)),
    commits: commits.map((commit) => commit.id),
    isUndone: commits.every(({ isUndone }) => isUndone),
  }
}

function ofCommit(id: string, count: number): Together | null {
  const begun = beginOf(id)
  return begun === null
    ? null
    : {
        id,
        title: null,
        person: null,
        count,
        steps: 1,
        begun,
        lastBegun: begun,
        commits: [id],
        isUndone: false,
      }
}

/** A commit is called by its time. */
function beginOf(commit: string): string | null {
  const [, day, time, fraction] = COMMIT_TIME.exec(commit) ?? []
  return day === undefined || time === undefined || fraction === undefined
    ? null
    : `${day}${time}.${fraction}Z`
}

/**
 * bulk - one task for many mailboxes as a job: selected, planned, previewed as one.
 *
 * The entries are read anew, and only those that the person may see; rights are judged again by preview and commit.
 * A mailbox for which there is nothing to do is a row that says so. More than 10,000 are refused before any is
 * previewed.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { bulkProblem, type BulkTask, planBulk } from '@/lib/entries/bulk-task'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { type MailboxSelection, readSelection } from '@/lib/lists/mailbox-selection'
import type { Text } from '@/lib/words/text'
import { type JobItem, MOST_ITEMS, openJob, runJob } from './job'
import { checkJob, type Prepared } from './job-check'
import { writtenRecorder } from './written-plan'

/** Begins to check the task. A text says why it does not begin. */
export function beginBulk(authority: Authority, selection: MailboxSelection, task: BulkTask): Text | null {
  const problem = bulkProblem(task)
  if (problem !== null) return problem
  const title = { key: `bulk.titleOf.${task.task}` } as const
  const onWritten = writtenRecorder(authority, title)
  const job = openJob(authority, { kind: 'bulk', title, phase: 'reading', onWritten })
  if (typeof job === 'string' || 'key' in job) return job
  runJob(job, () => checkJob(job, (report) => prepare(authority, selection, task, report)))
  return null
}

async function prepare(
  authority: Authority,
  selection: MailboxSelection,
  task: BulkTask,
  report: (done: number, total: number) => void,
): Promise<Prepared | Text> {
  const items: JobItem[] = []
  const failure = await readSelection(authority, selection, (entries) => {
    for (const entry of entries) items.push(itemOf(entry, task, items.length + 1))
    report(items.length, items.length)
    return items.length <= MOST_ITEMS
  })
  if (failure !== null) return { key: 'edit.noAnswer', values: { diagnostic: failure.diagnostic } }
  if (items.length > MOST_ITEMS) return { key: 'bulk.job.tooLong', values: { most: MOST_ITEMS } }
  return items.length === 0 ? { key: 'bulk.job.nothingSelected' } : { items, together: false }
}

function itemOf(entry: Entry, task: BulkTask, number: number): JobItem {
  const changes = planBulk(entry, task)
  const addresses = [...valuesOf(entry, 'mail'), ...valuesOf(entry, 'mailAlias'), ...addedBy(changes)]
  return {
    number,
    name: valueOf(entry, 'mail') ?? entry.dn,
    state: changes.length === 0 ? 'exists' : 'valid',
    notes: changes.length === 0 ? [{ key: 'bulk.row.asItIs' }] : [],
    changes,
    basis: [{ dn: entry.dn, entryCsn: valueOf(entry, 'entryCSN') ?? '' }],
    addresses: addresses.map((address) => address.toLowerCase()),
  }
}

function addedBy(changes: JobItem['changes']): readonly string[] {
  return changes.flatMap((change) =>
    change.type === 'modify'
      ? change.modifications
          .filter(({ attribute, operation }) => attribute === 'mailAlias' && operation === 'add')
          .flatMap(({ values }) => values)
      : [],
  )
}

/**
 * task-journal - tasks that are written in several commits, on local disk: what each is called, and its commits.
 *
 * One LDIF file for each task in POSTBOOK_STATE_DIRECTORY/tasks: cn=task, then cn=commit before the first write of
 * each commit, later cn=undone when one was taken back. Only ever appended to, so that a killed panel leaves the
 * commits that it had begun; a last record that is not whole does not count. It names commits and nothing rests on
 * it: what cannot be written here is a line in the panel's log, what cannot be read is no task.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { directoryEnvironment } from '@/lib/environment'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { parseLdif } from '@/lib/ldap/ldif'
import { formatEntry } from '@/lib/ldap/ldif-text'
import type { Text } from '@/lib/words/text'
import { wholePart } from './journal-text'
import { formatTitle, readTitle } from './task-title'

const log = pino({ name: 'postbook', base: null })
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface TaskCommit {
  readonly id: string
  /** Entries that it writes. */
  readonly writes: number
  readonly isUndone: boolean
}

export interface Task {
  readonly id: string
  /** null where it cannot be read any more. */
  readonly title: Text | null
  readonly person: { readonly dn: string; readonly name: string }
  /** RFC 3339. */
  readonly begun: string
  /** In their order. */
  readonly commits: readonly TaskCommit[]
}

/** Begins a task of this person; null if it cannot be kept. */
export async function beginTask(person: Task['person'], title: Text): Promise<string | null> {
  const id = randomUUID()
  const head = {
    title: formatTitle(title),
    personDn: person.dn,
    personName: person.name,
    time: new Date().toISOString(),
  }
  return (await append(id, 'task', head)) ? id : null
}

/** Notes a commit of the task, before its first write. */
export async function noteTaskCommit(task: string, commit: string, writes: number): Promise<void> {
  await append(task, 'commit', { name: commit, writes: String(writes) })
}

/** Notes that a commit of the task was taken back. */
export async function noteTaskUndone(task: string, commit: string): Promise<void> {
  await append(task, 'undone', { name: commit })
}

/** The task of this name; null if there is none. */
export async function readTask(id: string): Promise<Task | null> {
  const path = pathOf(id)
  if (path === null) return null
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ error: String(error), task: id }, 'a task could not be read')
    return null
  }
  const parsed = parseLdif(wholePart(text))
  if (parsed.status === 'invalid') return null
  const entries = parsed.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
  const [head, ...rest] = entries
  return head?.dn === 'cn=task' ? taskOf(id, head, rest) : null
}

function taskOf(id: string, head: Entry, rest: readonly Entry[]): Task {
  const nameOf = (entry: Entry): string => valueOf(entry, 'name') ?? ''
  const undone = new Set(rest.filter(({ dn }) => dn === 'cn=undone').map(nameOf))
  const commits = rest
    .filter(({ dn }) => dn === 'cn=commit')
    .map((entry) => ({
      id: nameOf(entry),
      writes: Number(valueOf(entry, 'writes') ?? '0'),
      isUndone: undone.has(nameOf(entry)),
    }))
  const text = (name: string): string => valueOf(head, name) ?? ''
  return {
    id,
    title: readTitle(text('title')),
    person: { dn: text('personDn'), name: text('personName') },
    begun: text('time'),
    commits,
  }
}

function pathOf(id: string): string | null {
  const folder = directoryEnvironment().POSTBOOK_STATE_DIRECTORY
  return folder === '' || !ID.test(id) ? null : join(/*turbopackIgnore: true*/ folder, 'tasks', `${id}.ldif`)
}

async function append(id: string, kind: string, facts: Readonly<Record<string, string>>): Promise<boolean> {
  const path = pathOf(id)
  if (path === null) return false
  const attributes = Object.entries(facts).map(([description, value]) => ({ description, values: [value] }))
  try {
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    const file = await open(path, 'a', 0o600)
    try {
      await file.write(formatEntry({ dn: `cn=${kind}`, attributes }))
      await file.sync()
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    log.warn({ error: String(error), task: id }, 'a task could not be noted in POSTBOOK_STATE_DIRECTORY')
    return false
  }
}

/**
 * panel-record - reads the panel's own record of commits (lib/changes/commit/commit-record), newest first.
 *
 * Used in two ways: to say which person is behind a change that the server's log gives to the panel's account,
 * and as the only source where the server keeps no log. Read are the months that a stretch of time needs, of
 * each file at most the last part; a record that was cut off while it was written is left out, and of two
 * with one time and name (the commit's own, and that of its recovery) the first counts. A folder or a
 * file that is not there is an empty record; one that cannot be read is said.
 */
import 'server-only'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { COMMIT_ATTRIBUTE, TASK_ATTRIBUTE } from '@/lib/changes/commit/record-entry'
import { microsecondsOfTime } from '@/lib/changes/commit/commit-time'
import { directoryEnvironment } from '@/lib/environment'
import { valueOf } from '@/lib/ldap/entry'
import { parseLdif } from '@/lib/ldap/ldif'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import type { HistoryEntry } from './history-entry'
import { readLogEntry } from './log-entry'
import { millisecondsOf } from '@/lib/ldap/generalized-time'

const MOST_OCTETS = 16 * 1024 * 1024
const START = /^reqStart: (\S+)$/m
const FILE = /^commits-(\d{4}-\d\d)\.ldif$/

export interface PanelRecord {
  /** Newest first. */
  readonly changes: readonly HistoryEntry[]
  /** Why there may be more than this; null if all was read. */
  readonly problem: Text | null
}

/**
 * The recorded changes between two times, in milliseconds; `null` for no lower bound.
 * @param isWanted judges the text of a record, which is less work than to parse it
 */
export async function readPanelRecord(
  from: number | null,
  until: number,
  schema: Schema,
  isWanted: (record: string) => boolean = () => true,
): Promise<PanelRecord> {
  const folder = directoryEnvironment().POSTBOOK_STATE_DIRECTORY
  if (folder === '') return { changes: [], problem: null }
  try {
    const names = await monthsIn(folder, from, until)
    const texts = await Promise.all(
      names.map((name) => readEnd(join(/*turbopackIgnore: true*/ folder, name))),
    )
    const changes = texts
      .flatMap(({ text }) => readRecords(text, { from, until, isWanted }, schema))
      .sort((one, other) => (one.id < other.id ? 1 : one.id > other.id ? -1 : 0))
    const isCut = texts.some(({ whole }) => !whole)
    return {
      changes: firstOfEach(changes),
      problem: isCut ? { key: 'history.recordCut' } : null,
    }
  } catch (error) {
    return { changes: [], problem: { key: 'history.recordUnread', values: { reason: String(error) } } }
  }
}

function firstOfEach(changes: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const first = new Map<string, HistoryEntry>()
  for (const change of changes) {
    const name = JSON.stringify([change.id, change.type, change.dn])
    if (!first.has(name)) first.set(name, change)
  }
  return [...first.values()]
}

function isBetween(milliseconds: number, from: number | null, until: number): boolean {
  return (from === null || milliseconds >= from) && milliseconds < until
}

async function monthsIn(folder: string, from: number | null, until: number): Promise<readonly string[]> {
  const first = from === null ? '' : new Date(from).toISOString().slice(0, 7)
  const last = new Date(until).toISOString().slice(0, 7)
  const names = await readdir(/*turbopackIgnore: true*/ folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => {
    const month = FILE.exec(name)?.[1]
    return month !== undefined && month >= first && month <= last
  })
}

async function readEnd(path: string): Promise<{ readonly text: string; readonly whole: boolean }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - MOST_OCTETS)
    const octets = Buffer.alloc(size - start)
    await file.read(octets, 0, octets.length, start)
    const text = octets.toString('utf8')
    // From the middle of a file reading begins behind the first end of a record.
    return { text: start === 0 ? text : text.slice(text.indexOf('\n\n') + 2), whole: start === 0 }
  } finally {
    await file.close()
  }
}

/** Record by record, so that a broken one does not hide the others; only those of the wanted time are parsed. */
function readRecords(
  text: string,
  wanted: {
    readonly from: number | null
    readonly until: number
    readonly isWanted: (record: string) => boolean
  },
  schema: Schema,
): readonly HistoryEntry[] {
  return text.split(/\n\n+/).flatMap((record) => {
    const time = millisecondsOf(START.exec(record)?.[1] ?? '')
    if (time === null || !isBetween(time, wanted.from, wanted.until) || !wanted.isWanted(record)) return []
    const parsed = parseLdif(`${record}\n`)
    if (parsed.status === 'invalid') return []
    return parsed.records.flatMap((found) => {
      const isWhole = found.type === 'content' && valueOf(found.entry, 'reqResult') === '0'
      const change = isWhole ? readLogEntry(found.entry, schema) : null
      return change === null ? [] : [change]
    })
  })
}

const IDENTITIES = /^(?:reqMod: entryCSN:=|reqOld: entryCSN:|reqEntryUUID:) (\S+)$/gm

/** Whether a record may tell who is behind one of these changes: it names the same state or the same entry. */
export function maybeBehind(changes: readonly HistoryEntry[]): (record: string) => boolean {
  const known = new Set(
    changes.flatMap(({ entryCsnBefore, entryCsnAfter, entryUuid }) => [
      entryCsnBefore,
      entryCsnAfter,
      entryUuid,
    ]),
  )
  return (record) => [...record.matchAll(IDENTITIES)].some(([, identity = '']) => known.has(identity))
}

/** How long after a mailbox was made its password may be set as a part of that, in milliseconds. */
const PASSWORD_TIME = 60_000

/** The entryCSNs that a commit has left, also by the password that it gave to a mailbox it made. */
export async function statesLeftBy(
  commit: string,
  time: string,
  schema: Schema,
): Promise<ReadonlySet<string>> {
  const begun = microsecondsOfTime(time) / 1000
  const isOf = (record: string): boolean => record.includes(`\n${COMMIT_ATTRIBUTE}: ${commit} `)
  const { changes } = await readPanelRecord(Math.floor(begun), begun + PASSWORD_TIME, schema, isOf)
  return new Set(changes.flatMap(({ entryCsnAfter }) => entryCsnAfter ?? []))
}

/** Whether a record tells of a change outside these tasks and commits. */
export function isOutside(all: readonly string[]): (record: string) => boolean {
  return (record) =>
    !all.some(
      (of) =>
        record.includes(`\n${TASK_ATTRIBUTE}: ${of}\n`) || record.includes(`\n${COMMIT_ATTRIBUTE}: ${of} `),
    )
}

/**
 * Finds the person behind a change of the server's log: by the entryCSN that the change left, or took away, or by
 * the entryUUID of an entry that was added.
 */
export function personBehind(
  record: readonly HistoryEntry[],
  change: HistoryEntry,
): HistoryEntry | undefined {
  return record.find((recorded) => {
    if (recorded.entryCsnAfter !== null && change.entryCsnAfter !== null)
      return recorded.entryCsnAfter === change.entryCsnAfter
    if (recorded.type !== change.type) return false
    return recorded.type === 'add'
      ? recorded.entryUuid !== null && recorded.entryUuid === change.entryUuid
      : recorded.entryCsnBefore !== null && recorded.entryCsnBefore === change.entryCsnBefore
  })
}

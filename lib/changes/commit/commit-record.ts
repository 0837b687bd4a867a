/**
 * commit-record - the panel's own record of who changed what: LDIF files, only ever appended to.
 *
 * The directory's log knows the panel's account, not the person behind it. So each commit appends one record
 * for each changed entry to commits-YYYY-MM.ldif in POSTBOOK_STATE_DIRECTORY, flushed to disk, in the form of
 * slapo-accesslog(5): lib/history reads both alike and finds the person by the entryCSN. Password values are
 * not recorded, only that they changed. What a killed panel has left out is appended when its commit is recovered,
 * with the same times; of records with one time and name the first counts. The change has been made when this is
 * called, so a record that cannot be written is a line in the panel's log and no failure of the commit.
 */
import 'server-only'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Journal } from '@/lib/changes/journal/journal-text'
import { changesAfter } from '@/lib/changes/journal/recovery-plan'
import { ownEntry, type StepState } from '@/lib/changes/journal/recovery-state'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import { applyChange } from '@/lib/ldap/change-application'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { formatEntry } from '@/lib/ldap/ldif-text'
import type { Schema } from '@/lib/ldap/schema'
import { sessionOfOrigin } from './commit-origin'
import { microsecondsOfTime } from './commit-time'
import { type CommitName, type Made, recordOf } from './record-entry'
import type { WriteStep } from './write-step'

const log = pino({ name: 'postbook', base: null })

/**
 * Records writes that this person has just made, in their order.
 * @param begun the time of the commit in microseconds (commit-time)
 * @param commit under which name they can be taken back together; null if they cannot
 */
export async function recordCommit(
  authority: Authority,
  writes: readonly WriteStep[],
  begun: number,
  commit: CommitName | null = null,
): Promise<void> {
  const turns = turnsOf(writes)
  const made = await Promise.all(
    writes.map(async (write, at): Promise<Made> => {
      const { isFirst = true, isLast = true } = turns[at] ?? {}
      const left = isLast ? await readIdentity(authority, write.after) : null
      return {
        ...write,
        concealed: null,
        entryUuid: (write.before === null ? null : valueOf(write.before, 'entryUUID')) ?? left?.uuid ?? null,
        // What a second write to an entry finds has an entryCSN that was not read.
        entryCsnBefore: isFirst ? csnOf(write.before) : null,
        entryCsnAfter: left?.csn ?? null,
        // Changes of one commit are told apart, and kept in order, by the microsecond.
        microseconds: begun + at,
        personDn: authority.person.dn,
        session: sessionOfOrigin(authority.origin),
        commit,
      }
    }),
  )
  await append(made)
}

/** For each write whether it is the first, and the last, to its entry. */
function turnsOf(
  writes: readonly WriteStep[],
): readonly { readonly isFirst: boolean; readonly isLast: boolean }[] {
  const left = new Set<string | undefined>()
  const firsts = writes.map(({ before, after }) => {
    const isFirst = !left.has(before?.dn)
    left.add((after ?? before)?.dn)
    return isFirst
  })
  const found = new Set<string | undefined>()
  const lasts = writes.toReversed().map(({ before, after }) => {
    const isLast = !found.has(after?.dn)
    found.add(before?.dn)
    return isLast
  })
  return firsts.map((isFirst, at) => ({ isFirst, isLast: lasts.at(-1 - at) ?? true }))
}

/**
 * Records the writes of a cut-off commit that hold, for the person who made it. What the journal does not keep, the
 * state that each write has left above all, is not known any more and not claimed.
 * @param id the name of the commit
 * @param found the entries of the commit as they are
 */
export async function recordCutOff(
  id: string,
  { steps, results, person, session, time, task }: Journal,
  states: readonly StepState[],
  found: readonly Entry[],
  schema: Schema,
): Promise<void> {
  const begun = microsecondsOfTime(time)
  const made = steps.flatMap((step, at): readonly Made[] => {
    const isWritten = results.some(({ number, status }) => number === at + 1 && status === 'written')
    if (!isWritten && states[at] !== 'done') return []
    const { change, inverse, concealed, entryCsn, entryUuid } = step
    const entry = ownEntry(step, found, changesAfter(steps, at))
    // The inverse leads back to what the write has found, as far as the journal tells.
    const back = change.type === 'add' ? null : applyChange(inverse, entry, schema)
    const before = back?.status === 'applied' ? back.entry : null
    return [
      {
        change,
        concealed,
        before,
        entryUuid: entryUuid ?? (entry === null ? null : (valueOf(entry, 'entryUUID') ?? null)),
        entryCsnBefore: entryCsn,
        entryCsnAfter: null,
        microseconds: begun + at,
        personDn: person.dn,
        session,
        commit: { id, writes: steps.length, task },
      },
    ]
  })
  await append(made)
}

/** The file of a month. */
function recordFile(folder: string, milliseconds: number): string {
  return join(
    /*turbopackIgnore: true*/ folder,
    `commits-${new Date(milliseconds).toISOString().slice(0, 7)}.ldif`,
  )
}

async function append(made: readonly Made[]): Promise<void> {
  const folder = directoryEnvironment().POSTBOOK_STATE_DIRECTORY
  const [first] = made
  if (folder === '' || first === undefined) return
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = await open(recordFile(folder, first.microseconds / 1000), 'a', 0o600)
    try {
      const text = made.map((one) => formatEntry(recordOf(one))).join('')
      // One write, so that two processes that append at once do not mix; blank lines end a record that was cut off.
      await file.write(`\n\n${text}`)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    log.error({ error: String(error), folder }, 'a commit could not be recorded in POSTBOOK_STATE_DIRECTORY')
  }
}

function csnOf(entry: Entry | null): string | null {
  return entry === null ? null : (valueOf(entry, 'entryCSN') ?? null)
}

interface Identity {
  readonly csn: string | null
  readonly uuid: string | null
}

async function readIdentity(authority: Authority, after: Entry | null): Promise<Identity | null> {
  if (after === null) return null
  const read = await readEntry(authority, after.dn, ['entryCSN', 'entryUUID'])
  if (read.status !== 'found') return null
  return { csn: csnOf(read.entry), uuid: valueOf(read.entry, 'entryUUID') ?? null }
}

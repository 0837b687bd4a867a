/**
 * commit-record - the panel's own record of who changed what: LDIF files, only ever appended to.
 *
 * The directory's log knows the panel's account, not the person behind it. So each commit appends one record
 * for each changed entry to commits-YYYY-MM.ldif in POSTBOOK_STATE_DIRECTORY, flushed to disk, in the form of
 * slapo-accesslog(5): lib/history reads both alike and finds the person by the entryCSN. Password values are
 * not recorded, only that they changed. Without that folder nothing is recorded. The change has been made when
 * this is called, so a record that cannot be written is a line in the panel's log and no failure of the commit.
 */
import 'server-only'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { formatEntry } from '@/lib/ldap/ldif-text'
import { recordOf } from './record-entry'
import type { WriteStep } from './write-step'

const log = pino({ name: 'postbook', base: null })

/** Records writes that this person has just made, in their order. */
export async function recordCommit(authority: Authority, writes: readonly WriteStep[]): Promise<void> {
  const folder = directoryEnvironment().POSTBOOK_STATE_DIRECTORY
  if (folder === '' || writes.length === 0) return
  const now = Math.floor((performance.timeOrigin + performance.now()) * 1000)
  const entries = await Promise.all(
    writes.map(async (write, at) => {
      const isSame = ({ before, after }: WriteStep): boolean => (after ?? before)?.dn === write.before?.dn
      const isLast = !writes.slice(at + 1).some(({ before }) => before?.dn === write.after?.dn)
      return recordOf({
        ...write,
        // What a second write to an entry finds has an entryCSN that was not read.
        entryCsnBefore: writes.slice(0, at).some(isSame) ? null : csnOf(write.before),
        entryCsnAfter: isLast ? await readEntryCsn(authority, write.after) : null,
        // Changes of one commit are told apart, and kept in order, by the microsecond.
        microseconds: now + at,
        personDn: authority.person.dn,
      })
    }),
  )
  try {
    await append(folder, now / 1000, entries)
  } catch (error) {
    log.error({ error: String(error), folder }, 'a commit could not be recorded in POSTBOOK_STATE_DIRECTORY')
  }
}

/** The file of a month. */
function recordFile(folder: string, milliseconds: number): string {
  return join(
    /*turbopackIgnore: true*/ folder,
    `commits-${new Date(milliseconds).toISOString().slice(0, 7)}.ldif`,
  )
}

async function append(folder: string, milliseconds: number, entries: readonly Entry[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(recordFile(folder, milliseconds), 'a', 0o600)
  try {
    // One write, so that two processes that append at once do not mix; blank lines end a record that was cut off.
    await file.write(`\n\n${entries.map(formatEntry).join('')}`)
    await file.sync()
  } finally {
    await file.close()
  }
}

function csnOf(entry: Entry | null): string | null {
  return entry === null ? null : (valueOf(entry, 'entryCSN') ?? null)
}

async function readEntryCsn(authority: Authority, after: Entry | null): Promise<string | null> {
  if (after === null) return null
  const read = await readEntry(authority, after.dn, ['entryCSN'])
  return read.status === 'found' ? csnOf(read.entry) : null
}

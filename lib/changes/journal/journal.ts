/**
 * journal - the write-ahead journal on local disk: one LDIF file for each commit.
 *
 * `POSTBOOK_STATE_DIRECTORY/journal/open` holds commits that are under way or were cut off, `closed` the finished
 * ones. A plan is written beside, flushed and renamed (rename(2) is atomic), so that it is whole or not there;
 * results are appended and flushed, those together that come while others are being flushed. A commit that cannot be journalled is not made. Failures of the
 * file system are said, not thrown. The text is in journal-text, locks in journal-lock.
 */
import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { directoryEnvironment } from '@/lib/environment'
import type { Text } from '@/lib/words/text'
import { isLocked, type Lock, takeLock } from './journal-lock'
import type { JournalPlan } from './journal-plan'
import {
  formatEnd,
  formatPlan,
  formatResult,
  type Journal,
  type JournalResult,
  type Outcome,
  readJournal,
  wholePart,
} from './journal-text'

const ID = /^[0-9TZ]+-[0-9a-f]+$/
const SUFFIX = '.ldif'
/** Of a plan that is being written; nothing of it has been carried out. */
const UNBORN = '.ldif.new'

/** A commit in the journal, held by this process. */
export interface OpenJournal {
  readonly id: string
  /** Appends a result and flushes it. Why not, if that failed. */
  record(result: JournalResult): Promise<Text | null>
  /** Ends the commit: what is written afterwards is another one. Why not, if that failed. */
  close(outcome: Outcome, person: string): Promise<Text | null>
  /** Lets others see the commit as cut off, if it is not closed. */
  release(): Promise<void>
}

export type Opening = OpenJournal | { readonly status: 'failed'; readonly message: Text }

/** Writes the plan of a new commit to disk. */
export async function beginJournal(plan: JournalPlan): Promise<Opening> {
  const id = `${plan.time.replace(/[-:.]/g, '')}-${randomBytes(6).toString('hex')}`
  try {
    const folder = await openFolder()
    const lock = await takeLock(folder, id)
    if (lock === null) return { status: 'failed', message: { key: 'refusals.journalHeld', values: { id } } }
    const path = join(folder, `${id}${SUFFIX}`)
    await writeFlushed(join(folder, `${id}${UNBORN}`), 'wx', formatPlan(plan))
    await rename(join(folder, `${id}${UNBORN}`), path)
    await flushFolder(folder)
    return writer(folder, id, lock)
  } catch (error) {
    return { status: 'failed', message: unwritten(error) }
  }
}

export type Held =
  | { readonly status: 'held'; readonly journal: Journal; readonly writer: OpenJournal }
  /** Another process works on it. */
  | { readonly status: 'running' }
  | { readonly status: 'closed'; readonly journal: Journal }
  | { readonly status: 'missing' }
  | { readonly status: 'failed'; readonly message: Text }

/** Takes over an unfinished commit. */
export async function holdJournal(id: string): Promise<Held> {
  if (!ID.test(id)) return { status: 'missing' }
  try {
    const folder = await openFolder()
    const lock = await takeLock(folder, id)
    if (lock === null) return { status: 'running' }
    const found = (await readOne(folder, id)) ?? (await readOne(await closedFolder(), id))
    if (found === null || 'message' in found || found.journal.closed !== null) await lock.release()
    if (found === null) return { status: 'missing' }
    if ('message' in found) return { status: 'failed', message: found.message }
    const { journal } = found
    if (journal.closed !== null) return { status: 'closed', journal }
    await cutTornRecord(join(folder, `${id}${SUFFIX}`))
    return { status: 'held', journal, writer: writer(folder, id, lock) }
  } catch (error) {
    return { status: 'failed', message: unread(error) }
  }
}

export type HeldFinished =
  | { readonly status: 'held'; readonly journal: Journal; readonly writer: OpenJournal }
  | { readonly status: 'running' | 'missing' }
  | { readonly status: 'failed'; readonly message: Text }

/** Takes a finished commit, so that nobody else takes it back in the same moment. */
export async function holdFinished(id: string): Promise<HeldFinished> {
  if (!ID.test(id)) return { status: 'missing' }
  try {
    const [open, closed] = [await openFolder(), await closedFolder()]
    const lock = await takeLock(open, id)
    if (lock === null) return { status: 'running' }
    const found = await readOne(closed, id)
    if (found !== null && 'journal' in found)
      return { status: 'held', journal: found.journal, writer: writer(closed, id, lock) }
    await lock.release()
    return found === null ? { status: 'missing' } : { status: 'failed', message: found.message }
  } catch (error) {
    return { status: 'failed', message: unread(error) }
  }
}

/** A finished commit, to be looked at; null if there is none or it cannot be read. */
export async function readFinished(id: string): Promise<Journal | null> {
  if (!ID.test(id)) return null
  try {
    const found = await readOne(await closedFolder(), id)
    return found !== null && 'journal' in found ? found.journal : null
  } catch {
    // Whoever takes it back is told why not.
    return null
  }
}

export interface JournalListing {
  readonly status: 'listed'
  /** Commits that are not finished, oldest first. */
  readonly journals: readonly {
    readonly id: string
    readonly journal: Journal
    /** A living process works on it. */
    readonly running: boolean
  }[]
  /** Why files cannot be read. */
  readonly damaged: readonly Text[]
}

/** The commits that are not finished. */
export async function listJournals(): Promise<
  JournalListing | { readonly status: 'failed'; readonly message: Text }
> {
  try {
    const folder = await openFolder()
    const journals: JournalListing['journals'][number][] = []
    const damaged: Text[] = []
    const files = await readdir(folder)
    for (const name of files.filter((file) => file.endsWith(UNBORN)))
      await removeUnborn(folder, name.slice(0, -UNBORN.length))
    const names = files.filter((name) => name.endsWith(SUFFIX)).sort()
    for (const name of names) {
      const id = name.slice(0, -SUFFIX.length)
      const running = await isLocked(folder, id)
      const found = await readOne(folder, id)
      if (found === null) continue
      if ('message' in found) damaged.push(found.message)
      else if (found.journal.closed === null) journals.push({ id, journal: found.journal, running })
      // It was cut off between the closing record and the move.
      else if (!running) await putAway(folder, id)
    }
    return { status: 'listed', journals, damaged }
  } catch (error) {
    return { status: 'failed', message: unread(error) }
  }
}

function writer(folder: string, id: string, lock: Lock): OpenJournal {
  const path = join(folder, `${id}${SUFFIX}`)
  const flush = async (text: string): Promise<Text | null> => {
    try {
      await writeFlushed(path, 'a', text)
      await lock.touch()
      return null
    } catch (error) {
      return unwritten(error)
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  let next: { text: string; readonly flushed: Promise<Text | null> } | null = null
  const append = (text: string): Promise<Text | null> => {
    if (next !== null) {
      next.text += text
      return next.flushed
    }
    const flushed = last.then(() => {
      const { text: whole } = next ?? { text }
      next = null
      return flush(whole)
    })
    next = { text, flushed }
    last = flushed
    return flushed
  }
  return {
    id,
    record: (result) => append(formatResult(result, new Date().toISOString())),
    close: async (outcome, person) => {
      const failed = await append(formatEnd({ outcome, time: new Date().toISOString(), person }))
      if (failed === null) await putAway(folder, id)
      return failed
    },
    release: () => lock.release(),
  }
}

async function readOne(
  folder: string,
  id: string,
): Promise<{ readonly journal: Journal } | { readonly message: Text } | null> {
  let text: string
  try {
    text = await readFile(join(folder, `${id}${SUFFIX}`), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const reading = readJournal(text)
  return reading.status === 'read'
    ? reading
    : { message: { key: 'refusals.journalDamaged', values: { id, reason: reading.message } } }
}

async function putAway(folder: string, id: string): Promise<void> {
  const target = await closedFolder()
  try {
    await rename(join(folder, `${id}${SUFFIX}`), join(target, `${id}${SUFFIX}`))
  } catch (error) {
    // Another process has put it away.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function removeUnborn(folder: string, id: string): Promise<void> {
  const lock = await takeLock(folder, id)
  if (lock === null) return
  await rm(join(folder, `${id}${UNBORN}`), { force: true })
  await lock.release()
}

/** So that the next record does not continue one that was cut off. */
async function cutTornRecord(path: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  const whole = wholePart(text)
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole))
}

async function openFolder(): Promise<string> {
  return folderOf('open')
}

async function closedFolder(): Promise<string> {
  return folderOf('closed')
}

async function folderOf(name: string): Promise<string> {
  const folder = join(directoryEnvironment().POSTBOOK_STATE_DIRECTORY, 'journal', name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

async function writeFlushed(path: string, flags: string, text: string): Promise<void> {
  const file = await open(path, flags, 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The name of a new file is on disk only when its folder is flushed, too (fsync(2)). */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function unread(error: unknown): Text {
  return { key: 'refusals.journalUnread', values: { reason: reasonOf(error) } }
}

function unwritten(error: unknown): Text {
  return { key: 'refusals.journalUnwritten', values: { reason: reasonOf(error) } }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * journal-lock - one process at a time works on a commit of the journal.
 *
 * A lock is a file `<commit>.lock.<n>`, made by exclusive create (open(2), O_EXCL); the highest n counts. A lock
 * whose process is gone is not removed but outnumbered: of those who see it, one alone can create the next. A
 * process on another host that shares the folder cannot be looked at; there the file's age tells, since a writer
 * touches it after every write. Fails with the system's error when the folder cannot
 * be written.
 */
import 'server-only'
import { open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { lifeOf, thisProcess } from './journal-holder'

/** Longer than any single write may take. */
const FOREIGN_LOCK_MILLISECONDS = 15 * 60_000
const UNFILLED_LOCK_MILLISECONDS = 5_000

export interface Lock {
  /** Says that the holder is still at work. */
  touch(): Promise<void>
  release(): Promise<void>
}

/** Takes the lock of a commit; null while another holder is alive. */
export async function takeLock(folder: string, id: string): Promise<Lock | null> {
  const last = await highest(folder, id)
  if (last > 0 && (await isAlive(join(folder, nameOf(id, last))))) return null
  const path = join(folder, nameOf(id, last + 1))
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(thisProcess())
    await file.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
  // Whoever looked before a release may create a number that counts no more: with two, neither has the lock.
  const others = (await lockNumbers(folder, id)).filter((number) => number !== last + 1)
  for (const number of others) {
    if (!(await isAlive(join(folder, nameOf(id, number))))) continue
    await rm(path, { force: true })
    return null
  }
  return {
    touch: async () => {
      const now = new Date()
      await utimes(path, now, now)
    },
    release: async () => {
      for (let number = 1; number <= last + 1; number += 1)
        await rm(join(folder, nameOf(id, number)), { force: true })
    },
  }
}

/** Whether a living process works on this commit. */
export async function isLocked(folder: string, id: string): Promise<boolean> {
  const last = await highest(folder, id)
  return last > 0 && (await isAlive(join(folder, nameOf(id, last))))
}

function nameOf(id: string, number: number): string {
  return `${id}.lock.${number}`
}

async function highest(folder: string, id: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(folder, id)))
}

async function lockNumbers(folder: string, id: string): Promise<readonly number[]> {
  const start = `${id}.lock.`
  const names = (await readdir(folder)).filter((name) => name.startsWith(start))
  return names.map((name) => Number(name.slice(start.length)))
}

async function isAlive(path: string): Promise<boolean> {
  let text: string
  let age: number
  try {
    text = await readFile(path, 'utf8')
    age = Date.now() - (await stat(path)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  const life = lifeOf(text)
  // Created and not yet filled, or cut off in between.
  if (life === 'unreadable') return age < UNFILLED_LOCK_MILLISECONDS
  return life === 'foreign' ? age < FOREIGN_LOCK_MILLISECONDS : life === 'alive'
}

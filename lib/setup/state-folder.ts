/**
 * state-folder - the folder of the journal on local disk: whether it is there and can be written, and what is in it.
 *
 * Only names, sizes and times are looked at; sizes of the first many files. Authority: access(2).
 */
import 'server-only'
import { access, constants, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { directoryEnvironment } from '@/lib/environment'

const MOST_FILES = 10_000

export interface StateFolder {
  /** Whole path. */
  readonly path: string
  readonly state: 'works' | 'missing' | 'readOnly' | 'unreadable'
  /** Why it does not work, in the words of the system; empty if it does. */
  readonly said: string
  readonly files: number
  /** Octets of the first files. */
  readonly octets: number
  /** When something was written last, in milliseconds since 1970; null before. */
  readonly written: number | null
}

/** Looks at the state directory. One that is missing is made at the first commit. */
export async function stateFolder(): Promise<StateFolder> {
  const path = resolve(/*turbopackIgnore: true*/ directoryEnvironment().POSTBOOK_STATE_DIRECTORY)
  const nothing = { path, said: '', files: 0, octets: 0, written: null }
  try {
    const names = await readdir(path, { recursive: true })
    const refusal = await access(path, constants.W_OK | constants.X_OK).then(
      () => '',
      (error: unknown) => codeOf(error),
    )
    const counted = await count(path, names.slice(0, MOST_FILES))
    return { ...nothing, ...counted, state: refusal === '' ? 'works' : 'readOnly', said: refusal }
  } catch (error) {
    const said = codeOf(error)
    return said === 'ENOENT' ? { ...nothing, state: 'missing' } : { ...nothing, state: 'unreadable', said }
  }
}

async function count(
  path: string,
  names: readonly string[],
): Promise<Pick<StateFolder, 'files' | 'octets' | 'written'>> {
  let [files, octets] = [0, 0]
  let written: number | null = null
  for (const name of names) {
    // A file may have been put away meanwhile.
    const found = await stat(join(path, name)).catch(() => null)
    if (found?.isFile() !== true) continue
    files += 1
    octets += found.size
    written = Math.max(written ?? 0, found.mtimeMs)
  }
  return { files, octets, written }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}

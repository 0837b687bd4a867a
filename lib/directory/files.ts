/**
 * files - the file half of TableAccess: configuration files on disk.
 *
 * What a table file, a list file or main.cf holds is read whole, as octets. A file that is not there, is a
 * directory or may not be read is told apart, with the words of strerror(3) that Postfix would log.
 */
import 'server-only'
import { readFileSync } from 'node:fs'
import { getSystemErrorMap } from 'node:util'
import type { FileContent, TableAccess } from '@/lib/postfix/table-access'
import { openDirectory } from './live-view'

const STRERROR: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ELOOP: 'Too many levels of symbolic links',
}

/** Reads a file whole. */
export function readFile(path: string): FileContent {
  try {
    return { status: 'read', octets: readFileSync(path) }
  } catch (error) {
    const { code = '', errno = 0 } = error as NodeJS.ErrnoException
    const reason = STRERROR[code] ?? getSystemErrorMap().get(errno)?.[1] ?? String(error)
    if (code === 'ENOENT') return { status: 'missing', reason }
    return { status: code === 'EISDIR' ? 'directory' : 'unreadable', reason }
  }
}

/** Files on disk and directories over the network: what tables are opened with outside of tests. */
export const liveAccess: TableAccess = { readFile, openDirectory }

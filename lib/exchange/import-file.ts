/**
 * import-file - the file that a person has sent and not yet decided about.
 *
 * Kept in memory for an hour, one for each person, because the columns are named only after the file was read. Too
 * large or unreadable files are a text. Never on disk: it may hold hashes of passwords.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { type LdifRecord, parseLdif } from '@/lib/ldap/ldif'
import { MOST_ITEMS } from '@/lib/plans/job'
import type { Text } from '@/lib/words/text'
import { type ColumnMapping, suggestMapping } from './csv-columns'
import { type CsvRow, readCsv } from './csv-text'

/** Octets of a file. */
export const LARGEST_FILE = 16 * 1024 * 1024
const MOST_KEPT = 16
const KEPT_MILLISECONDS = 3_600_000

export type ImportFile =
  | {
      readonly format: 'csv'
      readonly name: string
      readonly columns: readonly string[]
      readonly rows: readonly CsvRow[]
      readonly suggested: ColumnMapping
    }
  | { readonly format: 'ldif'; readonly name: string; readonly records: readonly LdifRecord[] }

interface Kept {
  readonly file: ImportFile
  readonly until: number
}

/** On globalThis, because a server bundle may load this module twice. */
const holder = globalThis as typeof globalThis & { postbookImportFiles?: Map<string, Kept> }
const files = (holder.postbookImportFiles ??= new Map<string, Kept>())

/** Reads a file and keeps it for this person. A text says what is wrong with it. */
export function keepFile(authority: Authority, name: string, text: string): Text | null {
  const file = readFile(name, text)
  if (typeof file === 'string' || 'key' in file) return file
  for (const [key, { until }] of files) if (until < Date.now()) files.delete(key)
  if (files.size >= MOST_KEPT) return { key: 'exchange.busy' }
  files.set(keyOf(authority), { file, until: Date.now() + KEPT_MILLISECONDS })
  return null
}

/** The person's file; null if there is none. */
export function keptFile(authority: Authority): ImportFile | null {
  const kept = files.get(keyOf(authority))
  return kept === undefined || kept.until < Date.now() ? null : kept.file
}

/** Forgets the person's file. */
export function dropFile(authority: Authority): void {
  files.delete(keyOf(authority))
}

function readFile(name: string, text: string): ImportFile | Text {
  if (text.includes('\0') || text.includes('\ufffd')) return { key: 'exchange.notText' }
  return isLdif(name, text) ? readLdifFile(name, text) : readCsvFile(name, text)
}

function isLdif(name: string, text: string): boolean {
  return /\.ldif?$/i.test(name) || /^(?:#[^\n]*\n|\s)*(?:version: ?1|dn::? ?\S)/.test(text)
}

function readCsvFile(name: string, text: string): ImportFile | Text {
  const read = readCsv(text, MOST_ITEMS + 1)
  if (read.status === 'invalid') return { key: 'exchange.unreadable', values: { reason: read.message } }
  const { columns, rows } = read
  if (columns.length < 1 || rows.length === 0) return { key: 'exchange.empty' }
  if (rows.length > MOST_ITEMS) return { key: 'exchange.tooLong', values: { most: MOST_ITEMS } }
  return { format: 'csv', name, columns, rows, suggested: suggestMapping(columns) }
}

function readLdifFile(name: string, text: string): ImportFile | Text {
  const read = parseLdif(text)
  if (read.status === 'invalid')
    return { key: 'exchange.ldifMistake', values: { line: read.line, reason: read.message } }
  if (read.records.length === 0) return { key: 'exchange.empty' }
  if (read.records.length > MOST_ITEMS) return { key: 'exchange.tooLong', values: { most: MOST_ITEMS } }
  return { format: 'ldif', name, records: read.records }
}

function keyOf({ person }: Authority): string {
  return person.dn.toLowerCase()
}

/**
 * csv-text - tables as comma-separated text, read and written.
 *
 * Reads commas, semicolons and tabs, whichever the first line has most of, quoted values and a byte order mark.
 * Values that a spreadsheet would take for a formula (they begin with = + - @, as catch-alls do) are written behind
 * an apostrophe, and read without it. A text that is no table is a mistake with its line.
 * Authority: RFC 4180; csv-parse for the reading.
 */
import { CsvError, parse } from 'csv-parse/sync'

export interface CsvRow {
  /** From 1. */
  readonly line: number
  readonly values: readonly string[]
}

export type CsvResult =
  | { readonly status: 'read'; readonly columns: readonly string[]; readonly rows: readonly CsvRow[] }
  | { readonly status: 'invalid'; readonly message: string }

const DELIMITERS = [',', ';', '\t'] as const
const LIKE_FORMULA = /^[=+\-@\t\r]/

/** The first line as names of columns, then the rows; at most so many. */
export function readCsv(text: string, mostRows: number): CsvResult {
  try {
    const read = recordsOf(text, mostRows)
    const [head, ...rows] = read
    if (head === undefined) return { status: 'read', columns: [], rows: [] }
    return {
      status: 'read',
      columns: head.record,
      rows: rows.map(({ record, info }) => ({ line: info.lines, values: record.map(withoutApostrophe) })),
    }
  } catch (error) {
    if (error instanceof CsvError) return { status: 'invalid', message: error.message }
    throw error
  }
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function recordsOf(text: string, mostRows: number): readonly CsvRecord[] {
  const options = {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    to: mostRows + 1,
    trim: true,
  } as const
  // The types of csv-parse do not know what `info` makes of a row.
  return parse(text, options) as unknown as readonly CsvRecord[]
}

/** One line, with its end. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(csvValue).join(',')}\r\n`
}

function csvValue(value: string): string {
  const safe = LIKE_FORMULA.test(value) ? `'${value}` : value
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function withoutApostrophe(value: string): string {
  return value.startsWith("'") && LIKE_FORMULA.test(value.slice(1)) ? value.slice(1) : value
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const unquoted = first.replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/**
 * postmap - what `postmap -q` prints, from tables and keys.
 *
 * In: tables, a key or the octets of standard input, and how keys are treated. Out: the octets of standard
 * output, the lines of standard error and the exit code, which is 1 for "not found" and for every error alike.
 * Tables are opened, and their opening messages printed, at first use.
 *
 * Authority: postmap(1); postmap_query, postmap_queries (postmap.c), msg_output (msg_output.c), vstream buffers
 * of 4096 bytes (vstream.h) of Postfix 3.7.
 */
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { fatal } from './diagnostic'
import type { Diagnostic, LookupResult } from './lookup-result'
import type { LookupFlags, LookupTable } from './lookup-table'

export interface PostmapOutput {
  readonly stdout: Uint8Array
  /** As postmap prints them, without newlines. */
  readonly stderr: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  readonly exitCode: 0 | 1
}

const BUFFER_SIZE = 4096
/** Keys that are asked together. First few, so that a server that is not there is found out soon. */
const FIRST_KEYS = 100
/** Few enough to be forgotten before the garbage collector has moved them twice. */
const KEYS_AT_ONCE = 1000
/** While one block of keys is waited for, the server has another. */
const BLOCKS_AT_ONCE = 2

/** `postmap -q KEY TABLE...`: the first value found. */
export async function postmapQuery(
  tables: readonly LookupTable[],
  key: string,
  flags: LookupFlags,
): Promise<PostmapOutput> {
  const session = new Session(tables)
  const answers = await answersOf(tables, [key], async (table) => [await table.lookup(key, flags)])
  const value = session.firstValue(key, answers)
  return session.output(value === null ? '' : `${value}\n`, value !== null)
}

/** `postmap -q - TABLE...`: a key per line; key and value for each that is found, until an error. */
export async function postmapStream(
  tables: readonly LookupTable[],
  stdin: Uint8Array,
  flags: LookupFlags,
): Promise<PostmapOutput> {
  const session = new Session(tables)
  const keys = decodeOctets(stdin)
    .split('\n')
    .map((line) => (line.includes('\0') ? line.slice(0, line.indexOf('\0')) : line))
  if (stdin.length === 0 || stdin.at(-1) === 0x0a) keys.pop()
  const ask: Ask = (table, open) => table.lookupMany(open, flags)
  const blocks = blocksOf(keys)
  const asked: Promise<TableAnswers>[] = []
  let text = ''
  for (let at = 0; at < blocks.length && !session.hasFailed(); at += 1) {
    // Of the first block alone it is seen whether there is a server at all.
    const ahead = at === 0 ? 1 : at + BLOCKS_AT_ONCE
    while (asked.length < Math.min(ahead, blocks.length))
      asked.push(answersOf(tables, blocks[asked.length] ?? [], ask))
    const answers = await asked[at]
    asked[at] = NO_ANSWERS
    if (answers !== undefined) text += session.lines(blocks[at] ?? [], answers)
  }
  return session.output(text, text !== '')
}

function blocksOf(keys: readonly string[]): readonly (readonly string[])[] {
  const blocks: (readonly string[])[] = keys.length === 0 ? [] : [keys.slice(0, FIRST_KEYS)]
  for (let at = FIRST_KEYS; at < keys.length; at += KEYS_AT_ONCE)
    blocks.push(keys.slice(at, at + KEYS_AT_ONCE))
  return blocks
}

type TableAnswers = ReadonlyMap<LookupTable, ReadonlyMap<string, LookupResult>>

type Ask = (table: LookupTable, keys: readonly string[]) => Promise<readonly LookupResult[]>

/** Stands for answers that were printed and need not be kept. */
const NO_ANSWERS: Promise<TableAnswers> = Promise.resolve(new Map())

/** Asks each table for the keys that no earlier one has answered. */
async function answersOf(
  tables: readonly LookupTable[],
  keys: readonly string[],
  ask: Ask,
): Promise<TableAnswers> {
  const answers = new Map<LookupTable, ReadonlyMap<string, LookupResult>>()
  let open = keys
  for (const table of tables) {
    if (open.length === 0 || table.problem !== null) break
    const results = await ask(table, open)
    const answered = new Map<string, LookupResult>()
    const unanswered: string[] = []
    for (let index = 0; index < open.length; index += 1) {
      const key = open[index]
      const result = results[index]
      if (key === undefined || result === undefined) continue
      answered.set(key, result)
      if (result.status === 'notFound') unanswered.push(key)
    }
    answers.set(table, answered)
    open = unanswered
  }
  return answers
}

/** One run of postmap: which tables are open, and what was logged. */
class Session {
  readonly diagnostics: Diagnostic[] = []
  private isFailed = false
  private readonly opened = new Set<LookupTable>()

  constructor(private readonly tables: readonly LookupTable[]) {}

  /** Whether a fatal error has ended the run. */
  hasFailed(): boolean {
    return this.isFailed
  }

  /** What is printed for these keys, up to an error. */
  lines(keys: readonly string[], answers: TableAnswers): string {
    const lines: string[] = []
    for (let at = 0; at < keys.length && !this.isFailed; at += 1) {
      const key = keys[at] ?? ''
      const value = this.firstValue(key, answers)
      if (value !== null) lines.push(`${key}\t${value}\n`)
    }
    return lines.join('')
  }

  /** Takes the tables' answers in order; null if none has the key, or if one fails, which ends the run. */
  firstValue(key: string, answers: TableAnswers): string | null {
    for (let at = 0; at < this.tables.length; at += 1) {
      const table = this.tables[at]
      if (table === undefined) break
      this.open(table)
      if (table.problem !== null) {
        this.isFailed = true
        return null
      }
      const result = answers.get(table)?.get(key)
      if (result === undefined) throw new TypeError(`The table ${table.name} has not been asked.`)
      if (result.diagnostics.length > 0) this.diagnostics.push(...result.diagnostics)
      if (result.status === 'found') return result.value
      if (result.status !== 'notFound') {
        this.isFailed = true
        this.diagnostics.push(fatal('query-error', `table ${table.name}: query error`))
        return null
      }
    }
    return null
  }

  private open(table: LookupTable): void {
    if (this.opened.has(table)) return
    this.opened.add(table)
    this.diagnostics.push(...table.diagnostics)
  }

  /** A fatal error loses what is still in the output buffer. */
  output(text: string, isFound: boolean): PostmapOutput {
    const octets = encodeOctets(text)
    const written = Math.floor(Math.max(0, octets.length - 1) / BUFFER_SIZE) * BUFFER_SIZE
    return {
      stdout: this.isFailed ? octets.slice(0, written) : octets,
      stderr: this.diagnostics.map((diagnostic) =>
        printable(`postmap: ${diagnostic.severity}: ${diagnostic.text}`),
      ),
      diagnostics: this.diagnostics,
      exitCode: isFound && !this.isFailed ? 0 : 1,
    }
  }
}

/** Control characters and stray octets are shown as `?`. */
function printable(line: string): string {
  return Array.from(line, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x20 || code === 0x7f || (code >= 0xd800 && code <= 0xdfff) ? '?' : character
  }).join('')
}

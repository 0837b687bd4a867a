/**
 * plain-maps - the table types that need no server: static, inline, texthash, fail, unionmap and pipemap.
 *
 * A name that Postfix would refuse gives a table with a problem, and its lookups are configuration errors.
 * Keys of inline and texthash are folded when the table is asked with folding. unionmap joins the answers of
 * all its tables with commas, pipemap hands the answer of each table to the next; an error of any is theirs.
 *
 * Authority: DATABASE_README; dict_static(3), dict_inline(3), dict_thash(3), dict_union(3), dict_pipe(3).
 */
import { decodeOctets } from '@/lib/ldap/octets'
import { foldCase } from './case-folding'
import { logicalLines } from './configuration-file'
import { fatal, warning } from './diagnostic'
import type { Diagnostic, LookupResult } from './lookup-result'
import type { LookupFlags, LookupTable, TableOpener } from './lookup-table'
import { mapNames } from './map-list-names'
import type { TableAccess } from './table-access'

/** Code of the diagnostic that says: Postfix can ask this table, but it cannot be evaluated here. */
export const NOT_EVALUATED = 'fatal.not-evaluated'

/** static: every key is found. */
export function staticTable(name: string, argument: string): LookupTable {
  if (argument === '') return brokenTable(name, `expecting "type:name" form instead of "${name}"`)
  const value = bracedText(argument) ?? argument
  return table(name, [], () => Promise.resolve(found([value])))
}

/** fail: every lookup is a temporary error. */
export function failTable(name: string): LookupTable {
  return table(name, [], () => Promise.resolve(unanswered('temporaryError')))
}

/** inline: the entries stand in the name, `inline:{key=value, {key = text with blanks}}`; the last of equal keys counts. */
export function inlineTable(name: string, argument: string): LookupTable {
  const list = bracedText(argument)
  const entries: (readonly [string, string])[] = []
  for (const item of mapNames(list ?? '')) {
    const pair = bracedText(item) ?? item
    const [, key, value] = /^([^\s=]+)\s*=(.*)$/s.exec(pair) ?? []
    if (key === undefined || value === undefined) {
      return brokenTable(name, `missing '=' after attribute name: "${name}"`)
    }
    entries.push([key, value.trim()])
  }
  if (entries.length === 0) return brokenTable(name, `bad syntax: "${name}"; need "inline:{name=value...}"`)
  return entryTable(name, [], entries, 'last counts')
}

/**
 * texthash: a text file of keys and values, read when the table is opened. With equal keys in it the daemons do
 * not use the table (postmap only warns), so its lookups fail.
 */
export function textTable(name: string, path: string, access: Pick<TableAccess, 'readFile'>): LookupTable {
  const file = access.readFile(path)
  if (file.status !== 'read') return brokenTable(name, `open ${path}: ${file.reason}`)
  const entries: (readonly [string, string])[] = []
  const diagnostics: Diagnostic[] = []
  for (const line of logicalLines(decodeOctets(file.octets))) {
    // The key ends at the first blank outside double quotes.
    const [, key, value] = /^((?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+)\s+(.*)$/s.exec(line.text) ?? []
    const text = `${path}, line ${line.number}`
    if (key === undefined || value === undefined || value.trim() === '') {
      diagnostics.push(warning('texthash.format', `${text}: expected format: key whitespace value`))
    } else entries.push([key, value.trim()])
  }
  return entryTable(name, diagnostics, entries, 'fail')
}

/** unionmap: the answers of all tables that have one, joined with commas. */
export function unionTable(name: string, argument: string, open: TableOpener): LookupTable {
  return compositeTable(name, argument, open, async (tables, key, flags) => {
    const answers: LookupResult[] = []
    for (const inner of tables) {
      const answer = await inner.lookup(key, flags)
      answers.push(answer)
      if (answer.status !== 'found' && answer.status !== 'notFound') return explained(answer, answers)
    }
    const values = answers.flatMap((answer) => (answer.status === 'found' ? [answer.value] : []))
    return explained(values.length === 0 ? unanswered('notFound') : found(values), answers)
  })
}

/** pipemap: the answer of each table is the key of the next. */
export function pipeTable(name: string, argument: string, open: TableOpener): LookupTable {
  return compositeTable(name, argument, open, async (tables, key, flags) => {
    const answers: LookupResult[] = []
    let next = key
    for (const inner of tables) {
      const answer = await inner.lookup(next, flags)
      answers.push(answer)
      if (answer.status !== 'found') return explained(answer, answers)
      next = answer.value
    }
    return explained(found([next]), answers)
  })
}

/** A table of a type that cannot be evaluated here, though Postfix may be able to. */
export function notEvaluatedTable(name: string): LookupTable {
  const text = `${name} cannot be evaluated here: tables of this type are only known to Postfix itself`
  return problemTable(name, text, [{ severity: 'fatal', code: NOT_EVALUATED, text }])
}

function brokenTable(name: string, text: string): LookupTable {
  return problemTable(name, text, [fatal('table.syntax', text)])
}

function problemTable(name: string, problem: string, diagnostics: readonly Diagnostic[]): LookupTable {
  const answer = { ...unanswered('configurationError'), diagnostics }
  return { ...table(name, diagnostics, () => Promise.resolve(answer)), problem }
}

type Answer = (key: string, flags: LookupFlags) => Promise<LookupResult>

function table(name: string, diagnostics: readonly Diagnostic[], answer: Answer): LookupTable {
  return {
    name,
    problem: null,
    diagnostics,
    lookup: answer,
    lookupMany: (keys, flags) => Promise.all(keys.map((key) => answer(key, flags))),
  }
}

type Entries = readonly (readonly [key: string, value: string])[]

/** `equalKeys` says what several equal keys mean; folding can make keys equal. */
function entryTable(
  name: string,
  diagnostics: readonly Diagnostic[],
  entries: Entries,
  equalKeys: 'last counts' | 'fail',
): LookupTable {
  const indexes = new Map<string, Index>()
  const indexFor = (flags: LookupFlags): Index => {
    const kind = flags.fold ? `folded, UTF-8 ${String(flags.utf8)}` : 'as written'
    const known = indexes.get(kind)
    if (known !== undefined) return known
    const folded = entries.map(
      ([key, value]) => [flags.fold ? foldCase(key, flags.utf8) : key, value] as const,
    )
    const values = new Map(folded)
    const index = { values, hasEqualKeys: values.size < entries.length }
    indexes.set(kind, index)
    return index
  }
  return table(name, diagnostics, (key, flags) => {
    const index = indexFor(flags)
    if (index.hasEqualKeys && equalKeys === 'fail') {
      const text = `${name} is unavailable: duplicate entry`
      return Promise.resolve({
        ...unanswered('configurationError'),
        diagnostics: [fatal('table.duplicate', text)],
      })
    }
    const value = index.values.get(flags.fold ? foldCase(key, flags.utf8) : key)
    if (value === undefined) return Promise.resolve(unanswered('notFound'))
    return Promise.resolve(value === '' ? unanswered('configurationError') : found([value]))
  })
}

interface Index {
  readonly values: ReadonlyMap<string, string>
  readonly hasEqualKeys: boolean
}

function compositeTable(
  name: string,
  argument: string,
  open: TableOpener,
  answer: (tables: readonly LookupTable[], key: string, flags: LookupFlags) => Promise<LookupResult>,
): LookupTable {
  const names = mapNames(bracedText(argument) ?? '')
  if (names.length === 0)
    return brokenTable(name, `bad syntax: "${name}"; need "${name.split(':', 1)[0] ?? ''}:{type:name...}"`)
  const tables = names.map(open)
  const problem = tables.find((inner) => inner.problem !== null)
  if (problem !== undefined) return problemTable(name, problem.problem ?? '', problem.diagnostics)
  const diagnostics = tables.flatMap((inner) => inner.diagnostics)
  return table(name, diagnostics, (key, flags) => answer(tables, key, flags))
}

/** The text between a pair of braces around everything, without blanks at its ends; null if there is none. */
function bracedText(text: string): string | null {
  return text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1).trim() : null
}

function found(values: readonly string[]): LookupResult {
  return { status: 'found', value: values.join(','), values, diagnostics: [], steps: [], skipped: null }
}

function unanswered(status: 'notFound' | 'temporaryError' | 'configurationError'): LookupResult {
  return { status, diagnostics: [], steps: [], skipped: null }
}

/** An answer with the searches and messages of all the tables that led to it. */
function explained(answer: LookupResult, answers: readonly LookupResult[]): LookupResult {
  return {
    ...answer,
    diagnostics: answers.flatMap((inner) => inner.diagnostics),
    steps: answers.flatMap((inner) => inner.steps),
  }
}

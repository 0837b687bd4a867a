/**
 * match-list - lists of names: `domain` of a table, virtual_mailbox_domains and their kin.
 *
 * Items are separated by comma or white space, `{}` groups. The first item that matches decides; `!item` makes
 * the answer "no". `/path` stands for the items of a file, `type:name` for a lookup table, which is asked
 * without folding its keys; all else is compared whole, both sides folded. A table that cannot be asked makes
 * the answer an error; a bad list is fatal when it is parsed.
 *
 * Authority: match_list_init, match_list_match (match_list.c), match_string (match_ops.c), mystrtokq
 * (mystrtok.c) of Postfix 3.7: a file is a list per line, and only `#` in its first column is a comment.
 */
import { decodeOctets } from '@/lib/ldap/octets'
import { foldCase } from './case-folding'
import { fatal, fatalOf, warning } from './diagnostic'
import type { Diagnostic } from './lookup-result'
import type { LookupTable, TableOpener } from './lookup-table'
import type { TableAccess } from './table-access'

export interface MatchListContext {
  readonly access: Pick<TableAccess, 'readFile'>
  readonly openTable: TableOpener
  /** smtputf8_enable of main.cf: how both sides are folded. */
  readonly utf8: boolean
  /** Where the list comes from, for the messages: a parameter name or a file. */
  readonly name: string
}

export type MatchPattern =
  | { readonly type: 'string'; readonly negated: boolean; readonly folded: string }
  | { readonly type: 'table'; readonly negated: boolean; readonly table: LookupTable }

export interface MatchAnswer {
  readonly answer: 'yes' | 'no' | 'error'
  readonly diagnostics: readonly Diagnostic[]
}

export interface MatchList {
  readonly patterns: readonly MatchPattern[]
  match(key: string): Promise<MatchAnswer>
}

export type ParsedMatchList =
  | { readonly status: 'valid'; readonly list: MatchList; readonly diagnostics: readonly Diagnostic[] }
  | { readonly status: 'invalid'; readonly diagnostics: readonly Diagnostic[] }

/** A file that names itself would never end. */
const MOST_NESTED_FILES = 20

/** Parses a list and opens its tables and files; invalid if Postfix would stop. */
export function parseMatchList(text: string, context: MatchListContext): ParsedMatchList {
  const patterns: MatchPattern[] = []
  const diagnostics: Diagnostic[] = []
  parseItems(text, false, 0, { ...context, patterns, diagnostics })
  if (fatalOf(diagnostics) !== undefined) return { status: 'invalid', diagnostics }
  return { status: 'valid', list: matchListOf(patterns, context), diagnostics }
}

interface Parsing extends MatchListContext {
  readonly patterns: MatchPattern[]
  readonly diagnostics: Diagnostic[]
}

function parseItems(text: string, negatedList: boolean, depth: number, parsing: Parsing): void {
  for (const { item, rest } of splitItems(text)) {
    if (item.startsWith('#')) {
      const message = `${parsing.name}: comment at end of line is not supported: ${item} ${rest}`
      parsing.diagnostics.push(warning('domain.comment', message))
      return
    }
    const pattern = item.replace(/^!+/, '')
    const negated = negatedList !== ((item.length - pattern.length) % 2 === 1)
    if (pattern === '') {
      parsing.diagnostics.push(fatal('domain.empty-pattern', `${parsing.name}: no pattern after '!'`))
    } else if (pattern.startsWith('/')) parseFile(pattern, negated, depth, parsing)
    else if (pattern.includes(':') && !pattern.startsWith('[')) addTable(pattern, negated, parsing)
    else parsing.patterns.push({ type: 'string', negated, folded: foldCase(pattern, parsing.utf8) })
    if (fatalOf(parsing.diagnostics) !== undefined) return
  }
}

function parseFile(path: string, negated: boolean, depth: number, parsing: Parsing): void {
  const file = parsing.access.readFile(path)
  if (file.status !== 'read') {
    parsing.diagnostics.push(fatal('domain.open', `open file ${path}: ${file.reason}`))
    return
  }
  if (depth >= MOST_NESTED_FILES) {
    parsing.diagnostics.push(fatal('domain.nesting', `open file ${path}: too many files within files`))
    return
  }
  for (const line of decodeOctets(file.octets).split(/(?<=\n)/)) {
    if (line.startsWith('#')) continue
    parseItems(line.split('\0', 1)[0] ?? '', negated, depth + 1, parsing)
    if (fatalOf(parsing.diagnostics) !== undefined) return
  }
}

function addTable(name: string, negated: boolean, parsing: Parsing): void {
  const table = parsing.openTable(name)
  parsing.diagnostics.push(...table.diagnostics)
  if (table.problem === null) parsing.patterns.push({ type: 'table', negated, table })
  else if (fatalOf(table.diagnostics) === undefined)
    parsing.diagnostics.push(fatal('domain.table', table.problem))
}

interface ListItem {
  readonly item: string
  /** The text behind the item and its separator. */
  readonly rest: string
}

/** The items of a list: split at comma and white space, but not inside braces. */
function splitItems(text: string): readonly ListItem[] {
  const items: ListItem[] = []
  let item = ''
  let depth = 0
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '' || (depth === 0 && /[, \t\r\n]/.test(character))) {
      if (item !== '') items.push({ item, rest: text.slice(at + 1) })
      item = ''
      continue
    }
    if (character === '{') depth += 1
    else if (character === '}') depth = Math.max(0, depth - 1)
    item += character
  }
  return items
}

function matchListOf(patterns: readonly MatchPattern[], context: MatchListContext): MatchList {
  const flags = { fold: false, utf8: context.utf8 }
  return {
    patterns,
    async match(key) {
      const folded = foldCase(key, context.utf8)
      const diagnostics: Diagnostic[] = []
      for (const pattern of patterns) {
        const answer = pattern.negated ? 'no' : 'yes'
        if (pattern.type === 'string') {
          if (pattern.folded === folded) return { answer, diagnostics }
          continue
        }
        const result = await pattern.table.lookup(folded, flags)
        diagnostics.push(...result.diagnostics)
        if (result.status === 'found') return { answer, diagnostics }
        if (result.status === 'notFound') continue
        const message = `${context.name}: ${pattern.table.name}: table lookup problem`
        diagnostics.push(warning('domain.lookup-problem', message))
        return { answer: 'error', diagnostics }
      }
      return { answer: 'no', diagnostics }
    },
  }
}

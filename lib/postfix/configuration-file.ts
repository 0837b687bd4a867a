/**
 * configuration-file - `name = value` files: main.cf and the .cf files of tables.
 *
 * In: the octets of a file. Out: its parameters, the last value of each, and what Postfix would log. A line
 * without a name or without `=` is fatal, and then there are no parameters at all. Nothing is expanded here:
 * `$name` in a table's file is literal, and main.cf is expanded by its reader.
 *
 * Authority: postconf(5), ldap_table(5); readllines (readlline.c), split_nameval (split_nameval.c) and
 * dict_load_fp (dict.c) of Postfix 3.7.
 */
import { decodeOctets } from '@/lib/ldap/octets'
import { fatal, warning } from './diagnostic'
import type { Diagnostic } from './lookup-result'

export interface ConfigurationFile {
  readonly status: 'parsed'
  readonly parameters: ReadonlyMap<string, string>
  readonly diagnostics: readonly Diagnostic[]
}

/** The file cannot be used; the last diagnostic is the fatal one. */
export interface ConfigurationFileFailure {
  readonly status: 'failed'
  readonly diagnostics: readonly Diagnostic[]
}

export interface LogicalLine {
  /** Number of the physical line where it starts, from 1. */
  readonly number: number
  readonly text: string
}

/** White space of isspace(3) in the C locale. */
const LEADING_SPACE = /^[ \t\r\n\v\f]+/
const TRAILING_SPACE = /[ \t\r\n\v\f]+$/
const STARTS_WITH_SPACE = /^[ \t\r\n\v\f]/

/** Reads a whole file; `path` only appears in the messages. */
export function parseConfigurationFile(
  content: Uint8Array | string,
  path: string,
): ConfigurationFile | ConfigurationFileFailure {
  const parameters = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const line of logicalLines(typeof content === 'string' ? content : decodeOctets(content))) {
    if (STARTS_WITH_SPACE.test(line.text)) {
      const start = line.text.length > 30 ? `${line.text.slice(0, 30)}...` : line.text
      const text = `${path}: logical line must not start with whitespace: "${start}"`
      diagnostics.push(warning('cf.leading-whitespace', text))
      continue
    }
    const { name, value, problem } = splitNameValue(line.text)
    if (problem !== null) {
      const code = problem === 'missing attribute name' ? 'cf.missing-name' : 'cf.missing-equals'
      diagnostics.push(fatal(code, `${path}, line ${line.number}: ${problem}: "${line.text}"`))
      return { status: 'failed', diagnostics }
    }
    const earlier = parameters.get(name)
    if (earlier !== undefined && earlier !== value) {
      const text = `${path}, line ${line.number}: overriding earlier entry: ${name}=${earlier}`
      diagnostics.push(warning(`cf.override:${name}`, text))
    }
    parameters.set(name, value)
  }
  return { status: 'parsed', parameters, diagnostics }
}

/**
 * The logical lines of a text. Blank lines and comments vanish wherever they stand, also between a line and
 * its continuation, which starts with white space and keeps it. A NUL ends the logical line's text.
 */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: { number: number; text: string }[] = []
  text.split('\n').forEach((physical, index) => {
    const first = physical.replace(LEADING_SPACE, '').charAt(0)
    if (first === '' || first === '#' || first === '\0') return
    const last = lines.at(-1)
    if (last !== undefined && STARTS_WITH_SPACE.test(physical)) last.text += physical
    else lines.push({ number: index + 1, text: physical })
  })
  return lines.map((line) => ({ number: line.number, text: line.text.split('\0', 1)[0] ?? '' }))
}

interface NameValue {
  readonly name: string
  readonly value: string
  readonly problem: 'missing attribute name' | "missing '=' after attribute name" | null
}

/** `name = value`: only the first `=` splits, and the value loses white space at both ends. */
function splitNameValue(line: string): NameValue {
  const name = /^[^= \t\r\n\v\f]*/.exec(line)?.[0] ?? ''
  if (name === '') return { name, value: '', problem: 'missing attribute name' }
  const rest = line.slice(name.length).replace(LEADING_SPACE, '')
  if (!rest.startsWith('=')) return { name, value: '', problem: "missing '=' after attribute name" }
  return { name, value: rest.slice(1).replace(LEADING_SPACE, '').replace(TRAILING_SPACE, ''), problem: null }
}

/**
 * postmap - `postbook postmap -q`: the lookups of postmap(1), answered by Postbook's own lookup engine.
 *
 * Standard output and exit status are those of `postmap -q`, octet for octet: 0 if something was found, 1 if
 * not, and 1 for every error. Messages go to standard error as `postbook: warning: ...`. With --json there is
 * one object per key instead, which tells "not found" and errors apart. The folder of main.cf is that of -c,
 * MAIL_CONFIG, POSTFIX_CONFIG_DIRECTORY or /etc/postfix. What postmap can do besides -q is refused.
 */
import 'server-only'
import { parseArgs } from 'node:util'
import { liveAccess } from '@/lib/directory/files'
import { configDirectory, loadEnvironmentFile } from '@/lib/environment-file'
import { decodeOctets } from '@/lib/ldap/octets'
import type { Diagnostic } from '@/lib/postfix/lookup-result'
import type { LookupFlags, LookupTable } from '@/lib/postfix/lookup-table'
import { readMainCf } from '@/lib/postfix/main-cf'
import { tableOpener } from '@/lib/postfix/map-opening'
import type { PostmapOutput } from '@/lib/postfix/postmap'
import { postmapQuery, postmapStream } from '@/lib/postfix/postmap'
import { localHost } from '@/lib/site/local-host'
import type { Command, CommandOutput } from './command'

const USAGE = `usage: postbook postmap [-c DIRECTORY] [-f] [-u] [--json] -q KEY TABLE...

  -q KEY        look KEY up in each TABLE in order and print the first value found;
                -q - takes one key per line from standard input
  -c DIRECTORY  folder of main.cf
  -f            do not fold the key to lower case
  -u            turn UTF-8 mode off
  --json        print one JSON object per key

A TABLE is written as in main.cf, for example ldap:/etc/postfix/ldap/ldap-aliases.cf.
The exit status is 0 if a value was found, else 1, as with postmap(1).
`

interface Question {
  readonly keys: readonly string[] | 'input'
  readonly tableNames: readonly string[]
  readonly directory: string | undefined
  readonly fold: boolean
  readonly utf8: boolean
  readonly json: boolean
}

export const postmapCommand: Command = {
  name: 'postmap',
  summary: 'look keys up as postmap -q does',
  usage: USAGE,
  async run(parameters, input) {
    const question = parseQuestion(parameters)
    if (typeof question === 'string') return refusal(question)
    loadEnvironmentFile()
    const directory = question.directory ?? configDirectory() ?? '/etc/postfix'
    const mainCf = readMainCf(directory, liveAccess, localHost())
    if (mainCf.status === 'failed') return refusal(mainCf.message)
    const open = tableOpener(mainCf.parameters, liveAccess)
    const tables = question.tableNames.map(open)
    const utf8 = question.utf8 && mainCf.parameters.value('smtputf8_enable').toLowerCase() === 'yes'
    const flags = { fold: question.fold, utf8 }
    if (question.json) return jsonAnswers(tables, await keysOf(question, input), flags)
    const output =
      question.keys === 'input'
        ? await postmapStream(tables, await input(), flags)
        : await postmapQuery(tables, question.keys[0] ?? '', flags)
    return commandOutput(output)
  },
}

function parseQuestion(parameters: readonly string[]): Question | string {
  try {
    const { values, positionals } = parseArgs({
      args: joinKey(parameters),
      allowPositionals: true,
      options: {
        query: { type: 'string', short: 'q', multiple: true },
        config: { type: 'string', short: 'c' },
        fold: { type: 'boolean', short: 'f' },
        utf8: { type: 'boolean', short: 'u' },
        json: { type: 'boolean' },
      },
    })
    const [key, another] = values.query ?? []
    if (key === undefined) return 'postmap: there is no -q KEY; postbook only looks up'
    if (another !== undefined)
      return 'postmap: only one -q KEY is allowed; -q - reads many from standard input'
    if (positionals.length === 0) return 'postmap: there is no TABLE to look in'
    return {
      keys: key === '-' ? 'input' : [key],
      tableNames: positionals,
      directory: values.config,
      fold: values.fold !== true,
      utf8: values.utf8 !== true,
      json: values.json === true,
    }
  } catch (error) {
    return `postmap: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The word after -q is the key whatever it looks like, as with getopt(3). */
function joinKey(parameters: readonly string[]): string[] {
  const joined: string[] = []
  for (let at = 0; at < parameters.length; at += 1) {
    const word = parameters[at] ?? ''
    const next = parameters[at + 1]
    if (word === '--') return [...joined, ...parameters.slice(at)]
    if (/^-[fu]*[qc]$/.test(word) && next !== undefined) {
      joined.push(
        ...word
          .slice(1, -1)
          .split('')
          .map((letter) => `-${letter}`),
      )
      joined.push(`--${word.endsWith('q') ? 'query' : 'config'}=${next}`)
      at += 1
    } else joined.push(word)
  }
  return joined
}

async function keysOf(question: Question, input: () => Promise<Uint8Array>): Promise<readonly string[]> {
  if (question.keys !== 'input') return question.keys
  const lines = decodeOctets(await input()).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => line.split('\0', 1)[0] ?? '')
}

function refusal(sentence: string): CommandOutput {
  return { stdout: '', stderr: [`fatal: ${sentence}`], exitCode: 1 }
}

function commandOutput({ stdout, stderr, exitCode }: PostmapOutput): CommandOutput {
  return { stdout, stderr: stderr.map((line) => line.replace(/^postmap: /, '')), exitCode }
}

interface JsonAnswer {
  readonly key: string
  readonly status: string
  /** The table that answered or failed; null when none has the key. */
  readonly table: string | null
  readonly value: string | null
  readonly values: readonly string[]
  readonly messages: readonly string[]
}

async function jsonAnswers(
  tables: readonly LookupTable[],
  keys: readonly string[],
  flags: LookupFlags,
): Promise<CommandOutput> {
  const answers: JsonAnswer[] = []
  for (const key of keys) answers.push(await jsonAnswer(tables, key, flags))
  const answered = answers.every(({ status }) => status === 'found' || status === 'notFound')
  return {
    stdout: answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''),
    stderr: [],
    exitCode: answered && answers.some(({ status }) => status === 'found') ? 0 : 1,
  }
}

async function jsonAnswer(
  tables: readonly LookupTable[],
  key: string,
  flags: LookupFlags,
): Promise<JsonAnswer> {
  const messages: string[] = []
  const note = (diagnostics: readonly Diagnostic[]): void => {
    messages.push(...diagnostics.map(({ severity, text }) => `${severity}: ${text}`))
  }
  for (const table of tables) {
    note(table.diagnostics)
    const result = await table.lookup(key, flags)
    if (table.problem === null) note(result.diagnostics)
    if (result.status === 'notFound') continue
    const found = result.status === 'found' ? result : { value: null, values: [] }
    return {
      key,
      status: result.status,
      table: table.name,
      value: found.value,
      values: found.values,
      messages,
    }
  }
  return { key, status: 'notFound', table: null, value: null, values: [], messages }
}

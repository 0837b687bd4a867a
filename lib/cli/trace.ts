/**
 * trace - `postbook trace`: what becomes of mail to an address, with the site's own tables.
 *
 * Needs nothing but the Postfix configuration folder: that of -c, MAIL_CONFIG, POSTFIX_CONFIG_DIRECTORY or
 * /etc/postfix. Addresses are resolved a few at a time and told in the order in which they were given. The exit
 * status is 0 if every one could be told; a table that cannot be asked, or not be evaluated here, is one
 * sentence on standard error and status 1. Nothing is sent. Authority: what resolution.ts follows.
 */
import 'server-only'
import { parseArgs } from 'node:util'
import { liveAccess } from '@/lib/directory/files'
import { configDirectory, loadEnvironmentFile } from '@/lib/environment-file'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { resolveAddress } from '@/lib/postfix/resolution'
import { type MailSite, openMailSite } from '@/lib/postfix/resolution-site'
import type { Trace } from '@/lib/postfix/trace'
import { localHost } from '@/lib/site/local-host'
import type { Command, CommandOutput } from './command'
import { traceText } from './trace-text'

const USAGE = `usage: postbook trace [-c DIRECTORY] [--json] ADDRESS...

  ADDRESS       as in RCPT TO, without the brackets; - takes one address per line from standard input
  -c DIRECTORY  folder of main.cf
  --json        print one JSON object per address, on one line

Tells whether Postfix would accept a message from outside to ADDRESS, with the reply that it gives if not, and
where each copy goes in the end. No mail is sent.
The exit status is 0 if every address could be told, also if it is refused, else 1.
`

/** So many addresses are resolved at once. */
const AT_ONCE = 32

interface TraceQuestion {
  readonly words: readonly string[]
  readonly directory: string | undefined
  readonly json: boolean
  readonly help: boolean
}

export const traceCommand: Command = {
  name: 'trace',
  summary: 'tell what becomes of mail to an address',
  usage: USAGE,
  async run(parameters, input) {
    const question = parseQuestion(parameters)
    if (typeof question === 'string') return refusal(question)
    if (question.help) return { stdout: USAGE, stderr: [], exitCode: 0 }
    loadEnvironmentFile()
    const directory = question.directory ?? configDirectory() ?? '/etc/postfix'
    const opened = openMailSite(directory, liveAccess, localHost())
    if (opened.status === 'failed') return refusal(opened.message)
    const addresses = await addressesOf(question.words, input)
    const traces = await traceAll(opened.site, addresses)
    const failures = [...new Set(traces.flatMap(failuresOf))]
    const warnings = opened.site.diagnostics.map(({ severity, text }) => `${severity}: ${text}`)
    return {
      stdout: question.json ? jsonLines(traces) : encodeOctets(traces.map(traceText).join('\n')),
      stderr: [...warnings, ...failures.map((sentence) => `warning: ${sentence}`)],
      exitCode: failures.length === 0 ? 0 : 1,
    }
  },
}

function parseQuestion(parameters: readonly string[]): TraceQuestion | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        config: { type: 'string', short: 'c' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    const { config: directory, json = false, help = false } = values
    if (positionals.length === 0 && !help)
      return 'trace: there is no ADDRESS; - reads them from standard input'
    return { words: positionals, directory, json, help }
  } catch (error) {
    return `trace: ${error instanceof Error ? error.message : String(error)}`
  }
}

function refusal(sentence: string): CommandOutput {
  return { stdout: '', stderr: [`fatal: ${sentence}`], exitCode: 1 }
}

async function addressesOf(
  words: readonly string[],
  input: () => Promise<Uint8Array>,
): Promise<readonly string[]> {
  if (!words.includes('-')) return words
  const lines = decodeOctets(await input()).split('\n')
  if (lines.at(-1) === '') lines.pop()
  // A carriage return belongs to the line end, and never to an address.
  const typed = lines.map((line) => line.replace(/\r$/, ''))
  return words.flatMap((word) => (word === '-' ? typed : [word]))
}

async function traceAll(site: MailSite, addresses: readonly string[]): Promise<readonly Trace[]> {
  const traces: Trace[] = []
  const waiting = addresses.entries()
  const work = async (): Promise<void> => {
    for (const [at, address] of waiting) traces[at] = await resolveAddress(site, address)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return traces
}

/** Why a trace is no answer, or rests on a lookup that failed here. */
function failuresOf(trace: Trace): readonly string[] {
  const lookups = trace.steps.flatMap((step) => {
    if (step.type !== 'lookup' || step.problem === null) return []
    return [`${step.parameter}: ${step.table}: ${step.problem.replace(/\.$/, '')}.`]
  })
  if (lookups.length > 0) return lookups
  return trace.problem === null ? [] : [trace.problem]
}

/** The fields that scripts rely on come first and keep their names. */
function jsonLines(traces: readonly Trace[]): Uint8Array {
  const lines = traces.map((trace) => {
    const { address, accepted, stage, reply, recipients, deliveries, forwards, bounces, steps } = trace
    const { locals, deferrals, problem, domainClass } = trace
    const relied = { address, accepted, stage, reply, recipients, deliveries, forwards, bounces, steps }
    return Buffer.from(`${JSON.stringify({ ...relied, locals, deferrals, problem, domainClass })}\n`)
  })
  return Buffer.concat(lines)
}

/**
 * postmap-judge - what the real postmap answers, as outcomes.
 *
 * Not found and errors have the same exit status; standard error tells them apart: a lookup that is to be tried
 * again ends in `query error: REASON`, a result that is not UTF-8 in `query error`, and a table that cannot be
 * opened in another fatal message. One process asks many keys, as long as none of them is an error: postmap
 * stops there and loses what it has not written yet. A fatal end takes postmap a second; such processes may run
 * side by side.
 *
 * Authority: postmap(1); postmap.c, dict_open(3) of Postfix 3.7.
 */
import { spawn } from 'node:child_process'
import { decodeOctets, encodeOctets, isUtf8 } from '@/lib/ldap/octets'
import type { Outcome, TableCase } from './differential-case'

export interface Judged {
  readonly outcome: Outcome
  readonly stderr: string
}

/** A table as postmap is given it. */
export interface RealTable {
  readonly configDirectory: string
  readonly path: string
  readonly flags: Pick<TableCase, 'fold' | 'utf8'>
}

interface Ran {
  readonly stdout: string
  readonly stderr: string
  /** Exit status; -1 if a signal has ended it. */
  readonly status: number
  readonly signal: NodeJS.Signals | null
}

/** A longer argument is refused by the kernel. */
const LONGEST_ARGUMENT = 100_000
const MOST_ATTEMPTS = 20

/** Asks one key, as an argument where that can be. */
export async function judge(table: RealTable, key: string): Promise<Judged> {
  const asArgument = isUtf8(key) && !key.includes('\0') && key !== '-' && key.length < LONGEST_ARGUMENT
  const ran = asArgument ? await answered(table, key, '') : await answered(table, '-', `${key}\n`)
  const prefix = asArgument ? '' : `${typed(key)}\t`
  return { outcome: outcomeOf(ran, prefix), stderr: ran.stderr }
}

/**
 * A server that hangs up while postmap is still writing a request that is too long for it, ends postmap with SIGPIPE
 * or with a query error, as it happens (about one in five ends with the signal). It is asked until it has an answer.
 */
async function answered(table: RealTable, key: string, input: string): Promise<Ran> {
  for (let attempt = 1; ; attempt += 1) {
    const ran = await run(table, key, input)
    if (ran.signal !== 'SIGPIPE' || attempt === MOST_ATTEMPTS) return ran
  }
}

/**
 * Asks many keys in one process; true if it printed this text and saw no error.
 * No key may have a line break in it.
 */
export async function printsExactly(
  table: RealTable,
  keys: readonly string[],
  expected: string,
): Promise<boolean> {
  const ran = await run(table, '-', keys.map((key) => `${key}\n`).join(''))
  const isClean = !ran.stderr.includes('postmap: fatal:') && ran.status === (expected === '' ? 1 : 0)
  return isClean && ran.stdout === expected
}

/** A key of standard input as postmap sees it: a C string. */
export function typed(key: string): string {
  return key.split('\0', 1)[0] ?? ''
}

function outcomeOf({ stdout, stderr, status, signal }: Ran, prefix: string): Outcome {
  if (status === 0) {
    if (!stdout.startsWith(prefix) || !stdout.endsWith('\n')) throw new Error(`postmap printed ${stdout}`)
    return { status: 'found', value: stdout.slice(prefix.length, -1) }
  }
  const fatal = stderr.split('\n').findLast((line) => line.startsWith('postmap: fatal: '))
  if (fatal !== undefined)
    return { status: fatal.includes(': query error: ') ? 'temporaryError' : 'configurationError' }
  if (status !== 1) throw new Error(`postmap ended with ${signal ?? status}: ${stderr}`)
  return { status: 'notFound' }
}

function run(table: RealTable, key: string, input: string): Promise<Ran> {
  const words = ['-c', table.configDirectory]
  if (!table.flags.fold) words.push('-f')
  if (!table.flags.utf8) words.push('-u')
  words.push('-q', key, `ldap:${table.path}`)
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/sbin/postmap', words, { env: { ...process.env, LDAPNOINIT: '1' } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (octets: Buffer) => stdout.push(octets))
    child.stderr.on('data', (octets: Buffer) => stderr.push(octets))
    // A postmap that stops at an error does not read the rest.
    child.stdin.on('error', () => undefined)
    child.stdin.end(encodeOctets(input))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve({
        stdout: decodeOctets(Buffer.concat(stdout)),
        stderr: decodeOctets(Buffer.concat(stderr)),
        status: code ?? -1,
        signal,
      })
    })
  })
}

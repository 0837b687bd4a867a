/**
 * bench-lookups - how many lookups a second `postbook postmap -q -` makes, beside the real `postmap -q -`.
 *
 * A private slapd with 100,000 generated mailboxes; 20,000 random keys a table, half of them hits. Both programs
 * are run as whole processes in turn, five times each, on the same slapd. Their standard output must be the
 * same, octet for octet, or the run fails. Prints the least, middle and greatest time and the ratio.
 *
 * Needs dist/postbook.mjs (npm run build:cli), slapd, postfix and postfix-ldap. Arguments: mailboxes, keys, runs.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDirectory, startDirectory } from './demo/demo-directory'
import { generatedMailboxes } from './demo/generated-mailboxes'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROGRAMS = {
  postmap: ['/usr/sbin/postmap'],
  postbook: [process.execPath, join(ROOT, 'dist/postbook.mjs'), 'postmap'],
} as const
const SEED = 20_261_122
const [mailboxes = 100_000, keysPerTable = 20_000, runs = 5] = process.argv.slice(2).map(Number)

/** Numbers that look random and are the same in each run (a linear congruential generator). */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

const numbers = randomNumbers(SEED)

/** Half of the keys are among these addresses, the others differ from one of them in the local part. */
function randomKeys(addresses: readonly string[]): string {
  const keys = Array.from({ length: keysPerTable }, (_, index) => {
    const address = addresses[Math.floor(numbers.next().value * addresses.length)] ?? ''
    return index % 2 === 0 ? address : `no-${address}`
  })
  const order = new Map(keys.map((key) => [key, numbers.next().value]))
  keys.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0))
  return keys.map((key) => `${key}\n`).join('')
}

interface Run {
  readonly milliseconds: number
  readonly stdout: Buffer
}

function run(
  [program, ...before]: readonly [string, ...string[]],
  words: readonly string[],
  input: string,
): Run {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(program, [...before, ...words], { input, maxBuffer: 1 << 28 })
  const milliseconds = performance.now() - start
  if (status !== 0) throw new Error(`${program} ended with status ${String(status)}: ${stderr.toString()}`)
  return { milliseconds, stdout }
}

/** Least, middle and greatest. */
function spread(times: readonly number[]): { readonly text: string; readonly median: number } {
  const sorted = [...times].sort((one, other) => one - other)
  const [least = 0] = sorted
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const text = [least, median, sorted.at(-1) ?? 0].map((time) => (time / 1000).toFixed(3)).join(' / ')
  return { text, median }
}

function compare(title: string, configDirectory: string, table: string, input: string): void {
  const times = { postmap: [] as number[], postbook: [] as number[] }
  let found = 0
  for (let round = 0; round < runs; round += 1) {
    const words = ['-c', configDirectory, '-q', '-', table]
    const theirs = run(PROGRAMS.postmap, words, input)
    const ours = run(PROGRAMS.postbook, words, input)
    if (!ours.stdout.equals(theirs.stdout)) throw new Error(`${title}: the answers are not the same`)
    found = theirs.stdout.toString('latin1').split('\n').length - 1
    times.postmap.push(theirs.milliseconds)
    times.postbook.push(ours.milliseconds)
  }
  const theirs = spread(times.postmap)
  const ours = spread(times.postbook)
  const perSecond = (milliseconds: number): string =>
    Math.round(keysPerTable / (milliseconds / 1000)).toString()
  console.log(`${title}: ${keysPerTable} keys, ${found} found, ${runs} runs each, same output`)
  console.log(`  postmap   ${theirs.text} s   ${perSecond(theirs.median)} lookups a second`)
  console.log(`  postbook  ${ours.text} s   ${perSecond(ours.median)} lookups a second`)
  console.log(`  ratio of the medians: ${(theirs.median / ours.median).toFixed(2)}`)
}

const folder = mkdtempSync(join(tmpdir(), 'postbook-bench-'))
try {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-cli.mjs')])
  await createDirectory(folder, mailboxes)
  const directory = await startDirectory(folder)
  try {
    const people = [...generatedMailboxes(mailboxes)]
    const table = (file: string): string => `ldap:${directory.postfix}/ldap/${file}`
    const mail = people.map((person) => person.mail)
    const aliases = people.flatMap((person) => person.aliases ?? [])
    console.log(`${mailboxes} mailboxes, ${aliases.length} aliases; seconds are least / median / greatest`)
    compare('mailboxes', directory.postfix, table('ldap-vmailbox.cf'), randomKeys(mail))
    compare('aliases', directory.postfix, table('ldap-aliases.cf'), randomKeys(aliases))
  } finally {
    await directory.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * rule-pair - the readable pairs of lib/postfix/testdata/address-rules: NAME.in and NAME.ref.
 *
 * A .in file has sections: [main.cf] replaces parameters of the folder's main.cf, where @DIR@ stands for the
 * folder of tables; [rcpt] lists addresses; every other section is a texthash table of that name. The .ref file
 * holds what Postfix answered: for each address the replies to RCPT TO and to the message, and the recipients in
 * the queue file. One test replays them in memory, another asks a real Postfix.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../lib/postfix/testdata/address-rules', import.meta.url))

/** Tables that the base main.cf names; empty where a pair does not say otherwise. */
const TABLES = ['domains', 'alias-domains', 'mailboxes', 'aliases']

export interface RulePair {
  /** Lines of main.cf, with @DIR@ in place of the folder of tables. */
  readonly mainCf: readonly string[]
  /** Text of each texthash table, by name. */
  readonly tables: Readonly<Record<string, string>>
  readonly addresses: readonly string[]
}

/** The names of all pairs, without ending. */
export function rulePairNames(): readonly string[] {
  return readdirSync(FOLDER).flatMap((file) => (file.endsWith('.in') ? [file.slice(0, -3)] : []))
}

/** Every file of the folder, so that a test can tell one that nobody reads. */
export function rulePairFiles(): readonly string[] {
  return readdirSync(FOLDER)
}

/** The expected answers of a pair. */
export function expectedText(name: string): string {
  return read(`${name}.ref`)
}

/** A pair by its name. */
export function readRulePair(name: string): RulePair {
  return pairOf(sectionsOf(read(`${name}.in`)))
}

/** The base configuration, without any table content. */
export function basePair(): RulePair {
  return pairOf(new Map())
}

function pairOf(sections: ReadonlyMap<string, readonly string[]>): RulePair {
  const changed = sections.get('main.cf') ?? []
  const names = new Set(changed.map(parameterOf))
  const kept = read('main.cf')
    .split('\n')
    .filter((line) => !line.startsWith('#') && !names.has(parameterOf(line)))
  const tables = Object.fromEntries(TABLES.map((name) => [name, '']))
  for (const [name, lines] of sections) {
    if (name !== 'main.cf' && name !== 'rcpt') tables[name] = `${lines.join('\n')}\n`
  }
  return { mainCf: [...kept, ...changed], tables, addresses: sections.get('rcpt') ?? [] }
}

function sectionsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>()
  let current: string[] | null = null
  for (const line of text.split('\n')) {
    const heading = /^\[([\w.-]+)\]$/.exec(line)?.[1]
    if (heading !== undefined) {
      current = []
      sections.set(heading, current)
    } else if (line !== '') current?.push(line)
  }
  return sections
}

function parameterOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? ''
}

function read(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

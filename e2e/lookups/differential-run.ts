/**
 * differential-run - asks the real postmap and our own tables the same, and reports the first difference.
 *
 * Ours is asked in both ways, key by key and all keys together, on the live directory; both must agree with
 * each other and with postmap. Keys for which ours finds no error go through one postmap process; of the keys
 * with an error, and of the others, some are asked one process each, because a fatal end takes postmap a second.
 */
import { liveAccess } from '@/lib/directory/files'
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LookupTable } from '@/lib/postfix/lookup-table'
import { readMainCf } from '@/lib/postfix/main-cf'
import { tableOpener } from '@/lib/postfix/map-opening'
import {
  filled,
  isSameOutcome,
  type Difference,
  type LookupCase,
  type Outcome,
  type TableCase,
} from './differential-case'
import type { DifferentialServer } from './differential-server'
import { presentKeys } from './key-generator'
import { judge, printsExactly, typed, type RealTable } from './postmap-judge'

/** Keys of one table that are asked in a process of their own. */
const SINGLE_ERRORS = 2
const SINGLE_ANSWERS = 1
/** Such a key ends the session for whatever else is under way, with us and with postmap. */
const LONGEST_AMONG_OTHERS = 10_000

export interface CaseReport {
  /** Answers of postmap that were compared. */
  readonly compared: number
  /** How many of them were values. */
  readonly found: number
  /** The first of each table. */
  readonly differences: readonly Difference[]
}

/** Loads the directory of a case and asks all of its keys. */
export async function runCase(server: DifferentialServer, one: LookupCase): Promise<CaseReport> {
  const placeholders = await server.load(one.entries)
  const reports = await Promise.all(
    one.tables.map((table) => {
      const text = table.lines.map((line) => `${filled(line, placeholders)}\n`).join('')
      const keys = presentKeys(table.keys, one.entries)
      return runTable(server, { ...table, keys }, server.writeTable(text))
    }),
  )
  return {
    compared: reports.reduce((sum, { compared }) => sum + compared, 0),
    found: reports.reduce((sum, { found }) => sum + found, 0),
    differences: reports.flatMap(({ differences }) => differences),
  }
}

/** What postmap answers for one key of the first table of a case. */
export async function realAnswer(server: DifferentialServer, one: LookupCase, key: string): Promise<Outcome> {
  const [table] = one.tables
  if (table === undefined) throw new Error('The case has no table.')
  const placeholders = await server.load(one.entries)
  const text = table.lines.map((line) => `${filled(line, placeholders)}\n`).join('')
  const configDirectory = server.configDirectory(table.profile)
  const { outcome } = await judge({ configDirectory, path: server.writeTable(text), flags: table }, key)
  return outcome
}

interface Ours {
  readonly key: string
  readonly single: Outcome
  readonly together: Outcome
  readonly isAgreed: boolean
}

async function runTable(server: DifferentialServer, table: TableCase, path: string): Promise<CaseReport> {
  const real: RealTable = { configDirectory: server.configDirectory(table.profile), path, flags: table }
  const ours = await askOurs(real, table)
  const answered = ours.filter(({ single }) => single.status === 'found' || single.status === 'notFound')
  const failed = ours.filter((one) => !answered.includes(one))
  const inLines = answered.filter(({ key }) => !key.includes('\n'))
  const single = [
    ...ours.filter(({ isAgreed }) => !isAgreed).slice(0, SINGLE_ANSWERS),
    ...spread(failed, SINGLE_ERRORS),
    ...spread(answered, SINGLE_ANSWERS),
    ...answered.filter(({ key }) => key.includes('\n')).slice(0, SINGLE_ANSWERS),
  ]
  const [difference, isSame] = await Promise.all([
    firstDifference(real, table, single),
    printsSame(real, inLines),
  ])
  const counts = {
    compared: single.length + inLines.length,
    found: [...single, ...inLines].filter((one) => one.single.status === 'found').length,
  }
  if (difference !== null || isSame)
    return { ...counts, differences: difference === null ? [] : [difference] }
  const found = await firstDifference(real, table, inLines)
  if (found !== null) return { ...counts, differences: [found] }
  throw new Error(`postmap -q - differs from postmap -q for ${JSON.stringify({ ...table, keys: inLines })}`)
}

async function printsSame(real: RealTable, ours: readonly Ours[]): Promise<boolean> {
  if (ours.length === 0) return true
  const expected = ours.map(({ key, single }) =>
    single.status === 'found' ? `${typed(key)}\t${single.value}\n` : '',
  )
  return printsExactly(
    real,
    ours.map(({ key }) => key),
    expected.join(''),
  )
}

async function firstDifference(
  real: RealTable,
  table: TableCase,
  ours: readonly Ours[],
): Promise<Difference | null> {
  const differences = await Promise.all(
    ours.map(async ({ key, single, together, isAgreed }): Promise<Difference | null> => {
      const { outcome, stderr } = await judge(real, key)
      if (isAgreed && isSameOutcome(outcome, single)) return null
      return { table, key, real: outcome, single, together, stderr }
    }),
  )
  return differences.find((difference) => difference !== null) ?? null
}

async function askOurs(real: RealTable, table: TableCase): Promise<readonly Ours[]> {
  const mainCf = readMainCf(real.configDirectory, liveAccess)
  if (mainCf.status !== 'read') throw new Error(mainCf.message)
  const { parameters } = mainCf
  const opened = tableOpener(parameters, liveAccess)(`ldap:${real.path}`)
  const flags = { fold: table.fold, utf8: table.utf8 && parameters.value('smtputf8_enable') === 'yes' }
  const keys = table.keys.map(typed)
  const together = await opened.lookupMany(keys, flags)
  const single = await lookupSingly(opened, keys, flags)
  return table.keys.map((key, index) => {
    const [one, other] = [single[index], together[index]]
    if (one === undefined || other === undefined) throw new Error(`no answer for ${key}`)
    return { key, single: outcomeOf(one), together: outcomeOf(other), isAgreed: isSameResult(one, other) }
  })
}

async function lookupSingly(
  table: LookupTable,
  keys: readonly string[],
  flags: Parameters<LookupTable['lookup']>[1],
): Promise<readonly LookupResult[]> {
  const answers = new Map<string, LookupResult>()
  const isLong = (key: string): boolean => key.length > LONGEST_AMONG_OTHERS
  const ask = async (key: string): Promise<void> => {
    answers.set(key, await table.lookup(key, flags))
  }
  await Promise.all(keys.filter((key) => !isLong(key)).map(ask))
  for (const key of keys.filter(isLong)) await ask(key)
  return keys.flatMap((key) => answers.get(key) ?? [])
}

function outcomeOf(result: LookupResult): Outcome {
  return result.status === 'found' ? { status: 'found', value: result.value } : { status: result.status }
}

function isSameResult(one: LookupResult, other: LookupResult): boolean {
  const textsOf = ({ diagnostics }: LookupResult): string => diagnostics.map(({ text }) => text).join('\n')
  return isSameOutcome(outcomeOf(one), outcomeOf(other)) && textsOf(one) === textsOf(other)
}

/** A few of these, from all over the list. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.ceil(items.length / count))
  return items.filter((_, index) => index % step === 0)
}

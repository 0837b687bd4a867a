/**
 * Preview equals reality: random directories and random lists of changes, previewed, made on a real slapd, and
 * asked with the real postmap(1) afterwards: every key that the preview lists, and all others of the pool.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followAddress } from '@/lib/changes/impact/address-outcome'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from '@/lib/changes/preview'
import type { LookupAnswer, Preview, TraceSummary } from '@/lib/changes/preview-result'
import { SharedLookups } from '@/lib/changes/overlay/shared-lookups'
import { grantAuthority } from '@/lib/directory/authority'
import { search, write } from '@/lib/directory/service'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import { openSite } from '@/lib/site/mail-site'
import { RandomTree } from './random-changes'
import { RandomChoices } from './random-numbers'
import { type RandomSite, startRandomSite, TABLES } from './random-site'
import { type RealAnswer, realAnswers } from './real-answers'

const SEED = Number(process.env['RANDOM_SEED'] ?? 20_261_122)
const CHANGE_LISTS = Number(process.env['RANDOM_LISTS'] ?? 1_000)
/** Subtrees that are changed in the same round, and asked about by the same processes. */
const TREES_AT_ONCE = 8
/** Rounds before a subtree is left for a fresh one. */
const ROUNDS = 8

const postmaster = grantAuthority({
  person: { dn: 'cn=admin,dc=example,dc=net', name: 'Test', mail: '' },
  role: 'postmaster',
  domains: [],
})

let site: RandomSite

beforeAll(async () => {
  site = await startRandomSite()
  Object.assign(process.env, site.settings)
})
afterAll(() => site.stop())

interface Counts {
  applied: number
  refused: number
  committed: number
  listed: number
  changed: number
  unpredicted: number
  otherOrder: number
  addresses: number
}

type Traces = ReadonlyMap<string, TraceSummary>

/** Answers by table and key. */
type Answers = ReadonlyMap<string, ReadonlyMap<string, RealAnswer>>

test(`${CHANGE_LISTS} random change lists answer as previewed`, { timeout: 900_000 }, async () => {
  const choices = new RandomChoices(SEED)
  const counts: Counts = {
    applied: 0,
    refused: 0,
    committed: 0,
    listed: 0,
    changed: 0,
    unpredicted: 0,
    otherOrder: 0,
    addresses: 0,
  }
  const differences: string[] = []
  for (let number = 0; counts.applied < CHANGE_LISTS && differences.length === 0; number += TREES_AT_ONCE) {
    const trees = Array.from(
      { length: TREES_AT_ONCE },
      (_, at) => new RandomTree(number + at, new RandomChoices(choices.below(2 ** 31))),
    )
    for (const tree of trees) await makeAll(tree.planting())
    let now = await askAll(trees, new Map())
    for (let round = 0; round < ROUNDS && counts.applied < CHANGE_LISTS; round += 1) {
      const trials = await Promise.all(trees.map((tree) => tryChanges(tree, choices.below(4) === 0, counts)))
      const then = await askAll(trees, now)
      for (const trial of trials) differences.push(...(await differencesOf(trial, now, then, counts)))
      now = then
    }
    for (const tree of trees) await clear(tree)
  }
  process.stdout.write(`random change lists, seed ${SEED}: ${JSON.stringify(counts)}\n`)
  expect(differences).toEqual([])
  expect(counts.applied).toBeGreaterThanOrEqual(CHANGE_LISTS)
  expect(counts.otherOrder).toBeLessThan(counts.listed / 100)
  // Saying "cannot be predicted" everywhere would be no difference either.
  expect(counts.unpredicted).toBeLessThan(counts.listed / 50)
})

interface Trial {
  readonly tree: RandomTree
  readonly changes: readonly ChangeRecord[]
  readonly preview: Preview
  readonly applied: boolean
  readonly problem: string | null
  readonly traces: Traces
}

/** The traces of each subtree as its last change left it. */
const lastTraces = new Map<number, Traces>()

async function tryChanges(tree: RandomTree, byCommit: boolean, counts: Counts): Promise<Trial> {
  const changes = tree.changes(await entriesOf(tree))
  const traces = lastTraces.get(tree.number) ?? (await tracesOf(tree))
  lastTraces.delete(tree.number)
  const result = await previewChanges(postmaster, changes, [])
  if (result.status !== 'previewed') throw new Error(`${JSON.stringify(result)} ${JSON.stringify(changes)}`)
  const { preview } = result
  const trial = { tree, changes, preview, traces }
  const isForeseen = preview.lookups.length === 0 && preview.rehearsal.status === 'refused'
  const isBlocked = preview.findings.some(({ severity }) => severity === 'blocks')
  if (byCommit && preview.rehearsal.status === 'accepted' && !isBlocked) {
    const confirmed = preview.findings.map(({ code }) => code)
    const made = await commitChanges(postmaster, changes, [], { checksum: preview.checksum, confirmed })
    // The directory refuses what only the changes before make impossible; what was made is undone then, or told.
    const isMade = made.status === 'asPreviewed'
    if (!isMade && made.status !== 'refused' && made.status !== 'partial')
      return {
        ...trial,
        applied: false,
        problem: `commit: ${made.status} ${'broken' in made ? JSON.stringify(made.broken) : ''}`,
      }
    if (isMade) counts.committed += 1
    counts[isMade ? 'applied' : 'refused'] += 1
    return { ...trial, applied: isMade, problem: null }
  }
  const refusal = await makeAll(changes)
  counts[refusal === null ? 'applied' : 'refused'] += 1
  const problem =
    isForeseen && refusal === null ? `refusal foreseen, but made: ${preview.rehearsal.message}` : null
  return { ...trial, applied: refusal === null, problem }
}

async function differencesOf(
  trial: Trial,
  now: Answers,
  then: Answers,
  counts: Counts,
): Promise<readonly string[]> {
  const { tree, changes, preview, applied, problem } = trial
  const told = (text: string): string => `r${tree.number}: ${text} after ${JSON.stringify(changes)}`
  if (problem !== null) return [told(problem)]
  if (!applied) return []
  const found: string[] = []
  const listed = new Set<string>()
  for (const { map, key, before, after } of preview.lookups) {
    listed.add(`${map} ${key}`)
    counts.listed += 1
    const [old, real] = [answerIn(now, map, key), answerIn(then, map, key)]
    if (old !== undefined && textOf(before) !== realText(old))
      found.push(told(`${map} ${key} was ${realText(old)}, not ${textOf(before)}`))
    if (after.problem?.includes('cannot be predicted') === true) counts.unpredicted += 1
    else if (real !== undefined && inAnyOrder(textOf(after)) !== inAnyOrder(realText(real)))
      found.push(told(`${map} ${key} is ${realText(real)}, not ${textOf(after)}`))
    else if (real !== undefined && textOf(after) !== realText(real)) counts.otherOrder += 1
  }
  for (const map of Object.keys(TABLES).map((prefix) => `ldap:${prefix}`)) {
    for (const key of tree.keys()) {
      const [old, real] = [answerIn(now, map, key), answerIn(then, map, key)]
      if (realText(old) === realText(real)) continue
      counts.changed += 1
      if (!listed.has(`${map} ${key}`))
        found.push(told(`${map} ${key} is not listed, but ${realText(real)} and was ${realText(old)}`))
    }
  }
  const after = await tracesOf(tree)
  lastTraces.set(tree.number, after)
  // Addresses that no table has cannot be listed: there is no end of them.
  const isKnown = (address: string): boolean =>
    [...now.values(), ...then.values()].some((answers) => (answers.get(address) ?? null) !== null)
  const shown = new Map(preview.addresses.map((change) => [change.address, change]))
  for (const [address, summary] of after) {
    const change = shown.get(address)
    const was = trial.traces.get(address)
    if (
      change === undefined &&
      was !== undefined &&
      isKnown(address) &&
      summaryText(was) !== summaryText(summary)
    )
      found.push(told(`${address} is not listed, but ${summaryText(summary)} and was ${summaryText(was)}`))
    if (change === undefined || change.after.problem !== null) continue
    counts.addresses += 1
    if (summaryText(change.after) !== summaryText(summary))
      found.push(told(`${address} is ${summaryText(summary)}, not ${summaryText(change.after)}`))
  }
  return found
}

async function entriesOf(tree: RandomTree): Promise<readonly Entry[]> {
  const result = await search(postmaster, {
    base: tree.base,
    scope: 'sub',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: ['*'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') throw new Error(result.diagnostic)
  return result.entries
}

/** What is left behind would be read again and again. */
async function clear(tree: RandomTree): Promise<void> {
  const names = (await entriesOf(tree)).map(({ dn }) => dn)
  const deepest = names.sort((one, other) => other.split(',').length - one.split(',').length)
  const problem = await makeAll(deepest.map((dn): ChangeRecord => ({ type: 'delete', dn })))
  if (problem !== null) throw new Error(problem)
}

/** Null if all were made, else why one was not; those before it are made. */
async function makeAll(changes: readonly ChangeRecord[]): Promise<string | null> {
  for (const change of changes) {
    const result = await write(postmaster, change)
    if (result.status === 'connectionLost') throw new Error(result.diagnostic)
    if (result.status === 'refused') return `${result.resultCode} ${result.diagnostic}`
  }
  return null
}

/** `former` answers tell which keys may well fail again. */
async function askAll(trees: readonly RandomTree[], former: Answers): Promise<Answers> {
  const keys = trees.flatMap((tree) => tree.keys())
  const answers = await Promise.all(
    Object.keys(TABLES).map(async (prefix) => {
      const map = `ldap:${prefix}`
      const failed = [...(former.get(map) ?? [])].filter(([, answer]) => answer === 'error')
      const mayFail = new Set(failed.map(([key]) => key))
      return [map, await realAnswers(site.postfix, map, keys, mayFail)] as const
    }),
  )
  return new Map(answers)
}

async function tracesOf(tree: RandomTree): Promise<Traces> {
  const opened = openSite()
  if (opened.status === 'failed') throw new Error(opened.message)
  const shared = new SharedLookups().shareSite(opened.site)
  const traces = await Promise.all(
    tree.addresses.map(async (address) => [address, (await followAddress(shared, address)).summary] as const),
  )
  return new Map(traces)
}

/** Undefined for a key outside of the pool. */
function answerIn(answers: Answers, map: string, key: string): RealAnswer | undefined {
  return answers.get(map)?.get(key)
}

/** The order of several entries is the server's choice: it may follow numbers, names or an index. */
function inAnyOrder(text: string): string {
  return text.replaceAll('"', '').split(',').sort().join()
}

function textOf({ status, value }: LookupAnswer): string {
  return status === 'found' ? `"${value ?? ''}"` : status === 'notFound' ? 'nothing' : 'an error'
}

function realText(answer: RealAnswer | undefined): string {
  if (answer === undefined || answer === null) return 'nothing'
  return answer === 'error' ? 'an error' : `"${answer.value}"`
}

/** What the order of the server's entries cannot change. */
function summaryText(summary: TraceSummary): string {
  const { recipients, deliveries, forwards, locals, ...rest } = summary
  return JSON.stringify([rest, ...[recipients, deliveries, forwards, locals].map((list) => [...list].sort())])
}

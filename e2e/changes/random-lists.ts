/**
 * random-lists - the test that preview equals reality: random directories and random lists of changes, previewed, made on a real slapd, and
 * asked with the real postmap(1) afterwards: every key that the preview lists, and all others of the pool. Every list
 * that can be committed is committed, planned a second time, undone, compared with what was before, and made again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followAddress } from '@/lib/changes/impact/address-outcome'
import { commitChanges } from '@/lib/changes/commit/commit'
import { previewChanges } from '@/lib/changes/preview'
import type { Preview, TraceSummary } from '@/lib/changes/preview-result'
import { previewUndo, undoCommit } from '@/lib/changes/recovery/recovery'
import { SharedLookups } from '@/lib/changes/overlay/shared-lookups'
import { grantAuthority } from '@/lib/directory/authority'
import { search, write } from '@/lib/directory/service'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import { openSite } from '@/lib/site/mail-site'
import { RandomTree } from './random-changes'
import { RandomChoices } from './random-numbers'
import { type Counts, noneCounted } from './random-counts'
import { type RandomSite, startRandomSite, TABLES } from './random-site'
import { inAnyOrder, realText, summaryText, textOf } from './random-texts'
import { dumpOf, secondPlan, slapcat, undoByJournal, writeInOrder } from './random-undo'
import { type RealAnswer, realAnswers } from './real-answers'

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

type Traces = ReadonlyMap<string, TraceSummary>

/** Answers by table and key. */
type Answers = ReadonlyMap<string, ReadonlyMap<string, RealAnswer>>

/** Tests so many random lists of changes, on a site of its own. The same seed makes the same lists. */
export function testRandomLists(seed: number, lists: number): void {
  beforeAll(async () => {
    site = await startRandomSite()
    Object.assign(process.env, site.settings)
  })
  afterAll(() => site.stop())

  test(`${lists} random change lists answer as previewed`, { timeout: 900_000 }, async () => {
    const counts = noneCounted()
    const differences = await runLists(seed, lists, counts)
    process.stdout.write(`random change lists, seed ${seed}: ${JSON.stringify(counts)}\n`)
    expect(differences).toEqual([])
    expect(counts.applied).toBeGreaterThanOrEqual(lists)
    expect(counts.otherOrder).toBeLessThan(counts.listed / 100)
    // Saying "cannot be predicted" everywhere would be no difference either.
    expect(counts.unpredicted).toBeLessThan(counts.listed / 50)
  })
}

/** Makes lists until so many could be applied, or until a difference is found; answers the differences. */
async function runLists(seed: number, lists: number, counts: Counts): Promise<readonly string[]> {
  const choices = new RandomChoices(seed)
  const differences: string[] = []
  for (let number = 0; counts.applied < lists && differences.length === 0; number += TREES_AT_ONCE) {
    const trees = Array.from(
      { length: TREES_AT_ONCE },
      (_, at) => new RandomTree(number + at, new RandomChoices(choices.below(2 ** 31))),
    )
    for (const tree of trees) await makeAll(tree.planting())
    let now = await askAll(trees, new Map())
    for (let round = 0; round < ROUNDS && counts.applied < lists; round += 1) {
      const before = round === 0 ? slapcat(site.folder) : ''
      const tries = await Promise.all(trees.map((tree) => tryChanges(tree, choices.below(4) === 0, counts)))
      // Whatever was not undone, because it could not be committed, is made after this.
      if (round === 0 && slapcat(site.folder) !== before)
        differences.push('slapcat shows a difference after all undos')
      const trials = await Promise.all(tries.map((trial) => makeAgain(trial, counts)))
      const then = await askAll(trees, now)
      for (const trial of trials) differences.push(...(await differencesOf(trial, now, then, counts)))
      now = then
    }
    for (const tree of trees) await clear(tree)
  }
  return differences
}

interface Trial {
  readonly tree: RandomTree
  readonly changes: readonly ChangeRecord[]
  readonly preview: Preview
  /** Entries as they were. */
  readonly entries: readonly Entry[]
  /** What the commit has left, which was undone since; null if there was no commit. */
  readonly left: string | null
  readonly applied: boolean
  readonly problem: string | null
  readonly traces: Traces
}

/** The traces of each subtree as its last change left it. */
const lastTraces = new Map<number, Traces>()

/** Previews a list; commits it, plans it once more and undoes it, if it can be committed. */
async function tryChanges(tree: RandomTree, undoByCommit: boolean, counts: Counts): Promise<Trial> {
  const entries = await entriesOf(tree)
  const changes = tree.changes(entries)
  const traces = lastTraces.get(tree.number) ?? (await tracesOf(tree))
  lastTraces.delete(tree.number)
  const result = await previewChanges(postmaster, changes, [])
  if (result.status !== 'previewed') throw new Error(`${JSON.stringify(result)} ${JSON.stringify(changes)}`)
  const { preview } = result
  const trial = { tree, changes, preview, entries, left: null, applied: false, problem: null, traces }
  const isBlocked = preview.findings.some(({ severity }) => severity === 'blocks')
  if (preview.rehearsal.status !== 'accepted' || isBlocked) return trial
  const confirmed = preview.findings.map(({ code }) => code)
  const made = await commitChanges(postmaster, changes, [], { checksum: preview.checksum, confirmed })
  if (made.status === 'asPreviewed' && made.journal !== null) {
    counts.committed += 1
    const now = await entriesOf(tree)
    const still = await secondPlan(postmaster, changes, preview, now)
    if (still !== null) return { ...trial, problem: `a second plan is not empty: ${still}` }
    const refusal = await undoByJournal(postmaster, made.journal, undoByCommit)
    if (refusal !== null) return { ...trial, problem: `undo: ${refusal}` }
    counts.undone += 1
    return { ...trial, left: dumpOf(now), problem: await differenceFrom(tree, entries) }
  }
  if (made.status === 'asPreviewed') return trial
  // The directory refuses what only the changes before make impossible; what was made is undone then.
  if (made.status === 'partial') {
    const planned = await previewUndo(postmaster, made.journal)
    if (planned.status !== 'planned') return { ...trial, problem: `recovery: ${JSON.stringify(planned)}` }
    const codes = planned.preview.findings.map(({ code }) => code)
    const approval = { checksum: planned.preview.checksum, confirmed: codes }
    const undone = await undoCommit(postmaster, made.journal, approval)
    if (undone.status !== 'asPreviewed') return { ...trial, problem: `recovery: ${undone.status}` }
  } else if (made.status !== 'refused')
    return {
      ...trial,
      problem: `commit: ${made.status} ${'broken' in made ? JSON.stringify(made.broken) : ''}`,
    }
  return { ...trial, problem: await differenceFrom(tree, entries) }
}

/** Makes the list of a trial for good, as far as the directory takes it. */
async function makeAgain(trial: Trial, counts: Counts): Promise<Trial> {
  const { tree, changes, preview, entries, left, problem } = trial
  if (problem !== null) return trial
  const isForeseen = preview.lookups.length === 0 && preview.rehearsal.status === 'refused'
  const refusal = left === null ? await makeAll(changes) : await writeInOrder(postmaster, changes, entries)
  counts[refusal === null ? 'applied' : 'refused'] += 1
  if (isForeseen && refusal === null)
    return { ...trial, problem: `refusal foreseen, but made: ${JSON.stringify(preview.rehearsal)}` }
  if (left === null) return { ...trial, applied: refusal === null }
  const isSame = refusal === null && dumpOf(await entriesOf(tree)) === left
  return { ...trial, applied: isSame, problem: isSame ? null : `made again it differs: ${refusal ?? ''}` }
}

/** What differs from former entries, as the two dumps; null if nothing. */
async function differenceFrom(tree: RandomTree, former: readonly Entry[]): Promise<string | null> {
  const [before, now] = [dumpOf(former), dumpOf(await entriesOf(tree))]
  return before === now ? null : `not as before the commit: ${now} instead of ${before}`
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

/**
 * Random tables over random directories: our lookups and the real postmap must agree on every key.
 *
 * The judge is postmap(1) on a real slapd. POSTBOOK_LOOKUP_COMPARISONS sets how many answers are compared,
 * POSTBOOK_LOOKUP_SEED where the random numbers start. A case that fails is shrunk and written to ./kept, where
 * it is asked again in each run.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reducedCase } from './case-reduction'
import { PROFILES, type Difference, type LookupCase, type Outcome } from './differential-case'
import { realAnswer, runCase } from './differential-run'
import { startDifferentialServer, type DifferentialServer } from './differential-server'
import { directory } from './directory-generator'
import { keys } from './key-generator'
import { tableLines } from './table-generator'

const COMPARISONS = Number(process.env['POSTBOOK_LOOKUP_COMPARISONS'] ?? '20000')
const SEED = Number(process.env['POSTBOOK_LOOKUP_SEED'] ?? '3')
/** Cases that are made from one seed, before the count is looked at again. */
const ROUND = 20
/** Side by side, because postmap sleeps for a second after a fatal error. */
const AT_ONCE = 4
const TABLES = 12
/** In a long run more keys share what a directory and a process cost. */
const KEYS = COMPARISONS > 100_000 ? 300 : 100
const KEPT = join(import.meta.dirname, 'kept')

/** A shrunk case, and what postmap answered. */
interface KeptCase extends LookupCase {
  readonly key: string
  readonly answer: Outcome
}

const lookupCase: fc.Arbitrary<LookupCase> = fc.record({
  entries: directory,
  tables: fc.array(
    fc.record({
      lines: tableLines,
      profile: fc.constantFrom(...PROFILES),
      fold: fc.oneof(
        { weight: 9, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      utf8: fc.oneof(
        { weight: 9, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      keys: keys(KEYS),
    }),
    { minLength: TABLES, maxLength: TABLES },
  ),
})

let server: DifferentialServer
beforeAll(async () => {
  server = await startDifferentialServer()
})
afterAll(async () => {
  await server.stop()
})

const keptFiles = readdirSync(KEPT).filter((file) => file.endsWith('.json'))

describe('a kept case', () => {
  it.each(keptFiles)('%s', async (file) => {
    const kept = JSON.parse(readFileSync(join(KEPT, file), 'utf8')) as KeptCase
    const { differences } = await runCase(server, kept)
    expect(differences).toEqual([])
    expect(await realAnswer(server, kept, kept.key)).toEqual(kept.answer)
  })
})

describe('our lookups', () => {
  it(
    `answer as postmap does, ${COMPARISONS} times`,
    async () => {
      let compared = 0
      let found = 0
      let cases = 0
      for (let seed = SEED; compared < COMPARISONS; seed += 1) {
        const round = fc.sample(lookupCase, { seed, numRuns: ROUND })
        for (let at = 0; at < round.length; at += AT_ONCE) {
          const some = round.slice(at, at + AT_ONCE)
          const reports = await Promise.all(some.map((one) => runCase(server, one)))
          for (const [index, report] of reports.entries()) {
            const [one, difference] = [some[index], report.differences[0]]
            if (one !== undefined && difference !== undefined)
              expect(await keep(one, difference, seed)).toBeNull()
            compared += report.compared
            found += report.found
            cases += 1
          }
        }
      }
      process.stdout.write(
        `seed ${SEED}: ${compared} answers of postmap compared, ${found} of them values, in ${cases} directories\n`,
      )
    },
    COMPARISONS * 20 + 600_000,
  )
})

/** Writes the case to a file, as small as it gets, and returns what to show of it. */
async function keep(one: LookupCase, first: Difference, seed: number): Promise<unknown> {
  const differenceIn = async (smaller: LookupCase): Promise<Difference | undefined> =>
    (await runCase(server, smaller)).differences[0]
  const reduced = await reducedCase(
    one.entries,
    first,
    async (smaller) => (await differenceIn(smaller)) !== undefined,
  )
  const difference = (await differenceIn(reduced)) ?? first
  const kept: KeptCase = { ...reduced, key: difference.key, answer: difference.real }
  const file = join(KEPT, `seed-${seed}-${Date.now()}.json`)
  writeFileSync(file, `${JSON.stringify(kept, undefined, 2)}\n`)
  return { seed, file, ...difference }
}

/**
 * real-answers - what the real `postmap -q -` answers for many keys of one table.
 *
 * postmap stops at the first key whose lookup fails, so a failure is narrowed down by halving.
 */
import { runProgram } from '@/e2e/fixtures/program'

/** The value, null for nothing, or `error`. */
export type RealAnswer = { readonly value: string } | null | 'error'

/** The answer for each key. Those that may well fail are asked apart from the others. */
export async function realAnswers(
  configDirectory: string,
  map: string,
  keys: readonly string[],
  mayFail: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RealAnswer>> {
  const groups = [
    keys.filter((key) => !mayFail.has(key)),
    ...keys.filter((key) => mayFail.has(key)).map((key) => [key]),
  ]
  const answers = await Promise.all(groups.map((group) => answersTogether(configDirectory, map, group)))
  return new Map(answers.flatMap((some) => [...some]))
}

async function answersTogether(
  configDirectory: string,
  map: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RealAnswer>> {
  if (keys.length === 0) return new Map()
  const input = `${keys.join('\n')}\n`
  const asked = await runProgram('/usr/sbin/postmap', ['-c', configDirectory, '-q', '-', map], { input })
  if (/fatal:.*(?:query error|lookup error)/.test(asked.stderr)) {
    const [only] = keys
    if (keys.length === 1 && only !== undefined) return new Map([[only, 'error']])
    const middle = Math.ceil(keys.length / 2)
    const halves = [keys.slice(0, middle), keys.slice(middle)]
    const answers = await Promise.all(halves.map((half) => answersTogether(configDirectory, map, half)))
    return new Map(answers.flatMap((half) => [...half]))
  }
  if (asked.stderr.includes('fatal')) throw new Error(asked.stderr)
  const found = new Map(
    asked.stdout
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line): [string, RealAnswer] => {
        const tab = line.indexOf('\t')
        return [line.slice(0, tab), { value: line.slice(tab + 1) }]
      }),
  )
  return new Map(keys.map((key) => [key, found.get(key) ?? null]))
}

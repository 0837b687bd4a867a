/**
 * portions - work on many items so that everything else in the process has its turn.
 *
 * What waits for answers is done a bounded number at a time: what is under way at once stays small, and so does what
 * the memory has to hold. What only computes gives its turn away as soon as it has lasted for a while, so that little
 * work is not delayed and a lot of it keeps nobody waiting.
 */
import 'server-only'

const AT_A_TIME = 100
/** Work that has gone on for so long lets others go first. */
const LONG_TURN_MILLISECONDS = 25

/** What the work makes of each item, in their order. The first failure of an item is that of the whole. */
export async function inPortions<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  let isFailed = false
  const waiting = items.entries()
  const workOn = async (): Promise<void> => {
    for (const [at, item] of waiting) {
      if (isFailed) return
      results[at] = await work(item)
      await restWhenLong()
    }
  }
  const workers = Array.from({ length: Math.min(AT_A_TIME, items.length) }, () =>
    workOn().catch((error: unknown) => {
      isFailed = true
      throw error
    }),
  )
  await Promise.all(workers)
  return results
}

/** What a computation makes of each item, in their order, with turns of others in between. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  compute: (item: Item, at: number) => Result,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [at, item] of items.entries()) {
    results.push(compute(item, at))
    if (isLong()) await turnOfOthers()
  }
  return results
}

/** Since when the work of this turn goes on; others may have had theirs in the meantime, which does no harm. */
let begun = 0

function isLong(): boolean {
  return performance.now() - begun > LONG_TURN_MILLISECONDS
}

/** Lets whatever else waits go first, if the work has gone on for a while. */
export async function restWhenLong(): Promise<void> {
  if (isLong()) await turnOfOthers()
}

/** Work that rests; of several one goes on in each turn, so that together they are not long. */
const resting: (() => void)[] = []

/** Lets whatever else waits go first. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    resting.push(resolve)
    if (resting.length === 1) setImmediate(goOn)
  })
}

function goOn(): void {
  begun = performance.now()
  const next = resting.shift()
  if (resting.length > 0) setImmediate(goOn)
  next?.()
}

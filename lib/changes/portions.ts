/**
 * portions - work on many items a portion at a time, so that everything else in the process has its turn.
 *
 * A portion is started when the one before it has come to its end; what is under way at once stays small, and so does
 * what the memory has to hold. The first failure of an item is that of the whole, as with Promise.all.
 */
import 'server-only'

const AT_A_TIME = 500

/** What the work makes of each item, in their order. */
export async function inPortions<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    if (at > 0) await turnOfOthers()
    for (const result of await Promise.all(items.slice(at, at + AT_A_TIME).map(work))) results.push(result)
  }
  return results
}

/** Lets whatever else waits go first. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

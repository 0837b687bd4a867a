/**
 * table-answers - what one table answers for many keys, each key asked once.
 *
 * In: a table opened on one state of the directory. Fails as the table does: errors are lookup results.
 */
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LookupFlags, LookupTable } from '@/lib/postfix/lookup-table'

/** The answers of one table, remembered. */
export class TableAnswers {
  private readonly known = new Map<string, Promise<LookupResult>>()

  constructor(
    readonly parameter: string,
    private readonly table: LookupTable,
    private readonly flags: LookupFlags,
  ) {}

  /** The answers to these keys, in their order; those not yet known in few round trips. */
  askAll(keys: readonly string[]): Promise<readonly LookupResult[]> {
    const fresh = [...new Set(keys)].filter((key) => !this.known.has(key))
    if (fresh.length > 0) {
      const asked = this.table.lookupMany(fresh, this.flags)
      fresh.forEach((key, at) => {
        this.known.set(
          key,
          asked.then((results) => resultAt(results, at)),
        )
      })
    }
    return Promise.all(keys.flatMap((key) => this.known.get(key) ?? []))
  }
}

function resultAt(results: readonly LookupResult[], at: number): LookupResult {
  const result = results[at]
  if (result === undefined) throw new RangeError(`a table gave ${results.length} results, none at ${at}`)
  return result
}

/**
 * table-answers - what the site's tables answer in one state of the directory, each key asked once.
 *
 * Serves the rows of a preview (many keys of one table in few searches) and the following of addresses
 * through alias, mailbox and domain tables (one key after the other). Authority: maps(3): the tables of a
 * parameter are asked in order, the first answer or error decides.
 */
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LookupFlags, LookupTable } from '@/lib/postfix/lookup-table'
import type { DeliveryTables } from './delivery'
import { takesDomains } from './impact'
import { answerOf } from './lookup-answer'
import type { LookupAnswer } from './preview-result'

/** A table opened on one view of the directory. */
export interface OpenTable {
  readonly parameter: string
  readonly table: LookupTable
}

/** The answers of one table, remembered. */
export class TableAnswers {
  private readonly known = new Map<string, Promise<LookupResult>>()

  constructor(
    readonly parameter: string,
    private readonly table: LookupTable,
    private readonly flags: LookupFlags,
  ) {}

  /** The answers to these keys, in their order; those not yet known in few round trips. */
  async askAll(keys: readonly string[]): Promise<readonly LookupResult[]> {
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
    return Promise.all(keys.map((key) => this.ask(key)))
  }

  /** The answer to one key. */
  ask(key: string): Promise<LookupResult> {
    const known = this.known.get(key) ?? this.table.lookup(key, this.flags)
    this.known.set(key, known)
    return known
  }
}

/** The tables of one state, by what they are for. */
export function deliveryTables(tables: readonly TableAnswers[]): DeliveryTables {
  const of = (accepts: (parameter: string) => boolean): readonly TableAnswers[] =>
    tables.filter(({ parameter }) => accepts(parameter))
  const aliases = of((parameter) => parameter === 'virtual_alias_maps')
  const mailboxes = of((parameter) => parameter === 'virtual_mailbox_maps')
  const domains = of(takesDomains)
  return {
    alias: (key) => askInOrder(aliases, key),
    mailbox: (key) => askInOrder(mailboxes, key),
    domain: (key) => askInOrder(domains, key),
  }
}

async function askInOrder(tables: readonly TableAnswers[], key: string): Promise<LookupAnswer | 'absent'> {
  let last: LookupAnswer | 'absent' = 'absent'
  for (const table of tables) {
    last = answerOf(await table.ask(key))
    if (last.status !== 'notFound') return last
  }
  return last
}

function resultAt(results: readonly LookupResult[], at: number): LookupResult {
  const result = results[at]
  if (result === undefined) throw new RangeError(`a table gave ${results.length} results, none at ${at}`)
  return result
}

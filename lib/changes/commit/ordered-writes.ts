/**
 * ordered-writes - the writes of a change that is made in several commits, in an order that may be cut anywhere.
 *
 * The order of write-order, in which nothing leads to a mailbox that is gone or not there yet; but an entry of a
 * domain is added before everything else and deleted after everything else. Within one commit a domain is hosted
 * when its mailboxes are there; between commits those that have moved, and those that wait, are delivered. Pure.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { orderWrites } from './write-order'
import { nameKey } from './write-step'

export interface OrderedWrites {
  /** Additions of domains, then what there is besides. */
  readonly writes: readonly ChangeRecord[]
  /** Deletions of domains: a commit of their own, after all others. */
  readonly last: readonly ChangeRecord[]
}

/**
 * The writes in their order.
 * @param entries the touched entries as they are
 */
export async function orderInParts(
  changes: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<OrderedWrites> {
  const domains = new Set(
    entries.filter((entry) => valuesOf(entry, 'dc').length > 0).map(({ dn }) => nameKey(dn)),
  )
  const isBirth = (change: ChangeRecord): boolean =>
    change.type === 'add' && change.attributes.some(({ description }) => description.toLowerCase() === 'dc')
  const isEnd = ({ type, dn }: ChangeRecord): boolean => type === 'delete' && domains.has(nameKey(dn))
  const others = changes.filter((change) => !isBirth(change) && !isEnd(change))
  return {
    writes: [...changes.filter(isBirth), ...(await orderWrites(others, entries, schema))],
    last: changes.filter(isEnd),
  }
}

/** These in runs of at most so many. */
export function inRuns<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size))
}

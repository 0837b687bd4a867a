/**
 * case-reduction - makes a case that fails as small as it gets, so that a person can read it.
 *
 * Parts are left out one after another, large ones first, as long as the programs still disagree: other tables,
 * other keys, entries, lines of the table, values. Each try asks the real postmap, which can take a second; that
 * is why this knows the shape of a case and does not shrink at random.
 */
import type { Entry } from '@/lib/ldap/entry'
import type { Difference, LookupCase } from './differential-case'

/** Whether a case still fails. */
export type Fails = (one: LookupCase) => Promise<boolean>

/** The smallest case found with this difference. The entries are those of the case that failed. */
export async function reducedCase(
  entries: readonly Entry[],
  { table, key }: Difference,
  fails: Fails,
): Promise<LookupCase> {
  let one: LookupCase = { entries, tables: [{ ...table, keys: [key] }] }
  // Only together with others may a key be answered differently.
  if (!(await fails(one))) one = { entries, tables: [table] }
  const withKeys = (keys: readonly string[]): LookupCase => ({ ...one, tables: tablesWith(one, { keys }) })
  one = withKeys(await fewest(one.tables[0]?.keys ?? [], (keys) => fails(withKeys(keys))))
  const withEntries = (list: readonly Entry[]): LookupCase => ({ ...one, entries: list })
  one = withEntries(await fewest(one.entries, (list) => fails(withEntries(list))))
  const withLines = (lines: readonly string[]): LookupCase => ({ ...one, tables: tablesWith(one, { lines }) })
  one = withLines(await fewest(one.tables[0]?.lines ?? [], (lines) => fails(withLines(lines))))
  const withValues = (list: readonly Value[]): LookupCase => ({
    ...one,
    entries: entriesOf(one.entries, list),
  })
  return withValues(await fewest(valuesIn(one.entries), (list) => fails(withValues(list))))
}

function tablesWith(one: LookupCase, change: Partial<LookupCase['tables'][number]>): LookupCase['tables'] {
  return one.tables.map((table) => ({ ...table, ...change }))
}

/** A list as short as possible for which the test still holds: halves, quarters and so on are left out. */
async function fewest<T>(
  items: readonly T[],
  holds: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = items
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const shorter = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (await holds(shorter)) kept = shorter
      else at += size
    }
  }
  return kept
}

/** One value of one attribute. */
interface Value {
  readonly dn: string
  readonly description: string
  readonly value: string
}

function valuesIn(entries: readonly Entry[]): readonly Value[] {
  return entries.flatMap(({ dn, attributes }) =>
    attributes.flatMap(({ description, values }) => values.map((value) => ({ dn, description, value }))),
  )
}

function entriesOf(entries: readonly Entry[], kept: readonly Value[]): readonly Entry[] {
  return entries.map(({ dn, attributes }) => ({
    dn,
    attributes: attributes
      .map(({ description }) => ({
        description,
        values: kept
          .filter((one) => one.dn === dn && one.description === description)
          .map(({ value }) => value),
      }))
      .filter(({ values }) => values.length > 0),
  }))
}

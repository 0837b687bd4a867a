/**
 * write-one - sends one write, guarded by the state that the preview rests on.
 *
 * The write asserts the entry's entryCSN. A server whose uniqueness overlay rejects every assertion (122 although
 * the entry is unchanged) gets the modification without it, with all old values of the attributes named, so that a
 * change made meanwhile still fails (16). Never sent twice from here.
 * Authority: RFC 4528; RFC 4511 section 4.6 for modifications as one atomic step; slapo-unique(5).
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { WriteResult } from '@/lib/directory/outcome'
import { readEntry, write } from '@/lib/directory/service'
import { applyChange } from '@/lib/ldap/change-application'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'

export const ASSERTION_FAILED = 122

/**
 * Makes one change of an entry that is as `before` says.
 * @param entryCsn the state to assert; undefined for an entry that is added
 */
export async function writeOne(
  authority: Authority,
  change: ChangeRecord,
  before: Entry | null,
  entryCsn: string | undefined,
  schema: Schema,
): Promise<WriteResult> {
  if (before === null || entryCsn === undefined) return write(authority, change)
  const result = await write(authority, change, { assertEntryCsn: entryCsn })
  const asserted = result.status === 'refused' && result.resultCode === ASSERTION_FAILED
  if (!asserted || change.type !== 'modify') return result
  const read = await readEntry(authority, change.dn)
  if (read.status !== 'found' || valueOf(read.entry, 'entryCSN') !== entryCsn) return result
  const guarded = guardByValues(change.modifications, before, change.dn, schema)
  return guarded === null ? result : write(authority, guarded)
}

/** The same modification, which fails unless every attribute that it touches has the values it had. */
function guardByValues(
  modifications: readonly Modification[],
  before: Entry,
  dn: string,
  schema: Schema,
): ChangeRecord | null {
  const applied = applyChange({ type: 'modify', dn, modifications }, before, schema)
  if (applied.status === 'refused' || applied.entry === null) return null
  const { entry } = applied
  const touched = [...new Set(modifications.map(({ attribute }) => attribute))]
  const guarded = touched.flatMap((attribute): Modification[] => {
    const [old, wanted] = [valuesOf(before, attribute), valuesOf(entry, attribute)]
    const removal: Modification[] = old.length === 0 ? [] : [{ operation: 'delete', attribute, values: old }]
    return wanted.length === 0 ? removal : [...removal, { operation: 'add', attribute, values: wanted }]
  })
  return { type: 'modify', dn, modifications: guarded }
}

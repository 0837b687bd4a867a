/**
 * preview - what a change will do, before it is made.
 *
 * The only door for screens: whether the person may, whether the entries are still what the person saw, then
 * everything of examination.ts. Nothing is written. Outcomes are values.
 * LDAP round trips: those of examination.ts, one more if the basis names entries that are not touched.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import type { EntryState } from './checksum'
import { nameKey } from './commit/write-step'
import { examineChange, prepareChange, type PreparedChange } from './examination'
import type { Preview } from './preview-result'
import { restWhenLong } from './portions'
import { keepPreviewed } from './previewed-changes'

export type PreviewResult =
  | { readonly status: 'previewed'; readonly preview: Preview }
  /** An entry is not what the person saw; null if it is gone. */
  | { readonly status: 'stale'; readonly dn: string; readonly entry: Entry | null }
  | { readonly status: 'forbidden' | 'unavailable' | 'refused'; readonly message: Text }

export interface StaleEntry {
  readonly status: 'stale'
  readonly dn: string
  readonly entry: Entry | null
}

/**
 * Previews a change.
 * @param basis the entries, each with its entryCSN, that the person had before their eyes
 */
export async function previewChanges(
  authority: Authority,
  changes: readonly ChangeRecord[],
  basis: readonly EntryState[],
): Promise<PreviewResult> {
  const prepared = await prepareChange(authority, changes)
  if (prepared.status !== 'prepared') return prepared
  const stale = await findStale(authority, prepared, basis)
  if (stale !== null) return stale
  const { preview } = await examineChange(authority, prepared)
  keepPreviewed(authority, preview.checksum, { changes, states: prepared.states })
  return { status: 'previewed', preview }
}

/** The first entry of the basis that is no longer as it was; null if all are. */
export async function findStale(
  authority: Authority,
  prepared: PreparedChange,
  basis: readonly EntryState[],
): Promise<StaleEntry | { readonly status: 'unavailable'; readonly message: Text } | null> {
  const touched = new Map(
    prepared.images.flatMap(({ before }) => (before === null ? [] : [[nameKey(before.dn), before]])),
  )
  for (const { dn, entryCsn } of basis) {
    const read = touched.get(nameKey(dn)) ?? (await readCurrent(authority, dn))
    if (read !== null && 'status' in read) return read
    if (read === null || valueOf(read, 'entryCSN') !== entryCsn) return { status: 'stale', dn, entry: read }
    await restWhenLong()
  }
  return null
}

async function readCurrent(
  authority: Authority,
  dn: string,
): Promise<Entry | { readonly status: 'unavailable'; readonly message: Text } | null> {
  const read = await readEntry(authority, dn)
  if (read.status === 'found') return read.entry
  if (read.status === 'notFound') return null
  return {
    status: 'unavailable',
    message: { key: 'refusals.noAnswer', values: { diagnostic: read.diagnostic } },
  }
}

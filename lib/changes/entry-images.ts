/**
 * entry-images - the touched entries as they are and as they will be, read by the service account.
 *
 * A change that the directory would surely refuse (a value that is there already, an entry that is gone, a
 * name that is taken) is found here, with the server's result code, before any lookup is asked.
 * LDAP round trips: one for every 100 entries.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry, search } from '@/lib/directory/service'
import { applyChange } from '@/lib/ldap/change-application'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Dn, formatDn, isSameDn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import type { EntryState } from './checksum'
import type { EntryImage } from './entry-image'
import {
  followChanges,
  nameAfter,
  nameBefore,
  type PendingEntry,
  type PendingNames,
} from '@/lib/changes/overlay/pending-names'
import { inPortions, restWhenLong } from './portions'

const NO_SUCH_OBJECT = 32

/** What the directory would say to the change. */
export interface ForeseenRefusal {
  readonly resultCode: number
  readonly diagnostic: string
}

export type ImagesResult =
  | {
      readonly status: 'read'
      readonly names: PendingNames
      /** With the refusal, `after` is as `before` for the entry that is refused and those behind it. */
      readonly images: readonly EntryImage[]
      readonly states: readonly EntryState[]
      readonly refusal: ForeseenRefusal | null
    }
  | { readonly status: 'unavailable' | 'refused'; readonly message: Text }

/** Reads every touched entry and lays the changes over it. */
export async function readImages(
  authority: Authority,
  changes: readonly ChangeRecord[],
  schema: Schema,
): Promise<ImagesResult> {
  const names = followChanges(changes)
  if (names === null) return { status: 'refused', message: { key: 'refusals.notADn' } }
  const reads = await inPortions(names.entries, async (pending) => {
    const wanted = [pending.origin, targetOf(pending)]
    const [before = null, occupant = null] = await Promise.all(wanted.map((dn) => readNamed(authority, dn)))
    return { pending, before, occupant }
  })
  const images: EntryImage[] = []
  let refusal: ForeseenRefusal | null = null
  for (const { pending, before, occupant } of reads) {
    if (before !== null && 'status' in before) return before
    if (occupant !== null && 'status' in occupant) return occupant
    const taken = occupant !== null && !leaves(occupant, names)
    refusal ??= taken ? { resultCode: 68, diagnostic: `${occupant.dn} exists already` } : null
    const applied: Applied = refusal ?? applyAll(pending, before, schema)
    if (applied !== null && 'resultCode' in applied) {
      refusal = applied
      images.push({ before, after: before })
    } else images.push({ before, after: applied })
    await restWhenLong()
  }
  return { status: 'read', names, images, states: images.flatMap(stateOf), refusal }
}

/**
 * Entries that no change names but a rename above them carries along, before and after. Fails like a read.
 * LDAP round trips: one for each rename.
 */
export async function readCarried(
  authority: Authority,
  { entries, renames }: PendingNames,
): Promise<readonly EntryImage[] | Unavailable> {
  const images = new Map<string, EntryImage>()
  for (const [at, { from }] of renames.entries()) {
    const source = nameBefore(from, renames.slice(0, at))
    if (source === null) continue
    const result = await search(authority, {
      base: formatDn(source),
      scope: 'sub',
      filter: { type: 'present', attribute: 'objectClass' },
      attributes: ['*', '+'],
      sizeLimit: 0,
      timeLimit: 0,
      dereference: 0,
    })
    // The change may rename what it has only just added.
    if (result.status === 'failed' && result.resultCode === NO_SUCH_OBJECT) continue
    if (result.status === 'failed') return unanswered(result)
    for (const before of result.entries) {
      const dn = parseDn(before.dn)
      if (dn === null || entries.some(({ origin }) => origin !== null && isSameDn(origin, dn))) continue
      images.set(before.dn, { before, after: { ...before, dn: formatDn(nameAfter(dn, renames)) } })
    }
  }
  return [...images.values()]
}

interface Unavailable {
  readonly status: 'unavailable'
  readonly message: Text
}

async function readNamed(authority: Authority, dn: Dn | null): Promise<Entry | Unavailable | null> {
  if (dn === null) return null
  const read = await readEntry(authority, formatDn(dn))
  if (read.status === 'found') return read.entry
  if (read.status === 'notFound') return null
  return unanswered(read)
}

function unanswered({ diagnostic }: SearchFailure): Unavailable {
  return { status: 'unavailable', message: { key: 'refusals.noAnswer', values: { diagnostic } } }
}

/** The name that an entry takes anew, if it does. */
function targetOf({ origin, final }: PendingEntry): Dn | null {
  return final === null || (origin !== null && isSameDn(origin, final)) ? null : final
}

/** Whether the changes take this entry's name away from it. */
function leaves(occupant: Entry, { entries }: PendingNames): boolean {
  return entries.some(
    ({ origin, final }) =>
      origin !== null &&
      formatDn(origin).toLowerCase() === occupant.dn.toLowerCase() &&
      (final === null || !isSameDn(origin, final)),
  )
}

type Applied = Entry | ForeseenRefusal | null

function applyAll(pending: PendingEntry, before: Entry | null, schema: Schema): Applied {
  let entry = before
  for (const change of pending.changes) {
    const result = applyChange(change, entry, schema)
    if (result.status === 'refused') return { resultCode: result.resultCode, diagnostic: result.diagnostic }
    entry = result.entry
  }
  return entry === null || pending.final === null ? entry : { ...entry, dn: formatDn(pending.final) }
}

function stateOf({ before }: EntryImage): readonly EntryState[] {
  return before === null ? [] : [{ dn: before.dn, entryCsn: valueOf(before, 'entryCSN') ?? '' }]
}

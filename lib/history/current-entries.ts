/**
 * current-entries - what the changed entries are now: name, place and addresses, found by entryUUID.
 *
 * An entry may have been renamed since, and another may have its old name: entryUUID tells. Only changes whose
 * log does not keep it are followed by name.
 * LDAP round trips: one, for all changes together.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry, search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { titleOf } from './entry-title'
import type { HistoryEntry } from './history-entry'
import { nameAfter } from './inverse'

export interface CurrentEntry {
  readonly dn: string
  readonly uuid: string
  readonly name: string
  readonly mails: readonly string[]
  readonly isMailbox: boolean
}

const ATTRIBUTES = ['cn', 'displayName', 'mail', 'dc', 'ou', 'objectClass', 'entryUUID']

/** The entries of these changes that are still there, by {@link keyOf}. */
export async function findCurrent(
  authority: Authority,
  changes: readonly HistoryEntry[],
): Promise<ReadonlyMap<string, CurrentEntry> | SearchFailure> {
  const uuids = [...new Set(changes.map(({ entryUuid }) => entryUuid).filter((uuid) => uuid !== null))]
  const names = new Set(changes.filter(({ entryUuid }) => entryUuid === null).map((change) => nameOf(change)))
  const [byUuid, byName] = await Promise.all([
    searchByUuid(authority, uuids),
    Promise.all([...names].map(async (dn) => ({ dn, read: await readEntry(authority, dn, ATTRIBUTES) }))),
  ])
  if ('status' in byUuid) return byUuid
  const found = new Map<string, CurrentEntry>()
  for (const entry of byUuid) found.set((valueOf(entry, 'entryUUID') ?? '').toLowerCase(), currentOf(entry))
  for (const { dn, read } of byName) {
    if (read.status === 'failed') return read
    if (read.status === 'found') found.set(dn.toLowerCase(), currentOf(read.entry))
  }
  return found
}

/** Under which a change's entry is found in the map. */
export function keyOf(change: HistoryEntry): string {
  return change.entryUuid ?? nameOf(change).toLowerCase()
}

function nameOf(change: HistoryEntry): string {
  return nameAfter(change) ?? change.dn
}

async function searchByUuid(
  authority: Authority,
  uuids: readonly string[],
): Promise<readonly Entry[] | SearchFailure> {
  if (uuids.length === 0) return []
  const filter: Filter = {
    type: 'or',
    filters: uuids.map((value) => ({ type: 'equality', attribute: 'entryUUID', value })),
  }
  const { LDAP_MAIL_BASE, LDAP_DOMAINS_BASE } = directoryEnvironment()
  const results = await Promise.all(
    [LDAP_MAIL_BASE, LDAP_DOMAINS_BASE].map((base) =>
      search(authority, {
        base,
        scope: 'sub',
        filter,
        attributes: ATTRIBUTES,
        sizeLimit: 0,
        timeLimit: 0,
        dereference: 0,
      }),
    ),
  )
  const entries: Entry[] = []
  for (const result of results) {
    if (result.status === 'failed') return result
    entries.push(...result.entries)
  }
  return entries
}

function currentOf(entry: Entry): CurrentEntry {
  const classes = valuesOf(entry, 'objectClass').map((name) => name.toLowerCase())
  return {
    dn: entry.dn,
    uuid: valueOf(entry, 'entryUUID') ?? '',
    name: titleOf(entry),
    mails: valuesOf(entry, 'mail'),
    isMailbox: classes.includes('postfixbookmailaccount'),
  }
}

/**
 * own-notes - what the panel keeps about the aliases of one mailbox, and where Postfix reads forwarding.
 *
 * An alias that the entry has is not paused, whatever its note says: a commit that was cut off leaves such notes.
 * Without a store there are none.
 */
import 'server-only'
import { attributesOfTable } from '@/lib/changes/impact/impact'
import { type FoundNote, notesOfMailbox } from '@/lib/directory/alias-notes'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import { heldAlias } from '@/lib/entries/account-task'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { siteTables } from '@/lib/site/postfix-configuration'

/** The notes about aliases of this entry; paused are those that it does not have now. */
export async function readNotes(
  authority: Authority,
  entry: Entry,
): Promise<readonly FoundNote[] | SearchFailure> {
  if (!hasStore()) return []
  const notes = await notesOfMailbox(authority, valueOf(entry, 'entryUUID') ?? '')
  if ('status' in notes) return notes
  return notes.map((note) => (heldAlias(entry, note.address) === null ? note : { ...note, paused: false }))
}

/** The note about this address; null if there is none. */
export function noteAbout(notes: readonly FoundNote[], address: string): FoundNote | null {
  return notes.find((note) => note.address === address.toLowerCase()) ?? null
}

/** Whether a table that Postfix asks for aliases reads mailForwardingAddress. */
export function readsForwarding(): boolean {
  const site = siteTables()
  if (site.status === 'broken') return false
  return site.tables.some(
    ({ parameter, configuration }) =>
      parameter === 'virtual_alias_maps' &&
      configuration !== null &&
      [...attributesOfTable(configuration)].some((name) => name.toLowerCase() === 'mailforwardingaddress'),
  )
}

/** Today by the clock of the panel, as 2026-12-31, in universal time. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

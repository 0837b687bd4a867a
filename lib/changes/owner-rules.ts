/**
 * owner-rules - what holds for the owner who makes a change: the site's policy, and the aliases they have paused.
 *
 * Read anew for each preview and each commit. A store that cannot be read is a text that says so, because without
 * it nobody knows which addresses are the person's to take back. LDAP round trips: one.
 */
import 'server-only'
import { notesOfMailbox } from '@/lib/directory/alias-notes'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import { ownerPolicy } from '@/lib/environment'
import { valueOf } from '@/lib/ldap/entry'
import type { EntryImage } from './entry-image'
import type { OwnerRules } from './owner-authorization'

/** The rules for this person's change; null for a person who is no owner. A string says why they cannot be read. */
export async function ownerRules(
  authority: Authority,
  images: readonly EntryImage[],
): Promise<OwnerRules | string | null> {
  if (authority.role !== 'owner') return null
  const policy = ownerPolicy()
  const before = images[0]?.before ?? null
  if (before === null || !hasStore()) return { policy, kept: new Set() }
  const notes = await notesOfMailbox(authority, valueOf(before, 'entryUUID') ?? '')
  if ('status' in notes) return notes.diagnostic
  return { policy, kept: new Set(notes.filter(({ paused }) => paused).map(({ address }) => address)) }
}

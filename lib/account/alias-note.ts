/**
 * alias-note - keeps what an owner writes about one of their aliases: a note, and its last day.
 *
 * No entry is touched, so there is no preview. Only for aliases that the person has or has paused. After the last
 * day the panel switches the alias off (expiry-sweep). Empty texts forget what was kept.
 */
import 'server-only'
import type { z } from 'zod'
import { dropNote, keepNote } from '@/lib/directory/alias-notes'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import { type aliasNote, heldAlias } from '@/lib/entries/account-task'
import { isReserved } from '@/lib/entries/owner-policy'
import { ownerPolicy } from '@/lib/environment'
import { valueOf } from '@/lib/ldap/entry'
import { readOwnMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'
import { noteAbout, readNotes, today } from './own-notes'

export type NoteOutcome = { readonly status: 'kept' } | { readonly status: 'refused'; readonly message: Text }

/** Keeps the note about an alias, or says why not. */
export async function writeAliasNote(
  authority: Authority,
  { address, note, until }: z.infer<typeof aliasNote>,
): Promise<NoteOutcome> {
  if (!hasStore()) return refused({ key: 'account.notes.off' })
  const read = await readOwnMailboxEntry(authority)
  if (read.status === 'notFound') return refused({ key: 'account.problem.notYours' })
  const notes = read.status === 'failed' ? read : await readNotes(authority, read.entry)
  if (read.status === 'failed' || 'status' in notes) return refused({ key: 'edit.unreachable' })
  const found = noteAbout(notes, address)
  const isHeld = heldAlias(read.entry, address) !== null
  if (!isHeld && found?.paused !== true) return refused({ key: 'account.problem.notYours' })
  if (until !== '' && until < today()) return refused({ key: 'account.problem.past' })
  if (until !== '' && isReserved(ownerPolicy(), address)) return refused({ key: 'account.problem.catchAll' })
  const mailbox = valueOf(read.entry, 'entryUUID') ?? ''
  const paused = found?.paused === true
  const tidy = { address: address.toLowerCase(), mailbox, paused, note: note.trim(), until }
  const isEmpty = tidy.note === '' && until === '' && !paused
  if (isEmpty && found === null) return { status: 'kept' }
  const written = isEmpty && found !== null ? dropNote(authority, found) : keepNote(authority, tidy, found)
  return (await written).status === 'done' ? { status: 'kept' } : refused({ key: 'edit.unreachable' })
}

function refused(message: Text): NoteOutcome {
  return { status: 'refused', message }
}

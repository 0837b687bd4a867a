/**
 * alias-notes - what the panel keeps about an alias beside the entry: a note, its last day, and that it is paused.
 *
 * One document of the store (store.ts) for each mailbox and address: the name has the address and the mailbox's
 * entryUUID, so that both can be searched for and a renamed mailbox keeps its notes; the version is the entryUUID.
 * A paused alias is not in mailAlias and is kept for its mailbox; where the entry has the alias, it is not paused,
 * whatever the document says. Written as the service account; what cannot be read is a failure, never nothing.
 */
import 'server-only'
import * as z from 'zod'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Authority } from './authority'
import type { WriteResult } from './outcome'
import { addDocument, findDocuments, type FoundDocument, removeDocument, replaceDocument } from './store'

const PREFIX = 'alias:'

export interface AliasNote {
  /** In lower case. */
  readonly address: string
  /** entryUUID of the mailbox. */
  readonly mailbox: string
  readonly paused: boolean
  readonly note: string
  /** The last day, as 2026-12-31; empty for no end. */
  readonly until: string
}

export interface FoundNote extends AliasNote {
  readonly document: FoundDocument
}

const content = z.object({ paused: z.boolean(), note: z.string(), until: z.string() })

/** All notes of one mailbox. */
export async function notesOfMailbox(
  authority: Authority,
  mailbox: string,
): Promise<readonly FoundNote[] | SearchFailure> {
  return notesIn(await findDocuments(authority, PREFIX, mailbox))
}

/** All notes about one address, of every mailbox. */
export async function notesOfAddress(
  authority: Authority,
  address: string,
): Promise<readonly FoundNote[] | SearchFailure> {
  return notesIn(await findDocuments(authority, `${PREFIX}${address.toLowerCase()}:`))
}

/** All notes of all mailboxes: for whoever looks after their last days. */
export async function allNotes(authority: Authority): Promise<readonly FoundNote[] | SearchFailure> {
  return notesIn(await findDocuments(authority, PREFIX))
}

/** Keeps a note, in place of the one that was found. Refused with 68, 122 or 32 if another was kept meanwhile. */
export function keepNote(
  authority: Authority,
  { address, mailbox, paused, note, until }: AliasNote,
  found: FoundNote | null,
): Promise<WriteResult> {
  const description = JSON.stringify({ paused, note, until })
  if (found !== null) return replaceDocument(authority, found.document, { version: mailbox, description })
  const name = `${PREFIX}${address.toLowerCase()}:${mailbox}`
  return addDocument(authority, { name, version: mailbox, author: authority.person.dn, description })
}

/** Forgets a note. */
export function dropNote(authority: Authority, { document }: FoundNote): Promise<WriteResult> {
  return removeDocument(authority, document)
}

function notesIn(documents: readonly FoundDocument[] | SearchFailure): readonly FoundNote[] | SearchFailure {
  if ('status' in documents) return documents
  return documents.flatMap((document) => {
    const named = /^alias:(.*):([^:]+)$/s.exec(document.name)
    const parsed = content.safeParse(contentOf(document.description))
    if (named === null || !parsed.success) return []
    const [, address = '', mailbox = ''] = named
    return [{ address, mailbox, ...parsed.data, document }]
  })
}

function contentOf(description: string): unknown {
  try {
    return JSON.parse(description)
  } catch {
    // Not written by this panel; it is no note then.
    return null
  }
}

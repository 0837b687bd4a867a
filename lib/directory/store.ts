/**
 * store - the panel's own entries, below LDAP_STORE_BASE.
 *
 * Standard object class `document` of cosine (RFC 4524 section 3.3), so that every server has it: the name is
 * documentIdentifier, a version stands in documentVersion, a person in documentAuthor, and what else is to be
 * kept in description. Adding is atomic: of two who add one name, one is refused with 68. Written as the service
 * account, never as the person, who need not have any right here. Without a base there is no store, and callers
 * say what that means. Refusals and lost connections are values, as in service.ts.
 */
import 'server-only'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { escapeDnValue } from '@/lib/ldap/dn'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Authority } from './authority'
import type { WriteResult } from './outcome'
import { readEntry, search, write } from './service'

/** One entry of the store. */
export interface StoredDocument {
  readonly name: string
  readonly version: string
  /** DN of a person. */
  readonly author: string
  readonly description: string
}

/** A document with the state it was read in. */
export interface FoundDocument extends StoredDocument {
  readonly dn: string
  readonly entryCsn: string
}

/** Whether there is a store. */
export function hasStore(): boolean {
  return directoryEnvironment().LDAP_STORE_BASE !== ''
}

/** Adds a document; refused with 68 if one of this name is there. */
export function addDocument(authority: Authority, document: StoredDocument): Promise<WriteResult> {
  const attributes = [
    { description: 'objectClass', values: ['document'] },
    { description: 'documentIdentifier', values: [document.name] },
    { description: 'documentVersion', values: [document.version] },
    { description: 'documentAuthor', values: [document.author] },
    { description: 'description', values: [document.description] },
  ]
  return write(authority, { type: 'add', dn: documentDn(document.name), attributes }, { asService: true })
}

/** The document of this name; null if there is none. */
export async function readDocument(
  authority: Authority,
  name: string,
): Promise<FoundDocument | SearchFailure | null> {
  const read = await readEntry(authority, documentDn(name))
  if (read.status === 'failed') return read
  return read.status === 'found' ? documentOf(read.entry) : null
}

/** The documents whose names begin like this; with a version, only those that have it. */
export async function findDocuments(
  authority: Authority,
  prefix: string,
  version: string | null = null,
): Promise<readonly FoundDocument[] | SearchFailure> {
  const attribute = 'documentIdentifier'
  const named: Filter = { type: 'substrings', attribute, initial: prefix, any: [], final: null }
  const ofVersion: Filter = { type: 'equality', attribute: 'documentVersion', value: version ?? '' }
  const found = await search(authority, {
    base: directoryEnvironment().LDAP_STORE_BASE,
    scope: 'one',
    filter: version === null ? named : { type: 'and', filters: [named, ofVersion] },
    attributes: ['*', 'entryCSN'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  return found.status === 'failed' ? found : found.entries.map(documentOf)
}

/** Gives a document another version and description if it is still in this state; refused with 122 or 32 if not. */
export function replaceDocument(
  authority: Authority,
  document: FoundDocument,
  { version, description }: Pick<StoredDocument, 'version' | 'description'>,
): Promise<WriteResult> {
  const { dn, entryCsn: assertEntryCsn } = document
  const modifications = [
    { operation: 'replace' as const, attribute: 'documentVersion', values: [version] },
    { operation: 'replace' as const, attribute: 'description', values: [description] },
  ]
  return write(authority, { type: 'modify', dn, modifications }, { assertEntryCsn, asService: true })
}

/** Removes a document if it is still in this state; refused with 122 or 32 if it is not. */
export function removeDocument(authority: Authority, document: FoundDocument): Promise<WriteResult> {
  const { dn, entryCsn: assertEntryCsn } = document
  return write(authority, { type: 'delete', dn }, { assertEntryCsn, asService: true })
}

function documentDn(name: string): string {
  return `documentIdentifier=${escapeDnValue(name)},${directoryEnvironment().LDAP_STORE_BASE}`
}

function documentOf(entry: Entry): FoundDocument {
  return {
    dn: entry.dn,
    name: valueOf(entry, 'documentIdentifier') ?? '',
    version: valueOf(entry, 'documentVersion') ?? '',
    author: valueOf(entry, 'documentAuthor') ?? '',
    description: valueOf(entry, 'description') ?? '',
    entryCsn: valueOf(entry, 'entryCSN') ?? '',
  }
}

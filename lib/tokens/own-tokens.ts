/**
 * own-tokens - the tokens of the person who asks: list, make, revoke.
 *
 * One document of the panel's store for each (lib/auth/access-token.ts); a person reaches only documents that are
 * named by the own entryUUID. Removing the document is revoking. Refusals are values. Making and revoking are
 * lines of the audit log. LDAP round trips: one for the entryUUID, one or two for the store.
 */
import 'server-only'
import { hasTokens, newToken, readTokenFacts, tokenDocument, tokenPrefix } from '@/lib/auth/access-token'
import { audit } from '@/lib/auth/audit'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import {
  addDocument,
  findDocuments,
  type FoundDocument,
  readDocument,
  removeDocument,
} from '@/lib/directory/store'
import { panelEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { valueOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import { LONGEST_NAME, type MadeToken, type OwnToken } from './own-token'

const MOST_TOKENS = 20
const NO_SUCH_OBJECT = 32

export type OwnTokens = { readonly status: 'list'; readonly tokens: readonly OwnToken[] } | SearchFailure

/** What a password manager has to be told as the server. */
export function panelAddress(): string {
  return panelEnvironment().AUTH_URL.replace(/\/+$/, '')
}

/** The person's tokens, the newest first. */
export async function listOwnTokens(authority: Authority): Promise<OwnTokens> {
  const entryUuid = await ownEntryUuid(authority)
  if (typeof entryUuid !== 'string') return entryUuid
  const found = await findDocuments(authority, tokenPrefix(entryUuid))
  if ('status' in found) return found
  const tokens = found.flatMap((document) => ownToken(document, entryUuid))
  return { status: 'list', tokens: tokens.sort((one, other) => other.madeAt.localeCompare(one.madeAt)) }
}

/** Makes a token with this name. */
export async function makeOwnToken(authority: Authority, typedName: string): Promise<MadeToken> {
  const name = typedName.trim()
  if (!hasTokens()) return refused({ key: 'tokens.off' })
  if (name === '' || name.length > LONGEST_NAME) return refused({ key: 'tokens.nameMissing' })
  const entryUuid = await ownEntryUuid(authority)
  if (typeof entryUuid !== 'string') return refused(unanswered(entryUuid.diagnostic))
  const found = await findDocuments(authority, tokenPrefix(entryUuid))
  if ('status' in found) return refused(unanswered(found.diagnostic))
  if (found.length >= MOST_TOKENS) return refused({ key: 'tokens.tooMany', values: { most: MOST_TOKENS } })
  const { text, document } = newToken(entryUuid)
  const facts = { name, madeAt: new Date().toISOString(), usedAt: null }
  const { dn } = authority.person
  const added = await addDocument(authority, {
    name: document,
    version: '1',
    author: dn,
    description: JSON.stringify(facts),
  })
  if (added.status !== 'done') return refused(unanswered(added.diagnostic))
  audit({ event: 'token made', outcome: 'accepted', dn, token: name })
  return { status: 'made', text }
}

/** Revokes one of the person's own tokens; answers why not, or null. One that is gone already is revoked. */
export async function revokeOwnToken(authority: Authority, id: string): Promise<Text | null> {
  const entryUuid = await ownEntryUuid(authority)
  if (typeof entryUuid !== 'string') return unanswered(entryUuid.diagnostic)
  // A use in the same moment changes the document: then it is read again.
  for (let attempt = 1; ; attempt += 1) {
    const document = await readDocument(authority, tokenDocument(entryUuid, id))
    if (document === null) return null
    if ('status' in document) return unanswered(document.diagnostic)
    const removed = await removeDocument(authority, document)
    if (removed.status === 'done') {
      const token = readTokenFacts(document)?.name ?? ''
      audit({ event: 'token revoked', outcome: 'accepted', dn: authority.person.dn, token })
      return null
    }
    if (removed.status === 'refused' && removed.resultCode === NO_SUCH_OBJECT) return null
    if (attempt === 3) return unanswered(removed.diagnostic)
  }
}

function ownToken(document: FoundDocument, entryUuid: string): readonly OwnToken[] {
  const facts = readTokenFacts(document)
  return facts === null ? [] : [{ id: document.name.slice(tokenPrefix(entryUuid).length), ...facts }]
}

async function ownEntryUuid(authority: Authority): Promise<string | SearchFailure> {
  const read = await readEntry(authority, authority.person.dn, ['entryUUID'])
  if (read.status === 'failed') return read
  const entryUuid = read.status === 'found' ? valueOf(read.entry, 'entryUUID') : undefined
  return (
    entryUuid ?? { status: 'failed', stage: 'search', resultCode: NO_SUCH_OBJECT, diagnostic: 'no entryUUID' }
  )
}

function unanswered(diagnostic: string): Text {
  return { key: 'edit.noAnswer', values: { diagnostic } }
}

function refused(message: Text): MadeToken {
  return { status: 'refused', message }
}

/**
 * access-token - tokens of persons: what they look like, under which name they are kept, and whom one lets in.
 *
 * `postbook.<entryUUID without hyphens>.<256 random bits>`. The store keeps the SHA-256 of the whole text in the
 * document's name and never the text; a slow hash would add nothing to that many random bits. The person is found by
 * entryUUID, so that a token lives through a rename, and dies with the entry and while the mailbox is disabled.
 * Every refusal looks alike from outside; the true reason is in the audit log. Wrong tokens are counted like
 * wrong passwords (token-limits.ts). Who comes in by a token is an owner, whatever else the person may do.
 */
import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { findPersonByAttribute } from '@/lib/directory/sign-in'
import { type FoundDocument, hasStore, readDocument, replaceDocument } from '@/lib/directory/store'
import { panelEnvironment } from '@/lib/environment'
import { audit } from './audit'
import { clientAddress } from './client-address'
import { countWrongToken, mayTryToken } from './token-limits'

const SHAPE = /^postbook\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/
const ASSERTION_FAILED = 122
/** Last use is written at most this often. */
const USE_STEP = 60_000

/** What the store keeps in the description of a token's document. */
const tokenFacts = z.object({
  /** As the person calls it. */
  name: z.string(),
  /** RFC 3339; `usedAt` is null before the first use. */
  madeAt: z.string(),
  usedAt: z.string().nullable(),
})

export type TokenFacts = z.output<typeof tokenFacts>

export type TokenResult =
  | { readonly status: 'accepted'; readonly authority: Authority; readonly name: string }
  | { readonly status: 'refused' }
  | { readonly status: 'limited' }
  | { readonly status: 'unavailable'; readonly diagnostic: string }

/** Whether people can make and use tokens: the setting is on, and there is a store to keep them in. */
export function hasTokens(): boolean {
  return panelEnvironment().API_TOKENS && hasStore()
}

/** A new token for the person with this entryUUID, and the name of its document. */
export function newToken(entryUuid: string): { readonly text: string; readonly document: string } {
  const text = `postbook.${entryUuid.toLowerCase().replaceAll('-', '')}.${randomBytes(32).toString('base64url')}`
  return { text, document: tokenDocument(entryUuid, hashOf(text)) }
}

/** Where the documents of a person's tokens begin. */
export function tokenPrefix(entryUuid: string): string {
  return `token:${entryUuid.toLowerCase()}:`
}

/** The name of the document of one token of a person, by the hash of the token. */
export function tokenDocument(entryUuid: string, hash: string): string {
  return `${tokenPrefix(entryUuid)}${hash}`
}

/** What a document says; null if it is no token's. */
export function readTokenFacts({ description }: Pick<FoundDocument, 'description'>): TokenFacts | null {
  try {
    const facts = tokenFacts.safeParse(JSON.parse(description))
    return facts.success ? facts.data : null
  } catch {
    return null
  }
}

/** Whom this token lets in. */
export async function authorityOfToken(text: string, requestHeaders: Headers): Promise<TokenResult> {
  const address = clientAddress(requestHeaders.get('x-forwarded-for'), panelEnvironment().TRUSTED_PROXY)
  const refused = (refusal: string, dn?: string): TokenResult => {
    audit({
      event: 'alias by token',
      outcome: 'refused',
      address,
      refusal,
      ...(dn === undefined ? {} : { dn }),
    })
    return { status: refusal === 'limited' ? 'limited' : 'refused' }
  }
  const entryUuid = entryUuidOf(text)
  if (!hasTokens()) return refused('off')
  if (entryUuid === null) return refused('malformed')
  if (!(await mayTryToken(entryUuid, address))) return refused('limited')
  const wrong = async (refusal: string, dn?: string): Promise<TokenResult> => {
    await countWrongToken(entryUuid, address)
    return refused(refusal, dn)
  }
  const found = await findPersonByAttribute('entryUUID', entryUuid)
  if (found.status === 'failed') return { status: 'unavailable', diagnostic: found.diagnostic }
  if (found.status !== 'found') return wrong('nobody')
  const { person, enabled } = found
  const authority = grantAuthority({ person, role: 'owner', domains: [] }, { program: 'panel', address })
  const document = await readDocument(authority, tokenDocument(entryUuid, hashOf(text)))
  if (document !== null && 'status' in document)
    return { status: 'unavailable', diagnostic: document.diagnostic }
  const facts = document === null ? null : readTokenFacts(document)
  if (document === null || facts === null) return wrong('wrong', person.dn)
  if (!enabled) return refused('disabled', person.dn)
  await noteUse(authority, document, facts)
  return { status: 'accepted', authority, name: facts.name }
}

/** The entryUUID in a token, as the directory writes it; null if this is no token. */
function entryUuidOf(text: string): string | null {
  const hex = SHAPE.exec(text)?.[1]
  return hex === undefined ? null : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A use that cannot be noted does not keep the person from it; someone else's note of the same moment will do. */
async function noteUse(authority: Authority, document: FoundDocument, facts: TokenFacts): Promise<void> {
  const now = Date.now()
  if (facts.usedAt !== null && now - Date.parse(facts.usedAt) < USE_STEP) return
  const description = JSON.stringify({ ...facts, usedAt: new Date(now).toISOString() })
  const noted = await replaceDocument(authority, document, { version: document.version, description })
  if (noted.status === 'done' || (noted.status === 'refused' && noted.resultCode === ASSERTION_FAILED)) return
  audit({
    event: 'alias by token',
    outcome: 'accepted',
    dn: authority.person.dn,
    token: facts.name,
    diagnostic: `its use could not be noted: ${noted.diagnostic}`,
  })
}

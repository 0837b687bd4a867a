/**
 * token-alias - a random alias for the person whom a token lets in: what a password manager asks for.
 *
 * The same policy, preview, commit and proof as on the person's own page (lib/account/random-alias.ts), in the first
 * domain that is open to the person without anybody's yes. The answer is a status of HTTP with either the alias or
 * one sentence. Each use and each refusal is a line of the audit log.
 */
import 'server-only'
import * as z from 'zod'
import { makeRandomAlias } from '@/lib/account/random-alias'
import { authorityOfToken } from '@/lib/auth/access-token'
import { audit } from '@/lib/auth/audit'
import { mayMakeAlias } from '@/lib/auth/token-limits'
import type { Authority } from '@/lib/directory/authority'
import { aliasDomains, awaitsRequest } from '@/lib/entries/owner-policy'
import { ownerPolicy } from '@/lib/environment'
import type { Text } from '@/lib/words/text'

/** Longer notes are cut: a note is a help, and no reason to refuse. */
const LONGEST_NOTE = 200

/** What a program may send: everything may be missing. */
const tokenWish = z.object({ note: z.string().nullish() })

export interface Wish {
  /** The text of the header Authentication. */
  readonly token: string
  readonly mode: string | null
  /** The site that the alias is for; some programs send a whole address. */
  readonly hostname: string | null
  /** The parsed body. */
  readonly body: unknown
}

export type AliasAnswer =
  | {
      readonly status: 201
      readonly address: string
      readonly note: string
      readonly mail: string
      readonly madeAt: Date
    }
  | { readonly status: 400 | 401 | 404 | 429 | 503; readonly message: Text }

/** Makes the alias, or says why not. */
export async function makeAliasByToken(wish: Wish, requestHeaders: Headers): Promise<AliasAnswer> {
  const who = await authorityOfToken(wish.token, requestHeaders)
  if (who.status === 'limited') return { status: 429, message: { key: 'tokens.rateLimited' } }
  if (who.status === 'refused') return { status: 401, message: { key: 'tokens.wrongToken' } }
  if (who.status === 'unavailable')
    return { status: 503, message: { key: 'edit.noAnswer', values: { diagnostic: who.diagnostic } } }
  const { authority, name } = who
  const answer = await makeFor(authority, wish)
  const { person, origin } = authority
  const facts = {
    dn: person.dn,
    token: name,
    address: origin.program === 'panel' ? origin.address : null,
  }
  if (answer.status === 201)
    audit({ event: 'alias by token', outcome: 'accepted', ...facts, alias: answer.address })
  else audit({ event: 'alias by token', outcome: 'refused', ...facts, refusal: reasonOf(answer.message) })
  return answer
}

async function makeFor(authority: Authority, wish: Wish): Promise<AliasAnswer> {
  if (!(await mayMakeAlias(authority.person.dn)))
    return { status: 429, message: { key: 'tokens.rateLimited' } }
  const parsed = tokenWish.safeParse(wish.body ?? {})
  if (!parsed.success) return { status: 400, message: { key: 'tokens.malformed' } }
  const policy = ownerPolicy()
  if (!policy.aliases) return { status: 400, message: { key: 'tokens.aliasesOff' } }
  const { mail } = authority.person
  const domain = aliasDomains(policy, mail).find((name) => !awaitsRequest(policy, `x@${name}`))
  if (domain === undefined) return { status: 400, message: { key: 'tokens.needsRequest' } }
  const note = (parsed.data.note ?? hostOf(wish.hostname)).trim().slice(0, LONGEST_NOTE)
  const kind = wish.mode === 'uuid' ? 'characters' : 'words'
  const made = await makeRandomAlias(authority, { kind, domain, note })
  return made.status === 'made'
    ? { status: 201, address: made.address, note, mail, madeAt: new Date() }
    : { status: 400, message: made.message }
}

function hostOf(hostname: string | null): string {
  if (hostname === null) return ''
  return URL.canParse(hostname) ? new URL(hostname).hostname : hostname
}

function reasonOf(message: Text): string {
  return typeof message === 'string' ? message : message.key
}

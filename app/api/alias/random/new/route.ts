/**
 * POST /api/alias/random/new - makes a random alias for the person whose token is in the header Authentication.
 *
 * As in the documentation of SimpleLogin's interface (github.com/simple-login/app, docs/api.md), which Bitwarden and
 * others speak: `hostname` and `mode` in the query, an optional note in the body, 201 with the alias, else a status
 * of 4xx with {"error"}. Not there at all unless API_TOKENS is set. Cookies are not looked at.
 */
import { createHash } from 'node:crypto'
import { CROSS_ORIGIN } from '@/app/api/alias/cross-origin'
import { getText } from '@/components/words/server'
import { hasTokens } from '@/lib/auth/access-token'
import { type AliasAnswer, makeAliasByToken } from '@/lib/tokens/token-alias'
import type { Text } from '@/lib/words/text'

const MOST_OCTETS = 4096

/** Makes the alias. */
export async function POST(request: Request): Promise<Response> {
  if (!hasTokens()) return refusal(404, { key: 'tokens.off' })
  const text = await readBody(request)
  if (text === null) return refusal(413, { key: 'tokens.tooLong' })
  const body = parse(text)
  if (body === undefined) return refusal(400, { key: 'tokens.malformed' })
  const { searchParams } = new URL(request.url)
  const wish = {
    token: request.headers.get('authentication') ?? '',
    mode: searchParams.get('mode'),
    hostname: searchParams.get('hostname'),
    body,
  }
  const answer = await makeAliasByToken(wish, request.headers)
  if (answer.status !== 201) return refusal(answer.status, answer.message)
  return Response.json(shown(answer), { status: 201, headers: CROSS_ORIGIN })
}

/** For browsers that ask first whether they may. */
export function OPTIONS(): Response {
  return new Response(null, { status: hasTokens() ? 204 : 404, headers: CROSS_ORIGIN })
}

async function refusal(status: number, message: Text): Promise<Response> {
  const text = await getText()
  return Response.json({ error: text(message) }, { status, headers: CROSS_ORIGIN })
}

/** The body as text; null if it is longer than any that a program sends. */
async function readBody(request: Request): Promise<string | null> {
  const parts: Uint8Array[] = []
  let octets = 0
  for await (const part of request.body ?? []) {
    octets += part.length
    if (octets > MOST_OCTETS) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** An object of JSON, or nothing at all; undefined for anything else. */
function parse(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The alias in the documented form. What this panel does not count or keep is zero or null. */
function shown({ address, note, mail, madeAt }: Extract<AliasAnswer, { status: 201 }>): object {
  const mailbox = { email: mail, id: numberOf(mail) }
  return {
    alias: address,
    creation_date: `${madeAt.toISOString().slice(0, 19).replace('T', ' ')}+00:00`,
    creation_timestamp: Math.floor(madeAt.getTime() / 1000),
    disable_pgp: false,
    email: address,
    enabled: true,
    id: numberOf(address),
    latest_activity: null,
    mailbox,
    mailboxes: [mailbox],
    name: null,
    nb_block: 0,
    nb_forward: 0,
    nb_reply: 0,
    note: note === '' ? null : note,
    pinned: false,
    support_pgp: false,
  }
}

/** The interface has numbers for ids; the directory has none, and an address always gives the same. */
function numberOf(address: string): number {
  return createHash('sha256').update(address.toLowerCase()).digest().readUIntBE(0, 6)
}

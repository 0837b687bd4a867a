/**
 * view-as-cookie - the cookie of a postmaster who sees the panel as an owner would.
 *
 * Beside the session's cookie, encrypted like it (RFC 7516), with a key of its own: neither passes for the other.
 * It names the owner and the session that it belongs to; with any other session it says nothing, so that signing
 * in anew ends a view. One that is tampered with is no view, and then the postmaster is just a postmaster.
 */
import 'server-only'
import { encode, getToken } from 'next-auth/jwt'
import { cookies } from 'next/headers'
import * as z from 'zod'
import { panelEnvironment } from '@/lib/environment'
import { usesSecureCookies } from './session-cookie'
import type { SessionFacts } from './session-facts'

const SALT = 'postbook view as another person'
/** Seconds; the session that it belongs to ends before. */
const LIFE = 30 * 24 * 60 * 60

const viewFacts = z.object({
  /** Of the owner. */
  dn: z.string().min(1),
  entryUuid: z.string(),
  /** The postmaster's session. */
  session: z.object({ dn: z.string(), seal: z.string(), signedInAt: z.number() }),
})

/** Whose eyes, and of which session. */
export type ViewFacts = z.output<typeof viewFacts>

/** The view that belongs to this session; null if there is none. */
export async function readViewCookie(headers: Headers, session: SessionFacts): Promise<ViewFacts | null> {
  const cookie = new Headers({ cookie: headers.get('cookie') ?? '' })
  const { AUTH_SECRET: secret } = panelEnvironment()
  const token = await getToken({ req: { headers: cookie }, secret, salt: SALT, cookieName: cookieName() })
  const facts = viewFacts.safeParse(token?.['view'])
  if (!facts.success) return null
  const { dn, seal, signedInAt } = facts.data.session
  const isOfSession = dn === session.dn && seal === session.seal && signedInAt === session.signedInAt
  return isOfSession ? facts.data : null
}

/** Puts the cookie into the answer to this request. */
export async function setViewCookie({ dn, entryUuid, session }: ViewFacts): Promise<void> {
  const { AUTH_SECRET: secret } = panelEnvironment()
  const view: ViewFacts = {
    dn,
    entryUuid,
    session: { dn: session.dn, seal: session.seal, signedInAt: session.signedInAt },
  }
  const value = await encode({ token: { view }, secret, salt: SALT, maxAge: LIFE })
  const jar = await cookies()
  // Without a time: gone when the browser is closed.
  jar.set(cookieName(), value, { httpOnly: true, sameSite: 'strict', path: '/', secure: usesSecureCookies() })
}

/** Takes the cookie away. */
export async function removeViewCookie(): Promise<void> {
  const jar = await cookies()
  jar.delete({ name: cookieName(), path: '/', secure: usesSecureCookies() })
}

/** The prefix makes browsers insist on TLS (RFC 6265bis section 4.1.3). */
function cookieName(): string {
  return `${usesSecureCookies() ? '__Secure-' : ''}postbook.view-as`
}

/**
 * session-cookie - reads the session's cookie and prolongs it while it is in use.
 *
 * The cookie is next-auth's: an encrypted JWT (RFC 7516) that nobody without AUTH_SECRET can make or read. One
 * that is expired, tampered with or not ours is no session. It lives for eight hours; a page that is opened with
 * a cookie older than fifteen minutes gets a new one, with everything in it but the times as before.
 */
import 'server-only'
import { encode, getToken } from 'next-auth/jwt'
import { type NextRequest, NextResponse } from 'next/server'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import { panelEnvironment } from '@/lib/environment'
import { type SessionFacts, sessionFacts } from './session-facts'

/** Seconds. */
export const SESSION_LIFE = 8 * 60 * 60
const PROLONGED_AFTER = 15 * 60

/** Browsers send cookies marked as secure over TLS alone. */
export function usesSecureCookies(): boolean {
  return panelEnvironment().AUTH_URL.startsWith('https:')
}

/** What the cookie of a request says; null without a valid one. */
export async function readSessionCookie(headers: Headers): Promise<SessionFacts | null> {
  const token = await tokenOf(headers)
  const facts = sessionFacts.safeParse(token?.['facts'])
  return facts.success ? facts.data : null
}

/** For proxy.ts: passes the request on and, where it is time, puts a new cookie into the answer. */
export async function prolongSession(request: NextRequest): Promise<NextResponse> {
  const response = NextResponse.next()
  // Only pages: the answer to an action that signs out must not bring the session back.
  if (request.method !== 'GET') return response
  try {
    const token = await tokenOf(request.headers)
    if (token?.iat === undefined || Date.now() / 1000 - token.iat < PROLONGED_AFTER) return response
    const { AUTH_SECRET: secret } = panelEnvironment()
    const value = await encode({ token, secret, salt: cookieName(), maxAge: SESSION_LIFE })
    // The same as next-auth sets at the sign-in.
    response.cookies.set(cookieName(), value, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: usesSecureCookies(),
      expires: new Date(Date.now() + SESSION_LIFE * 1000),
    })
  } catch (error) {
    // The sign-in page names the wrong setting.
    if (!(error instanceof ConfigurationProblem)) throw error
  }
  return response
}

/** next-auth's own names; the prefix makes browsers insist on TLS (RFC 6265bis section 4.1.3). */
function cookieName(): string {
  return `${usesSecureCookies() ? '__Secure-' : ''}authjs.session-token`
}

async function tokenOf(headers: Headers) {
  // Only the cookie: getToken would take a bearer token too, which nobody asked for.
  const cookie = new Headers({ cookie: headers.get('cookie') ?? '' })
  const { AUTH_SECRET: secret } = panelEnvironment()
  return getToken({ req: { headers: cookie }, secret, secureCookie: usesSecureCookies(), salt: cookieName() })
}

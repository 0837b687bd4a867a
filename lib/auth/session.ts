/**
 * session - next-auth's configuration: how a session begins and ends.
 *
 * Passwords are checked by sign-in.ts, which hands over a ticket: an encrypted token of one minute that never
 * leaves the server. So there is one way in for passwords, and it counts attempts. The session itself is in the
 * cookie (session-facts.ts), without roles: those are read from the directory for each request.
 */
import 'server-only'
import NextAuth, { CredentialsSignin, type User } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import Credentials from 'next-auth/providers/credentials'
import { panelEnvironment } from '@/lib/environment'
import { auditText } from './audit'
import { log } from './log'
import { OPEN_ID, openIdProvider, type OpenIdRefusal } from './open-id'
import { SESSION_LIFE, usesSecureCookies } from './session-cookie'
import { type SessionFacts, sessionFacts } from './session-facts'

declare module 'next-auth' {
  interface User {
    readonly facts?: SessionFacts
    readonly refusal?: OpenIdRefusal
  }
}

const TICKET = 'postbook sign-in ticket'
const TICKET_LIFE = 60

/** A ticket for a person whose password has been checked. */
export function ticketFor(facts: SessionFacts): Promise<string> {
  const { AUTH_SECRET: secret } = panelEnvironment()
  return encode({ token: { facts }, secret, salt: TICKET, maxAge: TICKET_LIFE })
}

async function userOfTicket(ticket: unknown): Promise<User | null> {
  if (typeof ticket !== 'string') return null
  const { AUTH_SECRET: secret } = panelEnvironment()
  const token = await decode({ token: ticket, secret, salt: TICKET })
  const facts = sessionFacts.safeParse(token?.['facts'])
  return facts.success ? { id: facts.data.dn, facts: facts.data } : null
}

export const { handlers, signIn, signOut } = NextAuth(() => {
  const { AUTH_SECRET, openId } = panelEnvironment()
  return {
    secret: AUTH_SECRET,
    trustHost: true,
    useSecureCookies: usesSecureCookies(),
    pages: { signIn: '/sign-in', error: '/sign-in' },
    session: { strategy: 'jwt', maxAge: SESSION_LIFE },
    providers: [
      Credentials({ credentials: { ticket: {} }, authorize: ({ ticket }) => userOfTicket(ticket) }),
      ...(openId === null ? [] : [openIdProvider(openId)]),
    ],
    callbacks: {
      signIn: ({ user, account }) =>
        account?.provider !== OPEN_ID || user.facts !== undefined
          ? true
          : `/sign-in?code=${user.refusal ?? 'provider'}`,
      // Called with a user at the sign-in alone. Nothing of next-auth's own defaults is kept.
      jwt: ({ token, user }) =>
        (user as User | undefined)?.facts === undefined ? token : { facts: user.facts },
    },
    logger: {
      error: (error) => {
        if (error instanceof CredentialsSignin) return
        const cause: unknown = error.cause instanceof Error ? error.cause : causeOf(error.cause)
        log.error(
          {
            error: auditText(error.message),
            type: error.name,
            ...(cause instanceof Error ? { cause: auditText(cause.message) } : {}),
          },
          'sign-in failed',
        )
      },
      warn: (code) => {
        log.warn({ code }, 'sign-in')
      },
      debug: () => undefined,
    },
  }
})

/** next-auth wraps what went wrong as `err`. */
function causeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'err' in cause ? cause.err : undefined
}

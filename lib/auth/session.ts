/**
 * session - the session: a signed cookie that carries the DN of the person who signed in, nothing more.
 *
 * Roles are not in the cookie; they are read from the directory for each request (current-authority), so that
 * a role that is taken away is gone at once.
 */
import 'server-only'
import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { panelEnvironment } from '@/lib/environment'
import { checkCredentials, type SignInRefusal } from './credentials'
import { log } from './log'

class SignInRefused extends CredentialsSignin {
  constructor(refusal: SignInRefusal) {
    super()
    this.code = refusal
  }
}

const EIGHT_HOURS = 8 * 60 * 60

export const { handlers, auth, signIn, signOut } = NextAuth(() => ({
  secret: panelEnvironment().AUTH_SECRET,
  trustHost: true,
  pages: { signIn: '/sign-in', error: '/sign-in' },
  session: { strategy: 'jwt', maxAge: EIGHT_HOURS },
  providers: [
    Credentials({
      credentials: { name: {}, password: {} },
      authorize: async ({ name, password }) => {
        const result = await checkCredentials(name, password)
        if (result.status === 'refused') throw new SignInRefused(result.refusal)
        return { id: result.person.dn, name: result.person.name, email: result.person.mail }
      },
    }),
  ],
  callbacks: {
    session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub ?? '' } }),
  },
  // A wrong password is no error of the panel: one line, no stack. The refusal is logged by checkCredentials.
  logger: {
    error: (error) => {
      if (!(error instanceof CredentialsSignin)) log.error({ error: error.message }, 'sign-in failed')
    },
    warn: (code) => {
      log.warn({ code }, 'sign-in')
    },
    debug: () => undefined,
  },
}))

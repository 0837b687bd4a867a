/**
 * sign-in - signing in and out from a form, on the server.
 */
import 'server-only'
import { AuthError, CredentialsSignin } from 'next-auth'
import { signIn, signOut } from './session'

/**
 * Signs in and redirects to the start page (by throwing, as Next.js does), or returns why not.
 * @returns a refusal of credentials.ts, or `other` for a failure of the sign-in itself.
 */
export async function signInByForm(name: unknown, password: unknown): Promise<string> {
  try {
    await signIn('credentials', { name, password, redirectTo: '/' })
    return 'other'
  } catch (reason) {
    if (reason instanceof CredentialsSignin) return reason.code
    if (reason instanceof AuthError) return 'other'
    throw reason
  }
}

/** Ends the session and goes to the sign-in page. */
export async function signOutHere(): Promise<void> {
  await signOut({ redirectTo: '/sign-in' })
}

import type { AuthorityResult } from '@/lib/auth/current-authority'

interface Refusal {
  readonly status: 'refused'
  readonly message: string
}

/** The answer of an action to someone without an authority. */
export function notSignedIn(who: Exclude<AuthorityResult, { status: 'signedIn' }>): Refusal {
  const message =
    who.status === 'signedOut'
      ? 'You are signed out. Sign in in another tab, then load the page again.'
      : `The directory did not answer (${who.message}). Try again.`
  return { status: 'refused', message }
}

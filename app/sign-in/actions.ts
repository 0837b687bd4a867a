'use server'

import { signInByForm } from '@/lib/auth/sign-in'

export interface SignInState {
  /** Why the last attempt was refused; null before the first. */
  readonly code: string | null
  /** What was typed as name, so that it stays in the form. The password never comes back. */
  readonly name: string
}

/** Signs in and goes to the start page, or says why not. Open to everyone: it is the way in. */
export async function signInWithPassword(_previous: SignInState, form: FormData): Promise<SignInState> {
  const name = form.get('name')
  const code = await signInByForm(name, form.get('password'))
  return { code, name: typeof name === 'string' ? name : '' }
}

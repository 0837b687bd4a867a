'use server'

import { currentAuthority } from '@/lib/auth/current-authority'
import { type FormRefusal, setPasswordByForm, signInByForm, signInByProvider } from '@/lib/auth/sign-in'
import type { Text } from '@/lib/words/text'

export interface SignInState {
  /** Why the last attempt was refused: a code of the sign-in page's sentences, or null. */
  readonly code: string | null
  /** What is wrong with the new password. */
  readonly problem: Text | null
  /** What was typed as name, so that it stays in the form. A password never comes back. */
  readonly name: string
  /** `newPassword`: the password is right, and the directory wants another one before anything else. */
  readonly step: 'signIn' | 'newPassword'
}

/** Signs in and goes to the start page, or says why not. Open to everyone: it is the way in. */
export async function signInWithPassword(_previous: SignInState, form: unknown): Promise<SignInState> {
  if (!(form instanceof FormData)) return NOTHING_TYPED
  const name = form.get('name')
  const setsPassword = form.has('newPassword')
  const result = setsPassword
    ? await setPasswordByForm(name, passwordsIn(form), null)
    : await signInByForm(name, form.get('password'))
  return stateOf(result, typeof name === 'string' ? name : '', setsPassword)
}

/** Sets a new password for the person who is signed in; the other sessions end. */
export async function changePassword(_previous: SignInState, form: unknown): Promise<SignInState> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn' || !(form instanceof FormData)) return NOTHING_TYPED
  const result = await setPasswordByForm('', passwordsIn(form), who.authority)
  return stateOf(result, '', true)
}

/** Goes to the provider of OpenID Connect. */
export async function signInWithProvider(): Promise<void> {
  await signInByProvider()
}

const NOTHING_TYPED: SignInState = { code: 'wrong', problem: null, name: '', step: 'signIn' }

function passwordsIn(form: FormData) {
  return {
    current: form.get('password'),
    next: form.get('newPassword'),
    repeated: form.get('repeatedPassword'),
  }
}

function stateOf(result: FormRefusal, name: string, setsPassword: boolean): SignInState {
  const step = setsPassword ? 'newPassword' : 'signIn'
  switch (result.status) {
    case 'refused':
      if (setsPassword && result.refusal === 'wrong')
        return { code: null, problem: { key: 'signIn.unfit.currentWrong' }, name, step }
      return { code: result.refusal, problem: null, name, step }
    case 'mustChange':
      return { code: null, problem: null, name, step: 'newPassword' }
    case 'unfit':
      return { code: null, problem: result.reason, name, step }
  }
}

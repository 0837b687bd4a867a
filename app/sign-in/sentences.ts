/**
 * sentences - what the sign-in pages say for each code of a refusal. A code that is not here has the last one.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  wrong: 'Name or password is wrong, or this mailbox is disabled or locked. Check them and try again.',
  limited: 'There were too many wrong passwords. Wait five minutes and try again.',
  locked: 'This account is locked after too many wrong passwords. Try again later, or ask your postmaster.',
  expired: 'This password has expired. Ask your postmaster for a new one.',
  unavailable: 'The directory does not answer, so nobody can sign in. Try again, or tell your postmaster.',
  changed: 'The password is changed. Sign in with the new one.',
  ended: 'Your session has ended. Sign in again.',
  everywhere: 'You are signed out everywhere.',
  unverified: 'The provider has not verified your mail address, so it cannot be used here.',
  unmatched: 'There is no enabled mailbox for the account that you signed in with. Ask your postmaster.',
  provider: 'Signing in with the provider did not work. Try again, or tell your postmaster.',
}
const OTHER = 'Signing in did not work. Try again.'

/** Codes that are no failure. */
const CALM = ['changed', 'ended', 'everywhere']

/** The sentence for a code. */
export function sentenceOf(code: string): string {
  return Object.hasOwn(SENTENCES, code) ? (SENTENCES[code] ?? OTHER) : OTHER
}

/** Whether it is said in passing and not as a refusal. */
export function isCalm(code: string): boolean {
  return CALM.includes(code)
}

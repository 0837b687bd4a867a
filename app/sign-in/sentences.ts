/**
 * sentences - what the sign-in pages say for each code of a refusal. A code that is not here has a sentence too.
 */
import type { Phrase } from '@/lib/words/text'

const CODES = [
  'wrong',
  'limited',
  'locked',
  'expired',
  'unavailable',
  'changed',
  'ended',
  'everywhere',
  'unverified',
  'unmatched',
  'provider',
] as const

/** Codes that are no failure. */
const CALM = ['changed', 'ended', 'everywhere']

/** The sentence for a code. */
export function sentenceOf(code: string): Phrase {
  return { key: `signIn.code.${CODES.find((known) => known === code) ?? 'other'}` }
}

/** Whether it is said in passing and not as a refusal. */
export function isCalm(code: string): boolean {
  return CALM.includes(code)
}

/**
 * lookup-answer - a lookup result as it is shown, compared, and asked again by hand.
 *
 * The four outcomes stay apart: an error is neither "not found" nor an empty list. Authority: postmap(1).
 */
import type { LookupResult } from '@/lib/postfix/lookup-result'
import { NOT_EVALUATED } from '@/lib/postfix/plain-maps'
import { UNPREDICTABLE } from '@/lib/changes/overlay/pending-entries'
import type { LookupAnswer, LookupDifference } from '@/lib/changes/preview-result'

/** The part of a result that is shown. */
export function answerOf(result: LookupResult): LookupAnswer {
  switch (result.status) {
    case 'found':
      return { status: 'found', value: result.value, values: result.values, problem: null }
    case 'notFound':
      return { status: 'notFound', value: null, values: [], problem: null }
    case 'temporaryError':
    case 'configurationError':
      return { status: result.status, value: null, values: [], problem: problemOf(result) }
  }
}

/** How an answer differs; an error that comes or goes is a change. */
export function differenceBetween(before: LookupAnswer, after: LookupAnswer): LookupDifference {
  if (before.status === after.status && before.value === after.value) return 'same'
  if (before.status === 'notFound' && after.status === 'found') return 'added'
  if (before.status === 'found' && after.status === 'notFound') return 'lost'
  return 'changed'
}

/**
 * Whether an answer is the promised one; where none could be predicted, none was promised. The order of values
 * is promised too, unless they come from several entries: their order is the server's choice, and may change
 * with an index.
 */
export function isAsPromised(promised: LookupResult, now: LookupResult): boolean {
  if (isUnpredictable(promised)) return true
  const [one, other] = [answerOf(promised), answerOf(now)]
  if (differenceBetween(one, other) === 'same') return true
  if (one.status !== 'found' || other.status !== 'found') return false
  return (
    readsSeveralEntries(promised) &&
    readsSeveralEntries(now) &&
    [...one.values].sort().join('\0') === [...other.values].sort().join('\0')
  )
}

/** Whether a lookup failed only because the overlay would not guess. */
export function isUnpredictable(result: LookupResult): boolean {
  return result.diagnostics.some(({ code }) => code.endsWith(`:${UNPREDICTABLE}`))
}

/** Whether a lookup failed because its result is over a limit of the table (ldap_table(5)). */
export function isOverLimit(result: LookupResult): boolean {
  return (
    result.status === 'temporaryError' && result.diagnostics.some(({ code }) => code.startsWith('limit.'))
  )
}

/** The shell command that asks a table for a key. */
export function postmapCommand(map: string, key: string): string {
  // postmap reads keys from its input when the key is a lone hyphen.
  if (key === '-') return `printf '%s\\n' - | postmap -q - ${shellWord(map)}`
  return `postmap -q ${shellWord(key)} ${shellWord(map)}`
}

function problemOf(result: LookupResult): string {
  if (isUnpredictable(result)) return 'This answer cannot be predicted.'
  const said = result.diagnostics.filter(({ code }) => code !== NOT_EVALUATED).map(({ text }) => text.trim())
  return said.length > 0 ? said.join('; ') : 'The lookup failed.'
}

function readsSeveralEntries(result: LookupResult): boolean {
  return result.steps.some((step) => step.entries !== null && step.entries.length > 1)
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

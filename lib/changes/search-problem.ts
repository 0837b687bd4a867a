/**
 * search-problem - why a search gave no answer: the server's own words, else its result code. Pure.
 */
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Text } from '@/lib/words/text'

/** What there is to say about a failed search. */
export function searchProblem({ diagnostic, resultCode }: SearchFailure): Text {
  return diagnostic === '' ? { key: 'refusals.resultCode', values: { code: resultCode } } : diagnostic
}

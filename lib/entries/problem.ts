/**
 * problem - what is wrong with a field of a form, to be shown beside it. Pure.
 */
import type { Text } from '@/lib/words/text'

/** A problem with a field; in a field that is a list, `index` is the place in it. */
export interface Problem<Field extends string = string> {
  readonly field: Field
  readonly index: number | null
  readonly message: Text
}

/**
 * lookup-report - what the lookups screen shows: plain data, without server code.
 */
import type { LookupAnswer } from '@/lib/changes/preview-result'
import type { LookupStep } from '@/lib/postfix/lookup-result'

/** One table's answer for one key. */
export interface TableAnswer {
  /** main.cf parameter that names the table, for example `virtual_alias_maps`. */
  readonly parameter: string
  readonly map: string
  readonly key: string
  readonly answer: LookupAnswer
  /** The searches that were made, with the key filled in. */
  readonly searches: readonly LookupStep[]
  /** Why no search was made; null if one was. */
  readonly skipped: string | null
  /** The shell command that asks the same question. */
  readonly command: string
  /** From question to answer, all round trips included. */
  readonly milliseconds: number
}

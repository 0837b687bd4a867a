/**
 * write-report - what is in the directory after a commit that did not come to its end, in words. Pure.
 */
import type { CommitResult } from '@/lib/changes/preview-result'
import type { StepState } from '@/lib/changes/journal/recovery-state'
import { sentences, someOf } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'

type Partial = Extract<CommitResult, { status: 'partial' }>

/**
 * The answer for a commit that is not wholly in the directory, or may not stay there.
 * @param states of each write
 * @param reason what happened
 * @param journal names the commit
 */
export function partialResult(
  writes: readonly { readonly change: { readonly dn: string } }[],
  states: readonly StepState[],
  reason: Text,
  journal: string,
): Partial {
  const named = (isMeant: (state: StepState) => boolean): readonly string[] =>
    writes.flatMap(({ change }, at) => (isMeant(states[at] ?? 'unknown') ? [change.dn] : []))
  const written = named((state) => state === 'done')
  const notWritten = named((state) => state === 'notDone')
  const unknown = named((state) => state === 'changed' || state === 'unknown')
  const told: Text =
    written.length === 0
      ? { key: 'refusals.nothingElse' }
      : {
          key: 'refusals.written',
          values: { written: written.length, count: writes.length, names: listed(written) },
        }
  const others: readonly Text[] = [
    ...(unknown.length === 0
      ? []
      : [{ key: 'refusals.unknown', values: { names: listed(unknown) } } as const]),
    ...(notWritten.length === 0
      ? []
      : [{ key: 'refusals.notWritten', values: { names: listed(notWritten) } } as const]),
  ]
  const message = sentences(reason, told, ...others, { key: 'refusals.canRecover' })
  return { status: 'partial', written, notWritten, unknown, journal, message }
}

/** The states of the writes of a commit that stopped at one of them. */
export function statesAt(count: number, at: number, state: StepState): readonly StepState[] {
  return Array.from({ length: count }, (_, place) => (place < at ? 'done' : place === at ? state : 'notDone'))
}

/** Names in a sentence, not too many. */
export function listed(names: readonly string[]): Text {
  return someOf([...new Set(names)], '; ')
}

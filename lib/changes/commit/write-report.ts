/**
 * write-report - what is in the directory after a commit that did not come to its end, as a sentence. Pure.
 */
import type { CommitResult } from '@/lib/changes/preview-result'
import type { StepState } from '@/lib/changes/journal/recovery-state'

/** As many names as a sentence can carry. */
const NAMES_SHOWN = 5

type Partial = Extract<CommitResult, { status: 'partial' }>

/**
 * The answer for a commit that is not wholly in the directory, or may not stay there.
 * @param states of each write
 * @param reason what happened, as a sentence
 * @param journal names the commit
 */
export function partialResult(
  writes: readonly { readonly change: { readonly dn: string } }[],
  states: readonly StepState[],
  reason: string,
  journal: string,
): Partial {
  const named = (isMeant: (state: StepState) => boolean): readonly string[] =>
    writes.flatMap(({ change }, at) => (isMeant(states[at] ?? 'unknown') ? [change.dn] : []))
  const written = named((state) => state === 'done')
  const notWritten = named((state) => state === 'notDone')
  const unknown = named((state) => state === 'changed' || state === 'unknown')
  const verb = written.length === 1 ? 'is' : 'are'
  const sentences = [
    reason,
    written.length === 0
      ? 'Nothing else was written.'
      : `In the directory ${verb} ${written.length} of ${writes.length} writes: ${listed(written)}.`,
    unknown.length === 0 ? '' : `Not known is what became of the write to ${listed(unknown)}.`,
    notWritten.length === 0 ? '' : `Not written: ${listed(notWritten)}.`,
    'The commit can be continued or undone.',
  ]
  const message = sentences.filter((sentence) => sentence !== '').join(' ')
  return { status: 'partial', written, notWritten, unknown, journal, message }
}

/** The states of the writes of a commit that stopped at one of them. */
export function statesAt(count: number, at: number, state: StepState): readonly StepState[] {
  return Array.from({ length: count }, (_, place) => (place < at ? 'done' : place === at ? state : 'notDone'))
}

/** Names in a sentence, not too many. */
export function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)]
  const more = distinct.length - NAMES_SHOWN
  const shown = distinct.slice(0, NAMES_SHOWN).join('; ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

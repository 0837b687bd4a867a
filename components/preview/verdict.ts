/**
 * verdict - what becomes of mail to an address, in words: delivered to, forwarded to, rejected because, and so on.
 *
 * Each has a symbol beside its colour, so that it can be read without it.
 */
import type { TraceSummary } from '@/lib/changes/preview-result'
import type { Phrase, Text } from '@/lib/words/text'

export interface Verdict {
  readonly kind: 'arrives' | 'refused' | 'unknown'
  readonly symbol: string
  /** Each stands once among the verdicts on an address. */
  readonly word: Phrase
  readonly text: Text
}

type Word = 'delivered' | 'forwarded' | 'local' | 'returned' | 'deferred'

/** The verdicts on one address; several where copies go different ways. */
export function verdictsOf(summary: TraceSummary): readonly Verdict[] {
  const { problem, accepted, reply, deliveries, forwards, locals, bounces, deferrals } = summary
  if (problem !== null)
    return [{ kind: 'unknown', symbol: '?', word: { key: 'preview.verdict.unknown' }, text: problem }]
  if (!accepted) {
    const text = reply ?? { key: 'preview.verdict.refused' as const }
    return [{ kind: 'refused', symbol: '×', word: { key: 'preview.verdict.rejected' }, text }]
  }
  const list = (
    kind: Verdict['kind'],
    symbol: string,
    word: Word,
    names: readonly string[],
  ): readonly Verdict[] =>
    names.length === 0
      ? []
      : [{ kind, symbol, word: { key: `preview.verdict.${word}` }, text: [...names].sort().join(', ') }]
  const reasons = (undelivered: TraceSummary['bounces']): readonly string[] =>
    undelivered.map(({ address, reason }) => `${address} (${reason})`)
  const verdicts = [
    ...list('arrives', '✓', 'delivered', deliveries),
    ...list('arrives', '→', 'forwarded', forwards),
    ...list('arrives', '✓', 'local', locals),
    ...list('refused', '×', 'returned', reasons(bounces)),
    ...list('unknown', '!', 'deferred', reasons(deferrals)),
  ]
  return verdicts.length > 0
    ? verdicts
    : [{ kind: 'refused', symbol: '×', word: { key: 'preview.verdict.discarded' }, text: '' }]
}

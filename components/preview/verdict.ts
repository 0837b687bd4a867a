/**
 * verdict - what becomes of mail to an address, in words: delivered to, forwarded to, rejected because, and so on.
 *
 * Each has a symbol beside its colour, so that it can be read without it.
 */
import type { TraceSummary } from '@/lib/changes/preview-result'

export interface Verdict {
  readonly kind: 'arrives' | 'refused' | 'unknown'
  readonly symbol: string
  readonly word: string
  readonly text: string
}

/** The verdicts on one address; several where copies go different ways. */
export function verdictsOf(summary: TraceSummary): readonly Verdict[] {
  const { problem, accepted, reply, deliveries, forwards, locals, bounces, deferrals } = summary
  if (problem !== null) return [{ kind: 'unknown', symbol: '?', word: 'cannot be told:', text: problem }]
  if (!accepted)
    return [{ kind: 'refused', symbol: '×', word: 'rejected because', text: reply ?? 'it is refused' }]
  const list = (
    kind: Verdict['kind'],
    symbol: string,
    word: string,
    names: readonly string[],
  ): readonly Verdict[] =>
    names.length === 0 ? [] : [{ kind, symbol, word, text: [...names].sort().join(', ') }]
  const reasons = (undelivered: TraceSummary['bounces']): readonly string[] =>
    undelivered.map(({ address, reason }) => `${address} (${reason})`)
  const verdicts = [
    ...list('arrives', '✓', 'delivered to', deliveries),
    ...list('arrives', '→', 'forwarded to', forwards),
    ...list('arrives', '✓', 'delivered on the mail server to', locals),
    ...list('refused', '×', 'returned to the sender for', reasons(bounces)),
    ...list('unknown', '!', 'kept in the queue for', reasons(deferrals)),
  ]
  return verdicts.length > 0 ? verdicts : [{ kind: 'refused', symbol: '×', word: 'discarded', text: '' }]
}

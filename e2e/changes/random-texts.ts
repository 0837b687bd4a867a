/**
 * random-texts - answers and traces as texts that can be compared, for the random lists.
 */
import type { LookupAnswer, TraceSummary } from '@/lib/changes/preview-result'
import type { RealAnswer } from './real-answers'

/** The order of several entries is the server's choice: it may follow numbers, names or an index. */
export function inAnyOrder(text: string): string {
  return text.replaceAll('"', '').split(',').sort().join()
}

export function textOf({ status, value }: LookupAnswer): string {
  return status === 'found' ? `"${value ?? ''}"` : status === 'notFound' ? 'nothing' : 'an error'
}

export function realText(answer: RealAnswer | undefined): string {
  if (answer === undefined || answer === null) return 'nothing'
  return answer === 'error' ? 'an error' : `"${answer.value}"`
}

/** What the order of the server's entries cannot change. */
export function summaryText(summary: TraceSummary): string {
  const { recipients, deliveries, forwards, locals, ...rest } = summary
  return JSON.stringify([rest, ...[recipients, deliveries, forwards, locals].map((list) => [...list].sort())])
}

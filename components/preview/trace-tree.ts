/**
 * trace-tree - a trace as the tree that is drawn: address → aliases → recipients → where each copy ends.
 */
import type { Trace } from '@/lib/postfix/trace'

export type TraceEnd =
  'delivered' | 'forwarded' | 'local' | 'bounced' | 'deferred' | 'rejected' | 'unknown' | 'loop'

export type TraceNode =
  | {
      readonly type: 'address'
      readonly address: string
      readonly note: string | null
      readonly children: readonly TraceNode[]
    }
  | { readonly type: 'end'; readonly end: TraceEnd; readonly text: string }

/** The tree of a trace; the root is the address that was asked for. */
export function traceTree(trace: Trace): TraceNode {
  if (trace.problem !== null) return address(trace.address, null, [end('unknown', trace.problem)])
  if (!trace.accepted) return address(trace.address, null, [end('rejected', trace.reply ?? 'refused')])
  return branch(trace, trace.address, new Set())
}

function branch(trace: Trace, of: string, above: ReadonlySet<string>): TraceNode {
  const key = of.toLowerCase()
  const expansion = trace.steps.find(
    (step) => step.type === 'expanded' && step.phase === 'cleanup' && step.address.toLowerCase() === key,
  )
  if (above.has(key)) return address(of, null, [end('loop', 'comes back to itself')])
  if (expansion?.type !== 'expanded') return address(of, null, endsOf(trace, key))
  const inside = new Set([...above, key])
  const children = expansion.addresses.map((next) =>
    next.toLowerCase() === key
      ? address(next, 'keeps a copy', endsOf(trace, key))
      : branch(trace, next, inside),
  )
  return address(of, expansion.parameter, children)
}

function endsOf(trace: Trace, key: string): readonly TraceNode[] {
  const is = (candidate: string): boolean => candidate.toLowerCase() === key
  const bounce = trace.bounces.find((undelivered) => is(undelivered.address))
  const deferral = trace.deferrals.find((undelivered) => is(undelivered.address))
  if (bounce !== undefined) return [end('bounced', bounce.reason)]
  if (deferral !== undefined) return [end('deferred', deferral.reason)]
  if (trace.deliveries.some(is)) return [end('delivered', `mailbox, over ${transportOf(trace, key)}`)]
  if (trace.forwards.some(is)) return [end('forwarded', 'sent on to another server')]
  if (trace.locals.some(is)) return [end('local', 'delivered on the mail server itself')]
  return []
}

function transportOf(trace: Trace, key: string): string {
  const step = trace.steps.find(
    (candidate) =>
      candidate.type === 'classified' &&
      candidate.phase === 'delivery' &&
      candidate.address.toLowerCase() === key,
  )
  return step?.type === 'classified' ? step.transport.toUpperCase() : 'the virtual transport'
}

function address(text: string, note: string | null, children: readonly TraceNode[]): TraceNode {
  return { type: 'address', address: text, note, children }
}

function end(kind: TraceEnd, text: string): TraceNode {
  return { type: 'end', end: kind, text }
}

/**
 * trace-tree - a trace as a tree: address → what its aliases make of it → where each copy ends.
 *
 * For pictures and for text alike. An address that comes back to itself ends its branch: as "keeps a copy"
 * where it is one of its own aliases, which Postfix stops at (cleanup_map1n.c).
 */
import type { Trace } from './trace'

export type TraceEnd =
  'delivered' | 'forwarded' | 'local' | 'bounced' | 'deferred' | 'rejected' | 'discarded' | 'unknown'

export type TraceNode = TraceAddress | TraceOutcome

export interface TraceAddress {
  readonly type: 'address'
  readonly address: string
  /** The parameter whose table expanded the address; null if none did. */
  readonly expandedBy: string | null
  /** Whether this is the address itself among its own aliases. */
  readonly keepsCopy: boolean
  readonly children: readonly TraceNode[]
}

export interface TraceOutcome {
  readonly type: 'outcome'
  readonly end: TraceEnd
  /** The reply, the reason, or `transport:nexthop`. */
  readonly detail: string
}

/** The tree of a trace; the root is the address that was asked for. */
export function traceTree(trace: Trace): TraceAddress {
  if (trace.problem !== null) return leaf(trace.address, [outcome('unknown', trace.problem)])
  if (!trace.accepted) return leaf(trace.address, [outcome('rejected', trace.reply ?? '')])
  return branch(trace, trace.address, new Set())
}

function branch(trace: Trace, address: string, above: ReadonlySet<string>): TraceAddress {
  const key = address.toLowerCase()
  const expansion = trace.steps.find(
    (step) => step.type === 'expanded' && step.phase === 'cleanup' && step.address.toLowerCase() === key,
  )
  if (above.has(key)) return { ...leaf(address, outcomesOf(trace, address)), keepsCopy: true }
  if (expansion?.type !== 'expanded') return leaf(address, outcomesOf(trace, address))
  const inside = new Set([...above, key])
  const children = expansion.addresses.map((next) => branch(trace, next, inside))
  return { type: 'address', address, expandedBy: expansion.parameter, keepsCopy: false, children }
}

/** What becomes of one recipient; none for a duplicate that was removed. */
function outcomesOf(trace: Trace, recipient: string): readonly TraceOutcome[] {
  const address = resolvedFrom(trace, recipient)
  const is = (other: string): boolean => other.toLowerCase() === address.toLowerCase()
  const bounce = trace.bounces.find((one) => is(one.address))
  if (bounce !== undefined) return [outcome('bounced', bounce.reason)]
  const deferral = trace.deferrals.find((one) => is(one.address))
  if (deferral !== undefined) return [outcome('deferred', deferral.reason)]
  const route = routeOf(trace, is)
  if (trace.deliveries.some(is)) return [outcome('delivered', route)]
  if (trace.forwards.some(is)) return [outcome('forwarded', route)]
  if (trace.locals.some(is)) return [outcome('local', route)]
  const stop = trace.steps.find(
    (step) => step.type === 'stopped' && step.phase === 'delivery' && is(step.address),
  )
  return stop?.type === 'stopped' ? [outcome('discarded', stop.reason)] : []
}

/** The address as the queue manager resolved it, which the lists of a trace name. */
function resolvedFrom(trace: Trace, recipient: string): string {
  const step = trace.steps.find(
    (one) => one.type === 'rewritten' && one.phase === 'delivery' && one.from === recipient,
  )
  return step?.type === 'rewritten' ? step.to : recipient
}

function routeOf(trace: Trace, is: (address: string) => boolean): string {
  const step = trace.steps.find(
    (one) => one.type === 'classified' && one.phase === 'delivery' && is(one.address),
  )
  return step?.type === 'classified' ? `${step.transport}:${step.nexthop}` : ''
}

function leaf(address: string, children: readonly TraceOutcome[]): TraceAddress {
  return { type: 'address', address, expandedBy: null, keepsCopy: false, children }
}

function outcome(end: TraceEnd, detail: string): TraceOutcome {
  return { type: 'outcome', end, detail }
}

/**
 * alias-graph - how addresses lead to a mailbox, as a graph: one node for each address, one edge for each step.
 *
 * Built from traces, so that it holds what Postfix does and nothing else. Addresses that differ in case alone are
 * one node. Pure: plain data for pictures and tables.
 */
import type { Trace } from '@/lib/postfix/trace'

/** A step: mail for one address is sent on to another. */
export interface AliasEdge {
  readonly from: string
  readonly to: string
  /** The parameter whose table says so, for example `virtual_alias_maps`. */
  readonly parameter: string
}

export interface AliasGraph {
  /** In lower case; the mailboxes that all lead to first, then by the number of steps to them. */
  readonly addresses: readonly string[]
  readonly edges: readonly AliasEdge[]
}

/** The part of these traces that leads to the targets. */
export function aliasGraph(traces: readonly Trace[], targets: readonly string[]): AliasGraph {
  const all = new Map<string, AliasEdge>()
  for (const { steps } of traces) {
    for (const step of steps) {
      if (step.type !== 'expanded' || step.phase !== 'cleanup') continue
      const from = step.address.toLowerCase()
      for (const address of step.addresses) {
        const to = address.toLowerCase()
        if (from !== to) all.set(`${from} ${to}`, { from, to, parameter: step.parameter })
      }
    }
  }
  const addresses = targets.map((target) => target.toLowerCase())
  const edges: AliasEdge[] = []
  // Breadth first from the targets backwards: nearer addresses come first, loops end by themselves.
  for (let at = 0; at < addresses.length; at += 1) {
    const leading = [...all.values()].filter(({ to }) => to === addresses[at])
    edges.push(...leading)
    for (const { from } of leading) if (!addresses.includes(from)) addresses.push(from)
  }
  return { addresses, edges }
}

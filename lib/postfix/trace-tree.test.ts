import { describe, expect, it } from 'vitest'
import type { Trace, TraceStep } from './trace'
import { type TraceNode, traceTree } from './trace-tree'

const BASE: Trace = {
  address: 'a@d.net',
  accepted: true,
  stage: null,
  reply: null,
  problem: null,
  domainClass: 'virtualMailbox',
  recipients: [],
  deliveries: [],
  forwards: [],
  locals: [],
  bounces: [],
  deferrals: [],
  steps: [],
}
const expanded = (address: string, ...addresses: string[]): TraceStep => ({
  type: 'expanded',
  phase: 'cleanup',
  parameter: 'virtual_alias_maps',
  address,
  addresses,
  extension: null,
})
const classified = (address: string): TraceStep => ({
  type: 'classified',
  phase: 'delivery',
  address,
  domainClass: 'virtualMailbox',
  transport: 'lmtp',
  nexthop: 'unix:x',
})

/** `a(b(delivered),c(bounced))`: short enough to compare. */
function sketch(node: TraceNode): string {
  if (node.type === 'outcome') return `${node.end} ${node.detail}`
  const children = node.children.map(sketch).join(', ')
  return `${node.address}${node.keepsCopy ? '!' : ''}${children === '' ? '' : `(${children})`}`
}

describe('traceTree', () => {
  it('follows aliases to where each copy ends', () => {
    const trace = {
      ...BASE,
      deliveries: ['b@d.net'],
      bounces: [{ address: 'c@d.net', reason: 'unknown' }],
      steps: [expanded('a@d.net', 'B@d.net', 'c@d.net'), classified('b@d.net')],
    }
    expect(sketch(traceTree(trace))).toBe('a@d.net(B@d.net(delivered lmtp:unix:x), c@d.net(bounced unknown))')
  })

  it('ends where an address keeps a copy for itself', () => {
    const trace = {
      ...BASE,
      deliveries: ['a@d.net'],
      forwards: ['z@x.org'],
      steps: [expanded('a@d.net', 'a@d.net', 'z@x.org')],
    }
    expect(sketch(traceTree(trace))).toBe('a@d.net(a@d.net!(delivered ), z@x.org(forwarded ))')
  })

  it('names the address that the queue manager resolved', () => {
    const rewritten: TraceStep = { type: 'rewritten', phase: 'delivery', from: '"x@y"@d.net', to: 'x@y' }
    const trace = { ...BASE, address: '"x@y"@d.net', forwards: ['x@y'], steps: [rewritten] }
    expect(sketch(traceTree(trace))).toBe('"x@y"@d.net(forwarded )')
  })

  it('shows a refusal and an unknown outcome at the root', () => {
    expect(sketch(traceTree({ ...BASE, accepted: false, stage: 'RCPT', reply: '550 no' }))).toBe(
      'a@d.net(rejected 550 no)',
    )
    expect(sketch(traceTree({ ...BASE, accepted: false, problem: 'pcre: table' }))).toBe(
      'a@d.net(unknown pcre: table)',
    )
  })
})

import { expect, test } from 'vitest'
import { layoutGraph } from '@/components/charts/graph-layout'
import type { Trace } from '@/lib/postfix/trace'
import { aliasGraph } from './alias-graph'

function trace(address: string, ...expansions: readonly (readonly [string, readonly string[]])[]): Trace {
  return {
    address,
    accepted: true,
    stage: null,
    reply: null,
    problem: null,
    domainClass: null,
    recipients: [],
    deliveries: [],
    forwards: [],
    locals: [],
    bounces: [],
    deferrals: [],
    steps: expansions.map(([from, to]) => ({
      type: 'expanded',
      phase: 'cleanup',
      parameter: 'virtual_alias_maps',
      address: from,
      addresses: to,
      extension: null,
    })),
  }
}

const TRACES = [
  trace(
    'a@x.example',
    ['A@x.example', ['b@x.example']],
    ['b@x.example', ['me@x.example', 'other@x.example']],
  ),
  trace('c@x.example', ['c@x.example', ['b@x.example']]),
  // Goes round in a circle on its way.
  trace('d@x.example', ['d@x.example', ['e@x.example', 'me@x.example']], ['e@x.example', ['d@x.example']]),
]

test('only what leads to the target is drawn, the nearest first, loops end by themselves', () => {
  const graph = aliasGraph(TRACES, ['ME@x.example'])
  expect(graph.addresses).toEqual([
    'me@x.example',
    'b@x.example',
    'd@x.example',
    'a@x.example',
    'c@x.example',
    'e@x.example',
  ])
  expect(graph.edges.map(({ from, to }) => `${from} ${to}`)).toContain('e@x.example d@x.example')
  expect(graph.edges.some(({ to }) => to === 'other@x.example')).toBe(false)
})

test('every address has its place, none on top of another, and lines run to the right', () => {
  const { addresses, edges } = aliasGraph(TRACES.slice(0, 2), ['me@x.example'])
  const { boxes, paths, width, height } = layoutGraph(addresses, [
    ...edges,
    { from: 'not-drawn@x.example', to: 'me@x.example' },
  ])
  expect(boxes.map(({ address }) => address)).toEqual(addresses)
  expect(paths).toHaveLength(edges.length)
  const at = (address: string) => boxes.find((box) => box.address === address)?.x ?? 0
  for (const { from, to } of edges) expect(at(from)).toBeLessThan(at(to))
  for (const one of boxes) {
    expect(one.x + one.width).toBeLessThanOrEqual(width)
    expect(one.y + one.height).toBeLessThanOrEqual(height)
    for (const other of boxes) {
      if (one === other) continue
      const apart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y
      expect(apart).toBe(true)
    }
  }
})

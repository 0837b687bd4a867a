/**
 * graph-layout - where the boxes and lines of an alias graph stand, from left to right. Pure.
 *
 * Layered by dagre, so that every line goes to the right but for loops. Boxes are as wide as their text in the
 * fixed-width face. In: addresses and steps; steps between addresses that are not drawn are left out.
 */
import dagre from '@dagrejs/dagre'
import { curveBasis, line } from 'd3-shape'

export interface GraphBox {
  readonly address: string
  /** Of the upper left corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface GraphPicture {
  readonly width: number
  readonly height: number
  readonly boxes: readonly GraphBox[]
  /** Lines as SVG paths, each ending at its arrow. */
  readonly paths: readonly string[]
}

interface Step {
  readonly from: string
  readonly to: string
}

/** What dagre leaves at a node: its middle and its size. */
interface Placed {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Drawn {
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

const LETTER = 7.3
const PADDING = 10
const BOX_HEIGHT = 28
const MARGIN = 6

/** The picture of these addresses. */
export function layoutGraph(addresses: readonly string[], steps: readonly Step[]): GraphPicture {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 10, ranksep: 46, marginx: MARGIN, marginy: MARGIN })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const address of addresses)
    graph.setNode(address, { width: address.length * LETTER + 2 * PADDING, height: BOX_HEIGHT })
  for (const { from, to } of steps) {
    if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to)
  }
  dagre.layout(graph)
  const curve = line<{ readonly x: number; readonly y: number }>()
    .x(({ x }) => x)
    .y(({ y }) => y)
    .curve(curveBasis)
  const { width, height } = graph.graph() as { width: number; height: number }
  return {
    width,
    height,
    boxes: addresses.map((address) => {
      const node = graph.node(address) as Placed
      return {
        address,
        x: node.x - node.width / 2,
        y: node.y - node.height / 2,
        width: node.width,
        height: node.height,
      }
    }),
    paths: graph.edges().map((edge) => curve([...(graph.edge(edge) as Drawn).points]) ?? ''),
  }
}

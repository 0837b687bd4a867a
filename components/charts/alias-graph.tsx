import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { AliasGraph } from '@/lib/lookups/alias-graph'
import { layoutGraph } from './graph-layout'

/** More boxes than this are no picture any more. */
const MOST_DRAWN = 60

/** Of the drawn size: below this its addresses are too small to read. */
const LEAST_SCALE = 0.8

interface AliasGraphPictureProps {
  readonly graph: AliasGraph
  /** The address that all lead to. */
  readonly target: string
}

/** How addresses lead to one: boxes with arrows, drawn at the server. The table beside it says the same. */
export function AliasGraphPicture({ graph, target }: AliasGraphPictureProps): ReactNode {
  const words = useTranslations('charts')
  const drawn = graph.addresses.slice(0, MOST_DRAWN)
  const { width, height, boxes, paths } = layoutGraph(drawn, graph.edges)
  return (
    <figure>
      <div
        role="img"
        aria-label={words('graph', { address: target })}
        tabIndex={0}
        className="overflow-x-auto rounded-[9px] border border-line bg-panel p-2"
      >
        {/* A little smaller before it has to be scrolled. */}
        <svg
          aria-hidden
          viewBox={`0 0 ${width} ${height}`}
          className="block h-auto w-full"
          style={{ minWidth: width * LEAST_SCALE, maxWidth: width }}
        >
          <ArrowHead />
          {paths.map((path) => (
            <path
              key={path}
              d={path}
              fill="none"
              className="stroke-edge"
              strokeWidth="1.3"
              markerEnd="url(#arrow)"
            />
          ))}
          {boxes.map(({ address, ...box }) => (
            <g key={address}>
              <rect
                {...box}
                rx="7"
                className={clsx(
                  address === target ? 'fill-accent-ground stroke-accent' : 'fill-panel stroke-edge',
                )}
                strokeWidth={address === target ? 2 : 1}
              />
              <text
                x={box.x + box.width / 2}
                y={box.y + box.height / 2}
                dy="0.34em"
                textAnchor="middle"
                className={clsx(
                  'font-mono text-[12px]',
                  address === target ? 'fill-accent font-semibold' : 'fill-ink',
                )}
              >
                {address}
              </text>
            </g>
          ))}
        </svg>
      </div>
      {drawn.length < graph.addresses.length && (
        <figcaption className="pt-1 text-[13px] text-soft">
          {words('graphCut', { shown: drawn.length, all: graph.addresses.length })}
        </figcaption>
      )}
    </figure>
  )
}

function ArrowHead(): ReactNode {
  return (
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0.5 L7.5 4 L0 7.5 z" className="fill-edge" />
      </marker>
    </defs>
  )
}

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { Trace } from '@/lib/postfix/trace'
import { type TraceAddress, type TraceEnd, type TraceNode, traceTree } from '@/lib/postfix/trace-tree'

/**
 * Where mail for an address goes, drawn from left to right (from top to bottom where there is no room).
 * A nested list underneath, so that it reads the same without seeing it.
 */
export function TraceDiagram({ trace }: { readonly trace: Trace }): ReactNode {
  return (
    <figure aria-label={`Where mail for ${trace.address} goes`} className="overflow-x-auto py-2">
      <ul>
        <Branch node={traceTree(trace)} root />
      </ul>
    </figure>
  )
}

const ENDS: Record<TraceEnd, { readonly symbol: string; readonly word: string; readonly look: string }> = {
  delivered: { symbol: '✓', word: 'Delivered', look: 'border-added text-added' },
  local: { symbol: '✓', word: 'Local', look: 'border-added text-added' },
  forwarded: { symbol: '→', word: 'Forwarded', look: 'border-accent text-accent' },
  bounced: { symbol: '×', word: 'Bounced', look: 'border-lost text-lost' },
  rejected: { symbol: '×', word: 'Rejected', look: 'border-lost text-lost' },
  deferred: { symbol: '!', word: 'Deferred', look: 'border-changed text-changed' },
  discarded: { symbol: '×', word: 'Thrown away', look: 'border-changed text-changed' },
  unknown: { symbol: '?', word: 'Cannot be told', look: 'border-changed text-changed' },
}

interface BranchProps {
  readonly node: TraceNode
  readonly root?: boolean
}

function Branch({ node, root = false }: BranchProps): ReactNode {
  const box = 'address inline-block max-w-80 rounded-[7px] border px-2.5 py-1'
  if (node.type === 'outcome') {
    const { symbol, word, look } = ENDS[node.end]
    return (
      <li className="flex items-center">
        <Arrow />
        <span className={clsx(box, look)}>
          <span aria-hidden>{symbol} </span>
          <strong className="font-semibold">{word}</strong>
          {node.detail !== '' && `: ${node.detail}`}
        </span>
      </li>
    )
  }
  return (
    <li className="flex flex-col items-start sm:flex-row sm:items-center">
      <span className="flex shrink-0 items-center">
        {!root && <Arrow />}
        <span className={clsx(box, 'border-edge bg-panel')}>
          {node.address}
          {noteOf(node) !== null && <span className="block font-sans text-xs text-soft">{noteOf(node)}</span>}
        </span>
      </span>
      {node.children.length > 0 && (
        <ul
          className={clsx(
            'ml-5 flex flex-col gap-2 py-1.5 sm:ml-0',
            node.children.length > 1 && 'border-l border-edge sm:ml-3 sm:border-l',
          )}
        >
          {node.children.map((child, index) => (
            <Branch key={index} node={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

function noteOf(node: TraceAddress): string | null {
  return node.keepsCopy ? 'keeps a copy' : node.expandedBy
}

function Arrow(): ReactNode {
  return (
    <span aria-hidden className="px-1.5 text-soft">
      →
    </span>
  )
}

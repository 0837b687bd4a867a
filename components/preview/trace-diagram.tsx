import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { Trace } from '@/lib/postfix/trace'
import { type TraceAddress, type TraceEnd, type TraceNode, traceTree } from '@/lib/postfix/trace-tree'

/**
 * Where mail for an address goes, drawn from left to right (from top to bottom where there is no room): the
 * address, what its aliases make of it, the mailboxes, and where each copy ends or the reply that refuses it.
 * A nested list underneath, so that it reads the same without seeing it.
 */
export function TraceDiagram({ trace }: { readonly trace: Trace }): ReactNode {
  const words = useTranslations('charts')
  return (
    <figure aria-label={words('trace.label', { address: trace.address })} className="overflow-x-auto py-2">
      <ul>
        <Branch node={traceTree(trace)} root />
      </ul>
    </figure>
  )
}

const ENDS: Record<TraceEnd, { readonly symbol: string; readonly look: string }> = {
  delivered: { symbol: '✓', look: 'border-added bg-added-ground text-added' },
  local: { symbol: '✓', look: 'border-added bg-added-ground text-added' },
  forwarded: { symbol: '→', look: 'border-accent bg-accent-ground text-accent' },
  bounced: { symbol: '×', look: 'border-lost bg-lost-ground text-lost' },
  rejected: { symbol: '×', look: 'border-lost bg-lost-ground text-lost' },
  deferred: { symbol: '!', look: 'border-changed bg-changed-ground text-changed' },
  discarded: { symbol: '×', look: 'border-changed bg-changed-ground text-changed' },
  unknown: { symbol: '?', look: 'border-changed bg-changed-ground text-changed' },
}

const BOX = 'inline-block max-w-[min(20rem,80vw)] rounded-[7px] border px-2.5 py-1'

interface BranchProps {
  readonly node: TraceNode
  readonly root?: boolean
}

function Branch({ node, root = false }: BranchProps): ReactNode {
  const words = useTranslations('charts')
  if (node.type === 'outcome') {
    const { symbol, look } = ENDS[node.end]
    return (
      <li className="flex items-center">
        <Arrow />
        <span className={clsx(BOX, look)}>
          <span className="block">
            <span aria-hidden>{symbol} </span>
            <strong className="font-semibold">{words(`trace.${node.end}`)}</strong>
          </span>
          {node.detail !== '' && <span className="address block text-xs">{node.detail}</span>}
        </span>
      </li>
    )
  }
  return (
    <li className="flex flex-col items-start sm:flex-row sm:items-center">
      <span className="flex shrink-0 items-center">
        {!root && <Arrow />}
        <span className={clsx(BOX, 'border-edge bg-panel')}>
          <span className="block text-[11px] text-soft">{words(`trace.${kindOf(node)}`)}</span>
          <span className="address block">{node.address}</span>
          <Note node={node} />
        </span>
      </span>
      {node.children.length > 0 && (
        <ul
          className={clsx(
            'ml-5 flex flex-col gap-2 py-1.5 sm:ml-0',
            node.children.length > 1 && 'border-l border-edge sm:ml-3',
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

/** What the address is to Postfix: only what is delivered here is called a mailbox. */
function kindOf(node: TraceAddress): 'alias' | 'mailbox' | 'address' {
  if (node.expandedBy !== null) return 'alias'
  const isDelivered = node.children.some((child) => child.type === 'outcome' && child.end === 'delivered')
  return isDelivered ? 'mailbox' : 'address'
}

function Note({ node }: { readonly node: TraceAddress }): ReactNode {
  const words = useTranslations('charts')
  if (node.keepsCopy) return <span className="block text-xs text-soft">{words('trace.keepsCopy')}</span>
  if (node.expandedBy === null) return null
  return (
    <span className="block text-[11px] text-soft">{words('trace.by', { parameter: node.expandedBy })}</span>
  )
}

function Arrow(): ReactNode {
  return (
    <span aria-hidden className="px-1.5 text-soft">
      →
    </span>
  )
}

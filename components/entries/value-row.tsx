'use client'

import { clsx } from 'clsx'
import { RotateCcw, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { Problem } from '@/components/ui/field'
import type { Finding } from '@/lib/changes/preview-result'
import type { Text } from '@/lib/words/text'

interface ValueRowProps {
  readonly value: string
  readonly isAddress: boolean
  readonly state: 'kept' | 'added' | 'removed'
  readonly problem?: Text | undefined
  readonly findings: readonly Finding[]
  /** Removes the value, or takes a removed one back. */
  readonly onClick: () => void
}

const SYMBOL = { kept: '', added: '+', removed: '−' } as const

/** One value of a list, with its state as a symbol and a colour. */
export function ValueRow({ value, isAddress, state, problem, findings, onClick }: ValueRowProps): ReactNode {
  const t = useTranslations('mailbox.list')
  const text = useText()
  const isFaulty = problem !== undefined
  return (
    <li>
      <div
        className={clsx(
          'flex min-h-8 items-center gap-2 rounded-md pl-2',
          isAddress && 'address',
          state === 'kept' && !isFaulty && 'bg-hover',
          state === 'added' && !isFaulty && 'bg-added-ground text-added',
          (state === 'removed' || isFaulty) && 'bg-lost-ground text-lost',
        )}
      >
        <span aria-hidden className="w-3 text-center font-semibold">
          {isFaulty ? '!' : SYMBOL[state]}
        </span>
        <span className={clsx('flex-1 wrap-anywhere', state === 'removed' && 'line-through')}>
          {value}
          {state !== 'kept' && <span className="sr-only"> ({t(state)})</span>}
        </span>
        <button
          type="button"
          onClick={onClick}
          aria-label={t(state === 'removed' ? 'keep' : 'remove', { value })}
          className="grid size-8 place-items-center rounded-md text-soft hover:text-ink"
        >
          {state === 'removed' ? (
            <RotateCcw aria-hidden className="size-3.5" />
          ) : (
            <X aria-hidden className="size-3.5" />
          )}
        </button>
      </div>
      <div className="pl-7 empty:hidden">
        {isFaulty && <Problem id={`problem-of-${value}`} message={problem} />}
        {findings.map((finding) => (
          <p key={finding.code} className="py-1 text-[13px] text-changed">
            {text(finding.message)}
          </p>
        ))}
      </div>
    </li>
  )
}

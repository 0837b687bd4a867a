import type { ReactNode } from 'react'
import { useTranslations } from '#words'

/** `off`: not wanted, or not yet. */
export type LineState = 'yes' | 'no' | 'off' | 'unknown'

const LOOKS: Readonly<Record<LineState, { readonly symbol: string; readonly ink: string }>> = {
  yes: { symbol: '✓', ink: 'text-added' },
  no: { symbol: '×', ink: 'text-lost' },
  off: { symbol: '–', ink: 'text-soft' },
  unknown: { symbol: '?', ink: 'text-changed' },
}

interface StatusLineProps {
  readonly state: LineState
  readonly children: ReactNode
}

/** One line that says whether something works: a symbol, read out as a word, and the sentence. */
export function StatusLine({ state, children }: StatusLineProps): ReactNode {
  const t = useTranslations('setup')
  const { symbol, ink } = LOOKS[state]
  return (
    <p className="grid grid-cols-[1.25rem_minmax(0,1fr)] py-0.5">
      <span aria-hidden className={`font-semibold ${ink}`}>
        {symbol}
      </span>
      <span className="min-w-0 wrap-anywhere">
        <span className="sr-only">{t(`state.${state}`)}: </span>
        {children}
      </span>
    </p>
  )
}

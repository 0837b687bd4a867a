'use client'

import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'

interface CopyButtonProps {
  readonly text: string
  /** What it is called when read out, where the text is too long for that. */
  readonly name?: string
}

/** Copies a text to the clipboard and says so; says too when the browser does not allow it. */
export function CopyButton({ text, name = text }: CopyButtonProps): ReactNode {
  const t = useTranslations('ui')
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  return (
    <button
      type="button"
      aria-label={t('copyText', { text: name })}
      className="flex min-h-8 items-center gap-1 rounded-md px-2 text-xs text-soft hover:text-ink"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => {
            setState('copied')
          },
          () => {
            setState('refused')
          },
        )
      }}
    >
      {state === 'copied' ? (
        <Check aria-hidden className="size-3.5" />
      ) : (
        <Copy aria-hidden className="size-3.5" />
      )}
      <span aria-live="polite">{t(LABELS[state])}</span>
    </button>
  )
}

const LABELS = { idle: 'copy', copied: 'copied', refused: 'selectInstead' } as const

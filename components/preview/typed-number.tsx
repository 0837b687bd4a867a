'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { TextInput } from '@/components/ui/field'
import type { Text } from '@/lib/words/text'

interface TypedNumberProps {
  /** How many addresses end. */
  readonly number: number
  readonly typed: string
  readonly onType: (typed: string) => void
}

/** Asks for the number of addresses that end, where they are many. */
export function TypedNumber({ number, typed, onType }: TypedNumberProps): ReactNode {
  const t = useTranslations('domain.task')
  return (
    <div className="pt-3">
      <label htmlFor="typed" className="mb-1 block text-[13px] text-changed">
        ! {t('typeNumber', { number })}
      </label>
      <TextInput
        id="typed"
        value={typed}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        onChange={(event) => {
          onType(event.target.value)
        }}
      />
    </div>
  )
}

/** What has to be done first while the number is not typed; null when it is, or none is asked for. */
export function heldForNumber(number: number | null, typed: string): Text | null {
  const isTyped = number === null || typed.replace(/[\s.,'’]/g, '') === String(number)
  return isTyped ? null : { key: 'domain.task.typeNumberFirst' }
}

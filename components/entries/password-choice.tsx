'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { TextInput } from '@/components/ui/field'
import type { Text } from '@/lib/words/text'

export type PasswordKind = 'generated' | 'typed' | 'none'

export interface ChosenPassword {
  readonly kind: PasswordKind
  readonly password: string
}

interface PasswordChoiceProps {
  readonly kinds: readonly PasswordKind[]
  readonly chosen: ChosenPassword
  readonly problem?: Text | undefined
  readonly onChange: (chosen: ChosenPassword) => void
}

/** Whether a password is generated or typed; it is never read from the directory, and shown to nobody. */
export function PasswordChoice({ kinds, chosen, problem, onChange }: PasswordChoiceProps): ReactNode {
  const t = useTranslations('mailbox.password')
  return (
    <fieldset>
      <legend className="sr-only">{t('legend')}</legend>
      {kinds.map((kind) => (
        <label key={kind} className="flex min-h-8 items-center gap-2">
          <input
            type="radio"
            name="password-kind"
            className="size-4 accent-accent"
            checked={chosen.kind === kind}
            onChange={() => {
              onChange({ kind, password: '' })
            }}
          />
          {t(`kind.${kind}`)}
        </label>
      ))}
      {chosen.kind === 'typed' && (
        <div className="pt-1 pl-6">
          <label htmlFor="new-password" className="text-soft">
            {t('typed')}
          </label>
          <TextInput
            id="new-password"
            type="password"
            value={chosen.password}
            autoComplete="new-password"
            maxLength={256}
            problem={problem}
            onChange={(event) => {
              onChange({ ...chosen, password: event.target.value })
            }}
          />
        </div>
      )}
    </fieldset>
  )
}

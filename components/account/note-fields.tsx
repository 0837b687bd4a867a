'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Problem } from '@/components/ui/field'
import type { Text } from '@/lib/words/text'

interface NoteFieldsProps {
  /** Tells the fields of several forms apart. */
  readonly id: string
  readonly note: string
  readonly until: string
  readonly problem: Text | undefined
  readonly onChange: (part: { readonly note?: string; readonly until?: string }) => void
}

/** A note about an alias, and its last day. */
export function NoteFields({ id, note, until, problem, onChange }: NoteFieldsProps): ReactNode {
  const t = useTranslations('account.fresh')
  const field = 'min-h-11 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5 text-sm'
  return (
    <div className="grid gap-3 py-2 sm:grid-cols-2">
      <div>
        <label htmlFor={`note-${id}`} className="block pb-1 text-soft">
          {t('note')} <span className="text-xs">({t('noteHint')})</span>
        </label>
        <input
          id={`note-${id}`}
          value={note}
          maxLength={200}
          autoComplete="off"
          className={field}
          onChange={(event) => {
            onChange({ note: event.target.value })
          }}
        />
      </div>
      <div>
        <label htmlFor={`until-${id}`} className="block pb-1 text-soft">
          {t('until')}
        </label>
        <input
          id={`until-${id}`}
          type="date"
          value={until}
          aria-describedby={`until-${id}-hint`}
          className={field}
          onChange={(event) => {
            onChange({ until: event.target.value })
          }}
        />
        <p id={`until-${id}-hint`} className="pt-1 text-xs text-soft">
          {t('untilHint')}
        </p>
        {problem !== undefined && <Problem id={`until-${id}-problem`} message={problem} />}
      </div>
    </div>
  )
}

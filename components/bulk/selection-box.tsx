import type { ReactNode } from 'react'
import { useTranslations } from '#words'

/** The form that the boxes of a list belong to, wherever they stand (selection-bar.tsx). */
export const SELECTION_FORM = 'selection'

interface SelectionBoxProps {
  readonly id: string
  readonly name: string
}

/** Ticks one row of a list; above the link that covers the row. */
export function SelectionBox({ id, name }: SelectionBoxProps): ReactNode {
  const t = useTranslations('bulk.selection')
  return (
    <label className="absolute top-0.5 left-0 z-10 flex size-8 items-center justify-center md:top-1/2 md:h-7 md:-translate-y-1/2">
      <input
        type="checkbox"
        name="id"
        value={id}
        form={SELECTION_FORM}
        aria-label={t('row', { name })}
        className="size-4 accent-accent"
      />
    </label>
  )
}

'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { SELECTION_FORM } from './selection-box'

interface SelectionBarProps {
  /** What narrows the list, as the URL says it. */
  readonly parameters: Readonly<Record<string, string>>
  /** Rows of the whole list; null when the server did not say. */
  readonly total: number | null
  /** Rows on this page. */
  readonly shown: number
}

/** Above a list: how many rows are ticked, and the way to do one thing with all of them. */
export function SelectionBar({ parameters, total, shown }: SelectionBarProps): ReactNode {
  const t = useTranslations('bulk.selection')
  const router = useRouter()
  const [ticked, setTicked] = useState(0)
  const isWhole = ticked === shown && total !== null && total > shown

  useEffect(() => {
    const count = (): void => {
      setTicked(boxes().filter(({ checked }) => checked).length)
    }
    count()
    document.addEventListener('change', count)
    return () => {
      document.removeEventListener('change', count)
    }
  }, [parameters])

  if (shown === 0) return null
  return (
    <form
      id={SELECTION_FORM}
      action="/plans/bulk"
      aria-label={t('label')}
      className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line text-[13px]"
    >
      <label className="flex min-h-7 items-center gap-2 pl-2 text-soft">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={ticked > 0 && ticked === shown}
          onChange={(event) => {
            for (const box of boxes()) box.checked = event.target.checked
            setTicked(event.target.checked ? boxes().length : 0)
          }}
        />
        {t('page', { count: shown })}
      </label>
      <p aria-live="polite" className="font-medium empty:hidden">
        {ticked > 0 && t('ticked', { count: ticked })}
      </p>
      {ticked > 0 && (
        <Button
          onClick={() => {
            const ids = boxes().flatMap(({ checked, value }) => (checked ? [['id', value]] : []))
            router.push(`/plans/bulk?${new URLSearchParams(ids).toString()}`)
          }}
        >
          {t('change')}
        </Button>
      )}
      {isWhole && (
        <Button
          tone="quiet"
          onClick={() => {
            router.push(`/plans/bulk?${new URLSearchParams({ ...parameters, all: '1' }).toString()}`)
          }}
        >
          {t('all', { count: total })}
        </Button>
      )}
    </form>
  )
}

function boxes(): readonly HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[name="id"][form="${SELECTION_FORM}"]`)]
}

'use client'

import { type ReactNode, useId, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { Text } from '@/lib/words/text'

/** A no with its reason, which the owner reads. */
export function RefusalForm({
  refuse,
}: {
  /** Answers why the no was not recorded, or null. */
  readonly refuse: (reason: string) => Promise<Text | null>
}): ReactNode {
  const t = useTranslations('requests')
  const text = useText()
  const field = useId()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Text | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    if (reason.trim() === '') {
      setProblem({ key: 'requests.reasonMissing' })
      return
    }
    setBusy(true)
    setProblem(await refuse(reason))
    setBusy(false)
  }

  return (
    <form
      className="mt-2 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h3 className="caption mb-2">{t('refuseTitle')}</h3>
      <label htmlFor={field} className="text-soft">
        {t('reasonLabel')} <span className="text-xs">({t('reasonHint')})</span>
      </label>
      <textarea
        id={field}
        value={reason}
        maxLength={500}
        rows={2}
        aria-invalid={problem !== null}
        aria-describedby={`${field}-problem`}
        className="mt-1 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5"
        onChange={(event) => {
          setReason(event.target.value)
          setProblem(null)
        }}
      />
      <p id={`${field}-problem`} aria-live="polite" className="pb-1 text-[13px] text-lost empty:hidden">
        {problem === null ? '' : text(problem)}
      </p>
      <Button type="submit" className="mt-1 w-full" disabled={busy}>
        {busy ? t('refusing') : t('refuse')}
      </Button>
    </form>
  )
}

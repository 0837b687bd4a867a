'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Text } from '@/lib/words/text'

/** Sends a file of the person's computer to the panel, which reads it and keeps it for a while. */
export function FileForm(): ReactNode {
  const t = useTranslations('exchange.file')
  const text = useText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Text | null>(null)

  async function send(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const file = new FormData(event.currentTarget).get('file')
    if (!(file instanceof File) || file.size === 0) {
      setRefusal({ key: 'exchange.file.choose' })
      return
    }
    setBusy(true)
    const answer = await sendFile(file).catch((): Text => ({ key: 'exchange.file.unreachable' }))
    setBusy(false)
    setRefusal(answer)
    if (answer === null) router.refresh()
  }

  return (
    <form onSubmit={(event) => void send(event)} className="max-w-xl">
      <label className="block">
        <span className="mb-1 block font-medium">{t('label')}</span>
        <input
          type="file"
          name="file"
          accept=".csv,.tsv,.txt,.ldif,.ldi,text/csv,text/plain"
          className="block min-h-11 w-full rounded-lg border border-dashed border-edge bg-panel p-2.5 text-[13px] file:mr-3 file:rounded-lg file:border file:border-edge file:bg-panel file:px-3 file:py-1.5 file:text-ink"
        />
      </label>
      {refusal !== null && !busy && (
        <div className="pt-3">
          <Notice tone="lost" role="alert" title={t('notRead')}>
            <p className="wrap-anywhere">{text(refusal)}</p>
          </Notice>
        </div>
      )}
      <Button type="submit" tone="primary" className="mt-3" disabled={busy}>
        {t(busy ? 'reading' : 'read')}
      </Button>
    </form>
  )
}

async function sendFile(file: File): Promise<Text | null> {
  const response = await fetch(`/import/file?${new URLSearchParams({ name: file.name }).toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: file,
  })
  if (response.status === 413) return { key: 'exchange.file.tooLarge' }
  if (!response.ok) return { key: 'exchange.file.unreachable' }
  return ((await response.json()) as { readonly refusal: Text | null }).refusal
}

'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { FieldRow, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { LONGEST_NAME, type MadeToken } from '@/lib/tokens/own-token'

/** Makes a token and shows it once: it is kept in this form alone, and gone with it. */
export function NewTokenForm({ make }: { readonly make: (name: string) => Promise<MadeToken> }): ReactNode {
  const t = useTranslations('tokens')
  const text = useText()
  const [name, setName] = useState('')
  const [answer, setAnswer] = useState<MadeToken | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    setBusy(true)
    const made = await make(name).catch(() => UNREACHABLE)
    setAnswer(made)
    setBusy(false)
    if (made.status === 'made') setName('')
  }

  return (
    <form
      aria-label={t('newTitle')}
      className="mb-7"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2 className="caption mb-3">{t('newTitle')}</h2>
      <FieldRow label={t('nameLabel')} hint={t('nameHint')} control="token-name">
        <div className="flex flex-wrap gap-2 sm:flex-nowrap">
          <TextInput
            id="token-name"
            type="text"
            maxLength={LONGEST_NAME}
            required
            value={name}
            onChange={(event) => {
              setName(event.target.value)
            }}
          />
          <Button type="submit" tone="primary" className="shrink-0" disabled={busy || name.trim() === ''}>
            {busy ? t('making') : t('make')}
          </Button>
        </div>
      </FieldRow>
      {answer?.status === 'made' && (
        <Notice tone="added" role="status" title={`✓ ${t('shownOnceTitle')}`}>
          <p>{t('shownOnce')}</p>
          <div className="mt-2 flex flex-wrap items-center gap-2 rounded-lg bg-panel px-2.5 py-1.5">
            <code aria-label={t('shownLabel')} className="address min-w-0 flex-1 break-all text-ink">
              {answer.text}
            </code>
            <CopyButton text={answer.text} />
          </div>
        </Notice>
      )}
      {answer?.status === 'refused' && (
        <Notice tone="lost" role="alert" title={t('problemTitle')}>
          <p className="wrap-anywhere">{text(answer.message)}</p>
        </Notice>
      )}
    </form>
  )
}

const UNREACHABLE = {
  status: 'refused',
  message: { key: 'tokens.unreachable' },
} as const satisfies MadeToken

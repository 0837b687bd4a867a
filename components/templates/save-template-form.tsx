'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import { Button, buttonClass } from '@/components/ui/button'
import { FieldRow, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { LONGEST_NAME } from '@/lib/templates/mailbox-template'
import type { Text } from '@/lib/words/text'

interface SaveTemplateFormProps {
  /** entryUUID of the model. */
  readonly mailbox: string
  readonly save: (mailbox: string, name: string) => Promise<Text | null>
}

const UNREACHABLE: Text = { key: 'templates.unreachable' }

/** Asks for the name of a template; says why it was not saved, or where it is now. */
export function SaveTemplateForm({ mailbox, save }: SaveTemplateFormProps): ReactNode {
  const t = useTranslations('templates')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Text | null>(null)
  const [saved, setSaved] = useState<string | null>(null)

  async function submit(): Promise<void> {
    setBusy(true)
    const refusal = await save(mailbox, name).catch(() => UNREACHABLE)
    setProblem(refusal)
    setSaved(refusal === null ? name.trim() : null)
    setBusy(false)
  }

  if (saved !== null)
    return (
      <Notice tone="added" role="status" title={`✓ ${t('saved', { name: saved })}`}>
        <div className="mt-2 flex flex-wrap gap-2">
          <Link
            href={`/mailboxes/new?template=${encodeURIComponent(saved)}` as Route}
            className={buttonClass('primary')}
          >
            {t('use')}
          </Link>
          <Link href="/mailboxes/templates" className={buttonClass('plain')}>
            {t('all')}
          </Link>
        </div>
      </Notice>
    )
  return (
    <form
      aria-label={t('save')}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FieldRow label={t('nameLabel')} hint={t('nameHint')} control="template-name">
        <div className="flex flex-wrap gap-2 sm:flex-nowrap">
          <div className="min-w-0 flex-1">
            <TextInput
              id="template-name"
              maxLength={LONGEST_NAME}
              required
              autoComplete="off"
              value={name}
              problem={problem ?? undefined}
              onChange={(event) => {
                setName(event.target.value)
              }}
            />
          </div>
          <Button type="submit" tone="primary" className="shrink-0" disabled={busy || name.trim() === ''}>
            {busy ? t('saving') : t('save')}
          </Button>
        </div>
      </FieldRow>
    </form>
  )
}

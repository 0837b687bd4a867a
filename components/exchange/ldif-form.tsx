'use client'

import { type ReactNode, useActionState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Text } from '@/lib/words/text'

interface LdifFormProps {
  /** Begins the dry run and goes on to it; else says why not. */
  readonly begin: () => Promise<Text>
}

/** An LDIF file needs nothing to be decided. */
export function LdifForm({ begin }: LdifFormProps): ReactNode {
  const t = useTranslations('exchange')
  const text = useText()
  const [refusal, submit, busy] = useActionState((): Promise<Text | null> => begin(), null)
  return (
    <form action={submit} className="max-w-2xl">
      <p className="text-soft">{t('ldifAbout')}</p>
      {refusal !== null && !busy && (
        <div className="pt-3">
          <Notice tone="lost" role="alert" title={t('notBegun')}>
            <p>{text(refusal)}</p>
          </Notice>
        </div>
      )}
      <Button type="submit" tone="primary" className="mt-4" disabled={busy}>
        {t(busy ? 'beginning' : 'dryRun')}
      </Button>
    </form>
  )
}

'use client'

import { type ReactNode, useActionState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Text } from '@/lib/words/text'

interface DomainJobOfferProps {
  /** How many entries the task touches. */
  readonly count: number
  /** Begins the check and goes on to it; else says why not. */
  readonly begin: () => Promise<Text>
}

/** In the place of the preview, where a task on a domain touches so much that it is made as a job. */
export function DomainJobOffer({ count, begin }: DomainJobOfferProps): ReactNode {
  const t = useTranslations('domain.job')
  const text = useText()
  const [refusal, submit, busy] = useActionState((): Promise<Text | null> => begin(), null)
  return (
    <form action={submit} className="space-y-3 py-3">
      <p className="font-medium">{t('touches', { count })}</p>
      <p className="text-soft">{t('about')}</p>
      {refusal !== null && !busy && (
        <Notice tone="lost" role="alert" title={t('notBegun')}>
          <p className="wrap-anywhere">{text(refusal)}</p>
        </Notice>
      )}
      <Button type="submit" tone="primary" disabled={busy}>
        {t(busy ? 'beginning' : 'begin')}
      </Button>
    </form>
  )
}

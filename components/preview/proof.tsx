'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'
import type { ShownProof } from '@/lib/changes/shown-preview'
import { BrokenList } from './broken-list'
import { LookupList } from './lookup-list'
import { UndoButton } from './undo-button'

/** After the commit: the lookups asked again, whether each answers as was promised, and the way back. */
export function Proof({ outcome }: { readonly outcome: ShownProof }): ReactNode {
  const t = useTranslations('proof')
  if (outcome.brokenCount > 0) return <Alarm outcome={outcome} />
  return (
    <div className="py-3">
      <Notice tone="added" role="status" title={t('title')}>
        <p>{t('saved', { count: outcome.asked })}</p>
      </Notice>
      <UndoButton journal={outcome.journal} tone="plain" />
      <LookupList lookups={outcome.lookups} leftOut={outcome.leftOut} />
    </div>
  )
}

function Alarm({ outcome }: { readonly outcome: ShownProof }): ReactNode {
  const t = useTranslations('proof')
  const { broken, brokenCount, asked, journal } = outcome
  return (
    <div className="py-3">
      <Notice tone="lost" role="alert" title={t('alarm')}>
        <p>{t('alarmCount', { broken: brokenCount, asked })}</p>
        <p>{t('alarmHint')}</p>
      </Notice>
      <UndoButton journal={journal} tone="primary" />
      <BrokenList broken={broken} count={brokenCount} />
    </div>
  )
}

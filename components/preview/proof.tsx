'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { useLostFocus } from '@/components/ui/lost-focus'
import { Notice } from '@/components/ui/notice'
import type { ShownProof } from '@/lib/changes/shown-preview'
import { BrokenList } from './broken-list'
import { LookupList } from './lookup-list'
import { UndoButton } from './undo-button'

/** After the commit: the lookups asked again, whether each answers as was promised, and the way back. */
export function Proof({ outcome }: { readonly outcome: ShownProof }): ReactNode {
  // The button that saved is gone.
  const place = useLostFocus<HTMLDivElement>()
  return (
    <div ref={place} tabIndex={-1} className="py-3">
      {outcome.brokenCount > 0 ? <Alarm outcome={outcome} /> : <AsPreviewed outcome={outcome} />}
    </div>
  )
}

function AsPreviewed({ outcome }: { readonly outcome: ShownProof }): ReactNode {
  const t = useTranslations('proof')
  return (
    <>
      <Notice tone="added" role="status" title={t('title')}>
        <p>{t('saved', { count: outcome.asked })}</p>
      </Notice>
      <UndoButton journal={outcome.journal} tone="plain" />
      <LookupList lookups={outcome.lookups} leftOut={outcome.leftOut} />
    </>
  )
}

function Alarm({ outcome }: { readonly outcome: ShownProof }): ReactNode {
  const t = useTranslations('proof')
  const { broken, brokenCount, asked, journal } = outcome
  return (
    <>
      <Notice tone="lost" role="alert" title={t('alarm')}>
        <p>{t('alarmCount', { broken: brokenCount, asked })}</p>
        <p>{t('alarmHint')}</p>
      </Notice>
      <UndoButton journal={journal} tone="primary" />
      <BrokenList broken={broken} count={brokenCount} />
    </>
  )
}

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { Rehearsal } from '@/lib/changes/preview-result'

/** What the directory said when it rehearsed the change. */
export function RehearsalLine({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactNode {
  const t = useTranslations('preview.rehearsal')
  const text = useText()
  switch (rehearsal.status) {
    case 'accepted':
      return <p className="pb-2 text-[13px] text-added">{t('accepted')}</p>
    case 'refused':
      return <p className="pb-2 text-[13px] text-lost">{t('refused', { reason: text(rehearsal.message) })}</p>
    case 'unavailable':
      return (
        <p className="pb-2 text-[13px] text-soft">{t('unavailable', { reason: text(rehearsal.message) })}</p>
      )
  }
}

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'
import type { Text } from '@/lib/words/text'

/** What a person should know before taking something back, each in a notice. */
export function CautionList({ cautions }: { readonly cautions: readonly Text[] }): ReactNode {
  const t = useTranslations('history')
  const text = useText()
  return cautions.map((caution) => (
    <div key={text(caution)} className="pt-3">
      <Notice tone="changed" title={t('goodToKnow')}>
        <p>{text(caution)}</p>
      </Notice>
    </div>
  ))
}

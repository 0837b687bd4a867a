import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'

interface UnansweredProps {
  readonly failure: { readonly stage: string; readonly resultCode: number; readonly diagnostic: string }
}

/** The directory gave no answer: never shown as an empty list. */
export function Unanswered({ failure }: UnansweredProps): ReactNode {
  const words = useTranslations('shell')
  const { diagnostic, resultCode, stage } = failure
  return (
    <Notice tone="lost" role="alert" title={words('unanswered')}>
      <p>{words('unansweredAbout', { diagnostic, code: String(resultCode), stage })}</p>
    </Notice>
  )
}

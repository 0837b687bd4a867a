import type { ReactNode } from 'react'
import { useTranslations } from '#words'

/** What stands in place of a list while the server sorts it. */
export function SortWait(): ReactNode {
  const t = useTranslations('shell')
  return (
    <p role="status" className="min-h-96 py-3 text-soft">
      {t('sorting')}
    </p>
  )
}

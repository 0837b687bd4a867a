import type { ReactNode } from 'react'
import { useTranslations } from '#words'

/** Parameter of the URL of a list that is sent whole, however long it takes. */
export const WHOLE = 'whole'

/**
 * What stands in place of a list while the server sorts it. What comes later needs JavaScript to get to its place, so
 * that a browser without goes to the same list sent whole.
 */
export function SortWait({ href }: { readonly href: string }): ReactNode {
  const t = useTranslations('shell')
  return (
    <>
      <p role="status" className="min-h-96 py-3 text-soft">
        {t('sorting')}
      </p>
      <noscript>
        <meta httpEquiv="refresh" content={`0;url=${href}`} />
      </noscript>
    </>
  )
}

import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'

interface UnansweredProps {
  readonly failure: { readonly stage: string; readonly resultCode: number; readonly diagnostic: string }
}

/** The directory gave no answer: never shown as an empty list. */
export function Unanswered({ failure }: UnansweredProps): ReactNode {
  return (
    <Notice tone="lost" role="alert" title="The directory did not answer">
      <p>
        {failure.diagnostic} (LDAP result {failure.resultCode}, at {failure.stage}). Nothing was changed. Load
        the page again; if it stays like this, check that the LDAP server runs.
      </p>
    </Notice>
  )
}

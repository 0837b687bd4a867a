import type { ReactNode } from 'react'
import type { Rehearsal } from '@/lib/changes/preview-result'

/** What the directory said when it rehearsed the change. */
export function RehearsalLine({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactNode {
  switch (rehearsal.status) {
    case 'accepted':
      return (
        <p className="pb-2 text-[13px] text-added">
          ✓ The directory would accept this (rehearsed, nothing written)
        </p>
      )
    case 'refused':
      return (
        <p className="pb-2 text-[13px] text-lost">The directory would refuse this: {rehearsal.message}</p>
      )
    case 'unavailable':
      return (
        <p className="pb-2 text-[13px] text-soft">
          The directory cannot rehearse changes: {rehearsal.message}
        </p>
      )
  }
}

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { AddressCounts } from '@/lib/entries/domain-addresses'

/** What a domain holds, in words. */
export function DomainCounts({ counts }: { readonly counts: AddressCounts }): ReactNode {
  const t = useTranslations('domain')
  const { mailboxes, aliases, forwards, memberships } = counts
  return (
    <ul className="list-disc space-y-0.5 pl-5">
      <li>{t('delete.holds', { counts: t('task.counts', { mailboxes, aliases }) })}</li>
      {memberships > 0 && <li>{t('task.memberships', { count: memberships })}</li>}
      {forwards > 0 && <li>{t('task.forwards', { count: forwards })}</li>}
    </ul>
  )
}

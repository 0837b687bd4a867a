import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DomainTable } from '@/components/entries/domain-table'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { requireStaff } from '@/lib/auth/current-authority'
import { listDomains } from '@/lib/lists/domains'

export const metadata: Metadata = { title: 'Domains' }

/** LDAP round trips: one for the person's authority, one for the domains. */
export default async function DomainsPage(): Promise<ReactNode> {
  const authority = await requireStaff()
  const result = await listDomains(authority)
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead title="Domains" />
      {result.status === 'failed' ? (
        <Unanswered failure={result} />
      ) : (
        <DomainTable domains={result.domains} />
      )}
    </div>
  )
}

import type { ReactNode } from 'react'
import { DomainPage } from '@/app/(panel)/domains/domain-page'
import { DomainEditor } from '@/components/entries/domain-editor'
import { DomainFacts } from '@/components/entries/domain-facts'
import { askDomainPreview, saveDomain } from './actions'

/** The form of a domain; for its administrators, what is known of it. */
export default function DomainSettingsPage({ params }: PageProps<'/domains/[name]'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="settings"
      body={({ authority, domain, head }) =>
        Promise.resolve(
          authority.role === 'postmaster' ? (
            <DomainEditor key={domain.id} domain={domain} preview={askDomainPreview} save={saveDomain}>
              {head}
            </DomainEditor>
          ) : (
            <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">
              {head}
              <DomainFacts domain={domain} />
            </div>
          ),
        )
      }
    />
  )
}

import { type ReactNode, Suspense } from 'react'
import { DomainPage, type OpenedPage } from '@/app/(panel)/domains/domain-page'
import { DomainEditor } from '@/components/entries/domain-editor'
import { DomainFacts } from '@/components/entries/domain-facts'
import { DomainGlance, DomainGlancePlace } from '@/components/entries/domain-glance'
import { Unanswered } from '@/components/shell/unanswered'
import { glanceAt } from '@/lib/lists/domain-glance'
import { askDomainPreview, saveDomain } from './actions'

/**
 * The form of a domain, under a glance at what is in it; for its administrators, what is known of it.
 * LDAP round trips: those of every page of a domain; the glance comes after the page (domain-glance).
 */
export default function DomainSettingsPage({ params }: PageProps<'/domains/[name]'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="settings"
      body={(opened) => Promise.resolve(<Settings {...opened} />)}
    />
  )
}

function Settings({ authority, domain, head }: OpenedPage): ReactNode {
  const top = (
    <>
      {head}
      <Suspense fallback={<DomainGlancePlace />}>
        <Glance authority={authority} domain={domain} />
      </Suspense>
    </>
  )
  return authority.role === 'postmaster' ? (
    <DomainEditor key={domain.id} domain={domain} preview={askDomainPreview} save={saveDomain}>
      {top}
    </DomainEditor>
  ) : (
    <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">
      {top}
      <DomainFacts domain={domain} />
    </div>
  )
}

async function Glance({ authority, domain }: Pick<OpenedPage, 'authority' | 'domain'>): Promise<ReactNode> {
  const glance = await glanceAt(authority, domain.name)
  return glance.status === 'failed' ? (
    <Unanswered failure={glance} />
  ) : (
    <DomainGlance name={domain.name} {...glance} />
  )
}

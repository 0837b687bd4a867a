/**
 * domain-page - what every page of a domain begins with: who asks, which domain, its heading, and the rest after it.
 *
 * The heading is sent at once; what has to read the whole domain follows. LDAP round trips: one for the person's
 * authority, one for the domain. A domain that is not there, or not for this person, is not found.
 */
import { notFound } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { DomainHead, type DomainPlace } from '@/components/entries/domain-head'
import { Unanswered } from '@/components/shell/unanswered'
import { requireStaff } from '@/lib/auth/current-authority'
import type { Domain } from '@/lib/entries/domain'
import { domainOfEntry, readDomainNamed } from '@/lib/lists/domains'
import { nameInPath } from './query'

type Authority = Awaited<ReturnType<typeof requireStaff>>

export interface OpenedPage {
  readonly authority: Authority
  readonly domain: Domain
  /** The heading of the page. */
  readonly head: ReactNode
}

interface DomainPageProps {
  readonly params: Promise<{ readonly name: string }>
  readonly place: DomainPlace
  readonly forPostmasters?: boolean
  readonly body: (opened: OpenedPage) => Promise<ReactNode>
}

/** A page of a domain. */
export async function DomainPage({
  params,
  place,
  forPostmasters = false,
  body,
}: DomainPageProps): Promise<ReactNode> {
  const authority = await requireStaff()
  const isPostmaster = authority.role === 'postmaster'
  const read = await readDomainNamed(authority, nameInPath((await params).name))
  if (read.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={read} />
      </div>
    )
  if (read.status === 'notFound' || (forPostmasters && !isPostmaster)) notFound()
  const domain = domainOfEntry(read.entry)
  const head = <DomainHead domain={domain} place={place} isPostmaster={isPostmaster} />
  return (
    <Suspense fallback={<div className="max-w-3xl px-4 md:pl-7 lg:pr-0">{head}</div>}>
      <Body body={body} opened={{ authority, domain, head }} />
    </Suspense>
  )
}

function Body({
  body,
  opened,
}: Pick<DomainPageProps, 'body'> & { readonly opened: OpenedPage }): Promise<ReactNode> {
  return body(opened)
}

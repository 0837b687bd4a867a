import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { Domain } from '@/lib/entries/domain'

/** Where one can go within a domain; the first is its own page. */
const PLACES = [
  { place: 'settings', path: '' },
  { place: 'catchAll', path: '/catch-all' },
  { place: 'aliasDomain', path: '/alias-domain' },
  { place: 'administrators', path: '/administrators' },
  { place: 'rename', path: '/rename' },
  { place: 'delete', path: '/delete' },
] as const

export type DomainPlace = (typeof PLACES)[number]['place']

/** What domain administrators may do; the rest is for postmasters. */
const FOR_ADMINISTRATORS: readonly DomainPlace[] = ['settings', 'catchAll', 'aliasDomain']

interface DomainHeadProps {
  readonly domain: Domain
  readonly place: DomainPlace
  readonly isPostmaster: boolean
}

/** The heading of the pages of a domain, with the ways to the others. */
export function DomainHead({ domain, place, isPostmaster }: DomainHeadProps): ReactNode {
  const t = useTranslations('domain')
  const places = PLACES.filter((other) => isPostmaster || FOR_ADMINISTRATORS.includes(other.place))
  return (
    <>
      <title>{`${domain.name}: ${t(`place.${place}`)} · Postbook`}</title>
      <DomainCrumb />
      <h1 className="address mt-1 text-[21px]!">{domain.name}</h1>
      <p className="address text-soft">{domain.dn}</p>
      <p className="flex flex-wrap gap-x-4 text-[13px]">
        <Link
          href={`/mailboxes?domain=${encodeURIComponent(domain.name)}` as Route}
          className="inline-block min-h-6 text-accent hover:underline"
        >
          {t('mailboxes')}
        </Link>
        <Link
          href={`/history?entry=${encodeURIComponent(domain.dn)}` as Route}
          className="inline-block min-h-6 text-accent hover:underline"
        >
          {t('history')}
        </Link>
      </p>
      <nav aria-label={t('places')} className="mt-3 mb-5 flex flex-wrap gap-x-4 border-b border-line">
        {places.map((other) => (
          <Link
            key={other.place}
            href={`/domains/${encodeURIComponent(domain.name)}${other.path}` as Route}
            aria-current={other.place === place ? 'page' : undefined}
            className="-mb-px min-h-8 border-b-2 border-transparent py-1 text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {t(`place.${other.place}`)}
          </Link>
        ))}
      </nav>
    </>
  )
}

/** The way back to the list. */
export function DomainCrumb(): ReactNode {
  const t = useTranslations('domain')
  return (
    <p className="pt-5 text-[13px] text-soft">
      <Link href="/domains" className="inline-block min-h-6 hover:underline">
        {t('crumb')}
      </Link>
    </p>
  )
}

import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'

interface DomainGlanceProps {
  readonly name: string
  readonly mailboxes: number
  readonly aliases: number
  /** Mailboxes that the catch-all leads to; 0 if there is none. */
  readonly catchAll: number
  /** Required addresses that nobody has. */
  readonly missing: readonly string[]
}

/** What is in a domain: numbers that lead to the lists, its catch-all, and whether the required addresses are there. */
export function DomainGlance({ name, mailboxes, aliases, catchAll, missing }: DomainGlanceProps): ReactNode {
  const t = useTranslations('domain.glance')
  const domain = encodeURIComponent(name)
  return (
    <section aria-label={t('label')} className={GLANCE}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Figure label={t('mailboxes')} value={mailboxes} href={`/mailboxes?domain=${domain}`} />
        <Figure label={t('aliases')} value={aliases} href={`/aliases?domain=${domain}`} />
        <div>
          <dt className="text-[13px] text-soft">{t('catchAll')}</dt>
          <dd className="pt-1">
            <Link href={`/domains/${domain}/catch-all` as Route} className={LINK}>
              {t('catchAllLeads', { count: catchAll })}
            </Link>
          </dd>
        </div>
        <div>
          <dt className="text-[13px] text-soft">{t('required')}</dt>
          <dd className="pt-1">
            {missing.length === 0 ? (
              <span className="text-added">
                <span aria-hidden>✓ </span>
                {t('requiredThere')}
              </span>
            ) : (
              <Missing addresses={missing} />
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** The place of the glance while it is read, as high as it will be. */
export function DomainGlancePlace(): ReactNode {
  const t = useTranslations('domain.glance')
  return <p className={`${GLANCE} text-[13px] text-soft`}>{t('reading')}</p>
}

const GLANCE = 'mb-5 min-h-16 border-b border-line pb-4'
const LINK = 'inline-block min-h-6 text-accent hover:underline'

interface FigureProps {
  readonly label: string
  readonly value: number
  readonly href: string
}

function Figure({ label, value, href }: FigureProps): ReactNode {
  const format = useFormatter()
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-[13px] text-soft">{label}</dt>
      <dd>
        <Link href={href as Route} className="text-xl font-semibold tabular-nums hover:text-accent">
          {format.number(value)}
        </Link>
      </dd>
    </div>
  )
}

function Missing({ addresses }: { readonly addresses: readonly string[] }): ReactNode {
  const t = useTranslations('domain.glance')
  return (
    <ul>
      {addresses.map((address) => (
        <li key={address}>
          <span aria-hidden className="text-changed">
            !{' '}
          </span>
          <Link href={`/aliases/new?address=${encodeURIComponent(address)}` as Route} className={LINK}>
            {t('add', { address })}
          </Link>
        </li>
      ))}
    </ul>
  )
}

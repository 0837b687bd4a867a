import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'
import { Answer } from '@/components/preview/lookup-list'
import type { OwnAccount, OwnAddress, PausedAddress, Reach } from '@/lib/account/own-account'
import { AddressTasks } from './address-tasks'

const REACH: Record<Reach, { readonly symbol: string; readonly ink: string }> = {
  reaches: { symbol: '✓', ink: 'text-added' },
  reachesOthers: { symbol: '✓', ink: 'text-added' },
  goesElsewhere: { symbol: '→', ink: 'text-changed' },
  refused: { symbol: '×', ink: 'text-lost' },
  unknown: { symbol: '?', ink: 'text-changed' },
}

/** All addresses of a person: the mailbox, its aliases, those that are switched off, and lists. */
export function AddressList({ account }: { readonly account: OwnAccount }): ReactNode {
  const t = useTranslations('account.list')
  const { mailbox, aliases, paused, lists, may } = account
  return (
    <>
      <Section title={t('title')}>
        <AddressRow one={mailbox} hint={<MainHint />} may={may} isMailbox />
        {aliases.map((one) => (
          <AddressRow key={one.address} one={one} hint={<NoteLine {...one} />} may={may} />
        ))}
      </Section>
      {aliases.length === 0 && paused.length === 0 && <p className="pb-4 text-soft">{t('noAliases')}</p>}
      {paused.length > 0 && (
        <Section title={t('paused')} hint={t('pausedHint')}>
          {paused.map((one) => (
            <PausedRow key={one.address} one={one} may={may} />
          ))}
        </Section>
      )}
      {lists.length > 0 && (
        <Section title={t('lists')}>
          {lists.map((one) => (
            <AddressRow key={one.address} one={{ ...one, fixed: true }} hint={null} may={may} />
          ))}
        </Section>
      )}
    </>
  )
}

interface SectionProps {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}

function Section({ title, hint, children }: SectionProps): ReactNode {
  return (
    <section className="mb-6">
      <h2 className="caption pb-1">{title}</h2>
      {hint !== undefined && <p className="pb-1 text-[13px] text-soft">{hint}</p>}
      <ul aria-label={title} className="border-t border-line">
        {children}
      </ul>
    </section>
  )
}

interface AddressRowProps {
  readonly one: OwnAddress
  readonly hint: ReactNode
  readonly may: OwnAccount['may']
  readonly isMailbox?: boolean
}

function AddressRow({ one, hint, may, isMailbox = false }: AddressRowProps): ReactNode {
  const t = useTranslations('account.list')
  const { address, reach, fixed } = one
  const canChange = !isMailbox && !fixed && may.aliases
  return (
    <Row
      address={address}
      status={
        <span className={clsx('text-[13px]', REACH[reach].ink)}>
          <span aria-hidden>{REACH[reach].symbol} </span>
          {t(reach)}
        </span>
      }
      hint={hint}
    >
      {canChange && (
        <AddressTasks {...one} tasks={may.keep ? ['pause', 'remove'] : ['remove']} keep={may.keep} />
      )}
      {!isMailbox && fixed && <p className="pb-2 text-[13px] text-soft">{t('fixed')}</p>}
      <Lookups lookups={one.lookups} />
    </Row>
  )
}

function PausedRow({
  one,
  may,
}: {
  readonly one: PausedAddress
  readonly may: OwnAccount['may']
}): ReactNode {
  const t = useTranslations('account.list')
  return (
    <Row
      address={one.address}
      status={
        <span className="text-[13px] text-soft">
          <span aria-hidden>– </span>
          {t('paused')}
        </span>
      }
      hint={<NoteLine {...one} />}
    >
      {may.aliases && <AddressTasks {...one} tasks={['resume', 'remove']} keep={may.keep} own />}
    </Row>
  )
}

interface RowProps {
  readonly address: string
  readonly status: ReactNode
  readonly hint: ReactNode
  readonly children: ReactNode
}

function Row({ address, status, hint, children }: RowProps): ReactNode {
  return (
    <li className="border-b border-line">
      <details className="group">
        <summary className="flex min-h-12 list-none items-center gap-3 py-2">
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-baseline gap-x-3">
              <span className="address font-medium">{address}</span>
              {status}
            </span>
            {hint}
          </span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-soft group-open:rotate-180" />
        </summary>
        <div className="pb-2">{children}</div>
      </details>
    </li>
  )
}

function MainHint(): ReactNode {
  return <span className="block text-[13px] text-soft">{useTranslations('account')('mainHint')}</span>
}

function NoteLine({ note, until }: { readonly note: string; readonly until: string }): ReactNode {
  const t = useTranslations('account.list')
  const format = useFormatter()
  const day =
    until === ''
      ? ''
      : format.dateTime(new Date(`${until}T00:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' })
  if (note === '' && until === '') return null
  return (
    <span className="block text-[13px] text-soft wrap-anywhere">
      {[note, day === '' ? '' : t('until', { day })].filter((part) => part !== '').join(' · ')}
    </span>
  )
}

function Lookups({ lookups }: Pick<OwnAddress, 'lookups'>): ReactNode {
  const t = useTranslations('account.list')
  return (
    <details className="text-[13px]">
      <summary className="min-h-6 py-1 text-soft">{t('lookups')}</summary>
      <dl className="address grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-3 pb-1">
        {lookups.map(({ parameter, map, answer }) => (
          <Answer key={`${parameter} ${map}`} label={parameter} answer={answer} ink="text-ink" />
        ))}
      </dl>
    </details>
  )
}

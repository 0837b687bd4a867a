import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import {
  type Example,
  type ExamplePlace,
  foundChecks,
  foundText,
  type HealthCheck,
  listOf,
  type Severity,
} from '@/lib/health/health-check'

const SHOWN = 5
const LOOKS: Readonly<Record<Severity, { readonly symbol: string; readonly ink: string }>> = {
  fault: { symbol: '×', ink: 'text-lost' },
  caution: { symbol: '!', ink: 'text-changed' },
  notice: { symbol: 'i', ink: 'text-accent' },
}

/** What checks found, grave things first; what could not be checked; and, folded away, what passed. */
export function CheckList({ checks }: { readonly checks: readonly HealthCheck[] }): ReactNode {
  const t = useTranslations('health')
  const found = foundChecks(checks)
  const passed = checks.filter(({ count }) => count === 0)
  const unmade = checks.filter(({ count }) => count === null)
  return (
    <>
      {found.length === 0 ? <AllWell /> : <Summary found={found} />}
      {found.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {found.map((check) => (
            <Found key={check.code} check={check} />
          ))}
        </ul>
      )}
      {unmade.length > 0 && (
        <Folded title={t('unmade', { count: unmade.length })} symbol="?" checks={unmade} />
      )}
      {passed.length > 0 && (
        <Folded title={t('passed', { count: passed.length })} symbol="✓" checks={passed} />
      )}
    </>
  )
}

function AllWell(): ReactNode {
  const t = useTranslations('health')
  return (
    <div className="rounded-[9px] bg-added-ground px-3 py-2.5 text-[13px] text-added">
      <p className="font-semibold">
        <span aria-hidden>✓ </span>
        {t('allWell')}
      </p>
      <p>{t('allWellAbout')}</p>
    </div>
  )
}

function Summary({ found }: { readonly found: readonly HealthCheck[] }): ReactNode {
  const t = useTranslations('health')
  const of = (severity: Severity): number => found.filter((check) => check.severity === severity).length
  return (
    <p className="pb-2 text-[13px] text-soft">
      {t('summary', { faults: of('fault'), cautions: of('caution'), notices: of('notice') })}
    </p>
  )
}

function Found({ check }: { readonly check: HealthCheck }): ReactNode {
  const t = useTranslations('health')
  const text = useText()
  const { symbol, ink } = LOOKS[check.severity]
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] py-2.5">
      <span aria-hidden className={`font-semibold ${ink}`}>
        {symbol}
      </span>
      <div className="grid min-w-0 gap-1">
        <p className="font-medium">
          <span className="sr-only">{t(`severity.${check.severity}`)}: </span>
          {text(foundText(check))}
        </p>
        <p className="text-[13px] text-soft">
          {t(`check.${check.code}.about`)} <code className="address text-xs">{check.source}</code>
        </p>
        <Examples check={check} />
        {check.note !== null && <p className="text-[13px] text-soft">{text(check.note)}</p>}
      </div>
    </li>
  )
}

function Examples({ check }: { readonly check: HealthCheck }): ReactNode {
  const t = useTranslations('health')
  const { examples } = check
  const count = check.count ?? 0
  const list = listOf(check.code)
  const [shown, others] = [examples.slice(0, SHOWN), examples.slice(SHOWN)]
  const left = count - examples.length
  return (
    <div>
      <ExampleRow examples={shown}>
        {list !== null && (
          <li className="text-[13px]">
            <Link
              href={list as Route}
              prefetch={false}
              className="inline-block min-h-6 text-accent hover:underline"
            >
              {t('all', { count })}
            </Link>
          </li>
        )}
      </ExampleRow>
      {list === null && others.length > 0 && (
        <details className="text-[13px]">
          <summary className="min-h-6 text-soft hover:text-ink">
            {t('more', { count: count - shown.length })}
          </summary>
          <ExampleRow examples={others} />
          {left > 0 && <p className="text-soft">{t('andMore', { count: left })}</p>}
        </details>
      )}
    </div>
  )
}

interface ExampleRowProps {
  readonly examples: readonly Example[]
  /** More items of the row. */
  readonly children?: ReactNode
}

function ExampleRow({ examples, children }: ExampleRowProps): ReactNode {
  const text = useText()
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
      {examples.map(({ text: name, about, place }, at) => (
        <li key={`${at} ${name}`} className="max-w-full min-w-0 wrap-anywhere">
          {place === null ? (
            <code className="address">{name}</code>
          ) : (
            <Link
              href={hrefOf(place)}
              prefetch={false}
              className="address inline-block min-h-6 text-accent hover:underline"
            >
              {name}
            </Link>
          )}
          {about !== null && <span className="ml-1.5 text-[13px] text-soft">{text(about)}</span>}
        </li>
      ))}
      {children}
    </ul>
  )
}

function hrefOf(place: ExamplePlace): Route {
  switch (place.page) {
    case 'mailbox':
      return `/mailboxes/${place.id}` as Route
    case 'domain':
      return `/domains/${encodeURIComponent(place.name)}` as Route
    case 'administrators':
      return `/domains/${encodeURIComponent(place.name)}/administrators` as Route
    case 'newAlias':
      return `/aliases/new?address=${encodeURIComponent(place.address)}` as Route
  }
}

interface FoldedProps {
  readonly title: string
  readonly symbol: string
  readonly checks: readonly HealthCheck[]
}

function Folded({ title, symbol, checks }: FoldedProps): ReactNode {
  const t = useTranslations('health')
  const text = useText()
  return (
    <details className="pt-2 text-[13px]">
      <summary className="min-h-6 text-soft hover:text-ink">{title}</summary>
      <ul className="grid gap-0.5 pt-1">
        {checks.map(({ code, count, note, source }) => (
          <li key={code} className="grid grid-cols-[1.25rem_minmax(0,1fr)]">
            <span aria-hidden className={count === 0 ? 'text-added' : 'text-changed'}>
              {symbol}
            </span>
            <p className="wrap-anywhere">
              {t(`check.${code}.name`)}
              {count === 0 && `: ${t('none')}`}{' '}
              <span className="text-soft">
                {note === null ? '' : text(note)} <code className="address text-xs">{source}</code>
              </span>
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}

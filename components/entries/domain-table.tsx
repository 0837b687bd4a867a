import Link from 'next/link'
import type { Route } from 'next'
import { type ReactNode, Suspense } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'
import { getFormatter, getTranslations } from '@/components/words/server'
import type { Domain } from '@/lib/entries/domain'
import type { DomainCount, DomainCounts } from '@/lib/entries/domain-count'

interface Sort {
  readonly by: 'dc' | 'description'
  readonly descending: boolean
}

interface DomainTableProps {
  readonly domains: readonly Domain[]
  /** Comes after the list. */
  readonly counts: Promise<DomainCounts>
  readonly sort: Sort
  /** What was searched for. */
  readonly text: string
  readonly mayCreate: boolean
}

/** The hosted domains: a table on wide screens, a list of cards on narrow ones. */
export function DomainTable({ domains, counts, sort, text, mayCreate }: DomainTableProps): ReactNode {
  const t = useTranslations('domains')
  if (domains.length === 0) return <NothingFound text={text} mayCreate={mayCreate} />
  const numberHead = 'caption w-28 py-0.5 pr-3 text-right'
  return (
    <>
      <table className="block w-full md:table md:table-fixed">
        <caption className="sr-only">{t('title')}</caption>
        <thead className="hidden md:table-header-group">
          <tr className="border-b border-line text-left">
            <SortHead by="dc" label={t('name')} sort={sort} text={text} />
            <SortHead by="description" label={t('description')} sort={sort} text={text} />
            <th scope="col" className={numberHead}>
              {t('mailboxes')}
            </th>
            <th scope="col" className={numberHead}>
              {t('aliases')}
            </th>
            <th scope="col" className="caption py-0.5 pr-3 pl-5">
              {t('administrators')}
            </th>
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {domains.map((domain) => (
            <DomainRow key={domain.dn} domain={domain} counts={counts} />
          ))}
        </tbody>
      </table>
      <Suspense fallback={<p className="min-h-[1.9em] pt-2 text-[13px] text-soft">{t('counting')}</p>}>
        <CountedAt counts={counts} />
      </Suspense>
    </>
  )
}

interface DomainRowProps {
  readonly domain: Domain
  readonly counts: Promise<DomainCounts>
}

function DomainRow({ domain, counts }: DomainRowProps): ReactNode {
  return (
    <tr className="block border-b border-line py-1.5 leading-6 hover:bg-hover md:table-row md:py-0">
      <td className="block pr-3 md:table-cell md:py-0.5">
        <Link
          href={`/domains/${encodeURIComponent(domain.name)}`}
          prefetch={false}
          className="address inline-block leading-6 font-medium hover:text-accent hover:underline"
        >
          {domain.name}
        </Link>
      </td>
      <td className="block truncate pr-3 text-soft empty:hidden md:table-cell md:py-0.5 md:empty:table-cell">
        {domain.description}
      </td>
      <td className="mr-4 inline-block pr-3 tabular-nums md:mr-0 md:table-cell md:py-0.5 md:text-right">
        <Link
          href={`/mailboxes?domain=${encodeURIComponent(domain.name)}`}
          prefetch={false}
          className="inline-block leading-6 hover:text-accent hover:underline"
        >
          <Counted counts={counts} domain={domain.name} of="mailboxes" />
        </Link>
      </td>
      <td className="inline-block pr-3 tabular-nums md:table-cell md:py-0.5 md:text-right">
        <Counted counts={counts} domain={domain.name} of="aliases" />
      </td>
      <td
        className="block truncate pr-3 text-[13px] text-soft empty:hidden md:table-cell md:py-0.5 md:pl-5 md:empty:table-cell"
        title={domain.administrators.join('\n')}
      >
        {domain.administrators.map(firstRdnValue).join(', ')}
      </td>
    </tr>
  )
}

interface CountProps {
  readonly counts: Promise<DomainCounts>
  readonly domain: string
  readonly of: keyof Pick<DomainCount, 'mailboxes' | 'aliases'>
}

function Counted(props: CountProps): ReactNode {
  const t = useTranslations('domains')
  return (
    <Suspense
      fallback={
        <span className="text-soft">
          <span aria-hidden>…</span>
          <span className="sr-only">{t('counting')}</span>
        </span>
      }
    >
      <Count {...props} />
    </Suspense>
  )
}

async function Count({ counts, domain, of }: CountProps): Promise<ReactNode> {
  const [result, t, format] = await Promise.all([counts, getTranslations('domains'), getFormatter()])
  const count = result.status === 'counted' ? result.of.get(domain)?.[of] : undefined
  if (count === undefined)
    return (
      <span className="text-soft">
        <span aria-hidden>?</span>
        <span className="sr-only">{t('notCounted')}</span>
      </span>
    )
  const words = of === 'mailboxes' ? t('mailboxCount', { count }) : t('aliasCount', { count })
  return (
    <>
      <span aria-hidden className="hidden md:inline">
        {format.number(count)}
      </span>
      <span className="md:sr-only">{words}</span>
    </>
  )
}

async function CountedAt({ counts }: Pick<DomainRowProps, 'counts'>): Promise<ReactNode> {
  const [result, t, format] = await Promise.all([counts, getTranslations('domains'), getFormatter()])
  if (result.status === 'failed')
    return (
      <p role="status" className="min-h-[1.9em] pt-2 text-[13px] text-changed">
        ! {t('countFailed', { diagnostic: result.diagnostic })}
      </p>
    )
  const oldest = Math.min(...[...result.of.values()].map(({ at }) => at))
  const time = format.dateTime(new Date(oldest), { timeStyle: 'medium' })
  return <p className="min-h-[1.9em] pt-2 text-[13px] text-soft">{t('countedAt', { time })}</p>
}

interface SortHeadProps {
  readonly by: Sort['by']
  readonly label: string
  readonly sort: Sort
  readonly text: string
}

function SortHead({ by, label, sort, text }: SortHeadProps): ReactNode {
  const t = useTranslations('domains')
  const active = sort.by === by
  const name = by === 'dc' ? 'name' : 'description'
  const next = active && !sort.descending ? `-${name}` : name
  const parameters = new URLSearchParams({ ...(text === '' ? {} : { q: text }), sort: next })
  const state = !active ? 'none' : sort.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={state} className="py-0.5 pr-3">
      <Link
        href={`/domains?${parameters.toString()}` as Route}
        prefetch={false}
        className="caption inline-block min-h-6 py-0.5 hover:text-ink"
      >
        {label}
        {active && (
          <span>
            <span aria-hidden>{sort.descending ? ' ↑' : ' ↓'}</span>
            <span className="sr-only"> ({sort.descending ? t('sortedDown') : t('sorted')})</span>
          </span>
        )}
      </Link>
    </th>
  )
}

function NothingFound({ text, mayCreate }: Pick<DomainTableProps, 'text' | 'mayCreate'>): ReactNode {
  const t = useTranslations('domains')
  const isSearch = text !== ''
  const hint = isSearch ? t('noMatchHint') : mayCreate ? t('nothingHint') : t('nothingToSee')
  return (
    <div className="py-10 text-center">
      <p className="font-medium wrap-anywhere">{isSearch ? t('noMatch', { text }) : t('nothing')}</p>
      <p className="mt-1 mb-4 text-soft">{hint}</p>
      {isSearch && (
        <Link href="/domains" className={buttonClass('plain')}>
          {t('showAll')}
        </Link>
      )}
    </div>
  )
}

/** `johndoe` of `uid=johndoe,ou=Mail,…`: short enough for a list, the whole DN is in the title. */
function firstRdnValue(dn: string): string {
  return /^[^=]+=((?:\\.|[^,+\\])*)/.exec(dn)?.[1] ?? dn
}

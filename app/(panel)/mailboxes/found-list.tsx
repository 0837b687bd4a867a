import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { LocalTime } from '@/components/history/local-time'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { listFound } from '@/lib/lists/mailbox-findings'
import type { MailboxQuery } from '@/lib/lists/mailboxes'
import { mailboxesAtLastSurvey } from '@/lib/lists/survey'
import { asksAsUsual } from '@/lib/site/usual-tables'
import type { FindingCode } from '@/lib/survey/mailbox-finding'
import { MailboxList } from './mailbox-list'
import { queryParameters } from './query'

interface FoundListProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly query: MailboxQuery
}

/** The list of mailboxes with findings. Waits for the survey of all mailboxes where none is kept. */
export async function FoundList({ authority, query }: FoundListProps): Promise<ReactNode> {
  const [result, t] = await Promise.all([listFound(authority, query), getTranslations('mailboxes.finding')])
  if (result.status === 'failed') return <Unanswered failure={result} />
  const { mailboxes, findings, total, counts, time, most } = result
  const isNone = counts.length === 0 && query.text === ''
  return (
    <>
      <CodeLinks query={query} counts={counts} />
      {isNone ? (
        <div className="py-10 text-center">
          <p className="font-medium text-added">
            <span aria-hidden>✓ </span>
            {t('none')}
          </p>
          <p className="mx-auto mt-1 max-w-prose text-soft">{t('noneAbout')}</p>
        </div>
      ) : (
        <MailboxList query={query} mailboxes={mailboxes} total={total} findings={findings} />
      )}
      <div className="space-y-1 pt-3 text-[13px] text-soft">
        {most !== null && <p className="text-changed">! {t('cut', { most })}</p>}
        <p>{t.rich('checkedAt', { time: () => <LocalTime iso={new Date(time).toISOString()} /> })}</p>
        {!asksAsUsual() && (
          <p>
            <Link href="/lookups" className="text-accent hover:underline">
              {t('otherTables')}
            </Link>
          </p>
        )}
      </div>
    </>
  )
}

/** What stands in place of the list while all mailboxes are looked at. */
export async function FoundListWait(): Promise<ReactNode> {
  const t = await getTranslations('mailboxes.finding')
  const count = mailboxesAtLastSurvey()
  return (
    <p role="status" className="min-h-96 py-3 text-soft">
      {t('checking', { known: count === null ? 'no' : 'yes', count: count ?? 0 })}
    </p>
  )
}

interface CodeLinksProps {
  readonly query: MailboxQuery
  readonly counts: readonly { readonly code: FindingCode; readonly count: number }[]
}

/** Narrows the list to one finding, and back. The state is the URL. */
async function CodeLinks({ query, counts }: CodeLinksProps): Promise<ReactNode> {
  const t = await getTranslations('mailboxes.finding')
  if (counts.length === 0) return null
  const links = [
    { code: null, label: t('all') },
    ...counts.map(({ code, count }) => ({ code, label: t('item', { word: t(`word.${code}`), count }) })),
  ]
  return (
    <nav aria-label={t('narrow')} className="mb-2 flex flex-wrap gap-1 text-[13px]">
      {links.map(({ code, label }) => {
        const isCurrent = (query.finding ?? null) === code
        const parameters = queryParameters({ ...query, finding: code })
        return (
          <Link
            key={code ?? 'all'}
            id={`finding-${code ?? 'all'}`}
            href={`/mailboxes?${new URLSearchParams(parameters).toString()}` as Route}
            aria-current={isCurrent ? 'true' : undefined}
            className={`rounded-full px-2.5 py-1 ${isCurrent ? 'bg-accent-ground font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'}`}
          >
            {label}
          </Link>
        )
      })}
    </nav>
  )
}

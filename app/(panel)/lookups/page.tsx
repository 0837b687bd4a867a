import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { TableAnswers } from '@/components/preview/table-answers'
import { TraceDiagram } from '@/components/preview/trace-diagram'
import { TraceSteps } from '@/components/preview/trace-steps'
import { PageHead } from '@/components/shell/page-head'
import { Notice } from '@/components/ui/notice'
import { SearchBox } from '@/components/ui/search-box'
import { getText, getTranslations, useTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { askTables } from '@/lib/lookups/ask'
import { traceAddress } from '@/lib/lookups/trace-address'

/** The page's title. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('lookups'))('title') }
}

const lookupQuery = z.object({ q: z.string().max(1000).catch('') })

/**
 * LDAP round trips: one for the person's authority, one for each table (all at once), and for the trace one for
 * each lookup that Postfix would make, one after the other. The address is in the URL, so a result can be shared.
 */
export default async function LookupsPage({ searchParams }: PageProps<'/lookups'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const { q: key } = lookupQuery.parse(await searchParams)
  const t = await getTranslations('lookups')
  return (
    <div className="max-w-5xl px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        tools={<SearchBox action="/lookups" name="q" label={t('search')} defaultValue={key} />}
      />
      {key === '' ? <Hint /> : <Report authority={authority} lookupKey={key} />}
    </div>
  )
}

interface ReportProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly lookupKey: string
}

async function Report({ authority, lookupKey }: ReportProps): Promise<ReactNode> {
  const [tables, traced] = await Promise.all([
    askTables(authority, lookupKey),
    traceAddress(authority, lookupKey),
  ])
  const t = await getTranslations('lookups')
  const text = await getText()
  if (tables.status === 'refused')
    return (
      <Notice tone="lost" title={t('notAsked')}>
        <p>{text(tables.message)}</p>
      </Notice>
    )
  return (
    <>
      <h2 className="caption mb-2">{t('answers')}</h2>
      <TableAnswers answers={tables.answers} />
      <h2 className="caption mt-7 mb-2">{t('where')}</h2>
      {traced.status === 'refused' ? (
        <Notice tone="changed" title={t('noTrace')}>
          <p>{text(traced.message)}</p>
        </Notice>
      ) : (
        <>
          <TraceDiagram trace={traced.trace} />
          <h2 className="caption mt-7 mb-2">{t('steps')}</h2>
          <TraceSteps trace={traced.trace} />
          <p className="text-xs text-soft">
            {t('inAll', { milliseconds: t('milliseconds', { milliseconds: traced.milliseconds }) })}
          </p>
        </>
      )}
    </>
  )
}

function Hint(): ReactNode {
  const t = useTranslations('lookups')
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{t('hint')}</p>
      <p className="mt-1 text-soft">
        {t.rich('hintMore', { code: (chunks) => <code className="address">{chunks}</code> })}
      </p>
    </div>
  )
}

import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { TableAnswers } from '@/components/preview/table-answers'
import { TraceDiagram } from '@/components/preview/trace-diagram'
import { TraceSteps } from '@/components/preview/trace-steps'
import { PageHead } from '@/components/shell/page-head'
import { Notice } from '@/components/ui/notice'
import { SearchBox } from '@/components/ui/search-box'
import { requireStaff } from '@/lib/auth/current-authority'
import { askTables } from '@/lib/lookups/ask'
import { traceAddress } from '@/lib/lookups/trace-address'

export const metadata: Metadata = { title: 'Lookups' }

const lookupQuery = z.object({ q: z.string().max(1000).catch('') })

/**
 * LDAP round trips: one for the person's authority, one for each table (all at once), and for the trace one for
 * each lookup that Postfix would make, one after the other. The address is in the URL, so a result can be shared.
 */
export default async function LookupsPage({ searchParams }: PageProps<'/lookups'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const { q: key } = lookupQuery.parse(await searchParams)
  return (
    <div className="max-w-5xl px-4 pb-10 md:px-7">
      <PageHead
        title="Lookups"
        tools={<SearchBox action="/lookups" name="q" label="Where does mail for … go?" defaultValue={key} />}
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
  if (tables.status === 'refused')
    return (
      <Notice tone="lost" title="Not asked">
        <p>{tables.message}</p>
      </Notice>
    )
  return (
    <>
      <h2 className="caption mb-2">Answers of your Postfix tables</h2>
      <TableAnswers answers={tables.answers} />
      <h2 className="caption mt-7 mb-2">Where mail for this address goes</h2>
      {traced.status === 'refused' ? (
        <Notice tone="changed" title="No trace">
          <p>{traced.message}</p>
        </Notice>
      ) : (
        <>
          <TraceDiagram trace={traced.trace} />
          <h2 className="caption mt-7 mb-2">Step by step</h2>
          <TraceSteps trace={traced.trace} />
          <p className="text-xs text-soft">{traced.milliseconds.toFixed(1)} ms in all</p>
        </>
      )}
    </>
  )
}

function Hint(): ReactNode {
  return (
    <div className="py-10 text-center">
      <p className="font-medium">Type an address, or any lookup key</p>
      <p className="mt-1 text-soft">
        An address shows every table’s answer and where its mail goes. A bare domain or{' '}
        <code className="address">@domain</code> works too.
      </p>
    </div>
  )
}

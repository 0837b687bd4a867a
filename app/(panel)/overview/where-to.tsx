import { clsx } from 'clsx'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { TraceDiagram } from '@/components/preview/trace-diagram'
import { verdictsOf } from '@/components/preview/verdict'
import { Notice } from '@/components/ui/notice'
import { getText, getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { traceAddress } from '@/lib/lookups/trace-address'

interface WhereToProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly address: string
}

const INK = { arrives: 'text-added', refused: 'text-lost', unknown: 'text-changed' }

/** Where mail for an address goes: the verdict in words, and the way there. */
export async function WhereTo({ authority, address }: WhereToProps): Promise<ReactNode> {
  const [traced, words, text] = await Promise.all([
    traceAddress(authority, address),
    getTranslations('overview'),
    getText(),
  ])
  if (traced.status === 'refused')
    return (
      <div className="pb-5">
        <Notice tone="changed" title={words('notAsked')}>
          <p>{text(traced.message)}</p>
        </Notice>
      </div>
    )
  return (
    <section aria-label={words('where')} className="mb-6 rounded-[9px] border border-line bg-panel px-4 py-3">
      <ul>
        {verdictsOf(traced.trace).map((verdict) => (
          <li key={text(verdict.word)} className="wrap-anywhere">
            <span className="address font-medium">{address}</span>{' '}
            <span className={clsx('font-medium', INK[verdict.kind])}>
              <span aria-hidden>{verdict.symbol} </span>
              {text(verdict.word)}
            </span>{' '}
            <span className="address">{text(verdict.text)}</span>
          </li>
        ))}
      </ul>
      <TraceDiagram trace={traced.trace} />
      <p className="text-[13px]">
        <Link
          href={`/lookups?q=${encodeURIComponent(address)}` as Route}
          className="text-accent hover:underline"
        >
          {words('fullTrace')}
        </Link>
      </p>
    </section>
  )
}

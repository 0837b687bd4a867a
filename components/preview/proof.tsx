'use client'

import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import type { BrokenPromise, LookupChange } from '@/lib/changes/preview-result'
import { Answer, LookupList } from './lookup-list'

interface Saved {
  readonly lookups: readonly LookupChange[]
  readonly broken: readonly BrokenPromise[]
}

/** After the commit: the lookups asked again, and whether each answers as was promised. */
export function Proof({ outcome }: { readonly outcome: Saved }): ReactNode {
  const { lookups, broken } = outcome
  if (broken.length > 0) return <Alarm outcome={outcome} />
  return (
    <div className="py-3">
      <Notice tone="added" role="status" title="✓ As previewed">
        <p>
          Saved.{' '}
          {lookups.length === 0
            ? 'No lookup was affected.'
            : `${countOf(lookups.length)} asked again, all answered as shown.`}
        </p>
      </Notice>
      <LookupList lookups={lookups} />
    </div>
  )
}

function Alarm({ outcome }: { readonly outcome: Saved }): ReactNode {
  return (
    <div className="py-3">
      <Notice tone="lost" role="alert" title="! Not as previewed">
        <p>
          The change is saved, but {countOf(outcome.broken.length)} of {outcome.lookups.length} answered
          otherwise than shown.
        </p>
        <p>Someone may have changed another entry at the same moment. Check these addresses:</p>
      </Notice>
      <ul className="pt-2">
        {outcome.broken.map(({ lookup, now }) => (
          <li key={`${lookup.map} ${lookup.key}`} className="border-b border-line py-2.5">
            <p className="address">{lookup.key}</p>
            <dl className="address grid grid-cols-[80px_minmax(0,1fr)] gap-x-2">
              <Answer label="previewed" answer={lookup.after} ink="text-ink" />
              <Answer label="now" answer={now} ink="text-lost" />
            </dl>
          </li>
        ))}
      </ul>
    </div>
  )
}

function countOf(lookups: number): string {
  return lookups === 1 ? '1 lookup' : `${lookups} lookups`
}

'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { BrokenPromise } from '@/lib/changes/preview-result'
import { Answer, More } from './lookup-list'

interface BrokenListProps {
  readonly broken: readonly BrokenPromise[]
  /** How many there are in all. */
  readonly count: number
}

/** Lookups that answer otherwise than was previewed, with both answers. */
export function BrokenList({ broken, count }: BrokenListProps): ReactNode {
  const t = useTranslations('proof')
  return (
    <>
      <ul className="pt-2">
        {broken.map(({ lookup, now }) => (
          <li key={`${lookup.map} ${lookup.key}`} className="border-b border-line py-2.5">
            <p className="address">{lookup.key}</p>
            <dl className="address grid grid-cols-[80px_minmax(0,1fr)] gap-x-2">
              <Answer label={t('previewed')} answer={lookup.after} ink="text-ink" />
              <Answer label={t('now')} answer={now} ink="text-lost" />
            </dl>
          </li>
        ))}
      </ul>
      <More count={count - broken.length} />
    </>
  )
}

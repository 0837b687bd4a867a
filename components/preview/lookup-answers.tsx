import type { ReactNode } from 'react'
import type { LookupAnswer } from '@/lib/changes/preview-result'
import { Answer } from './lookup-list'

interface AddressLookups {
  readonly address: string
  readonly lookups: readonly {
    readonly parameter: string
    readonly map: string
    readonly answer: LookupAnswer
  }[]
}

/** Addresses with what each table answers now. */
export function LookupAnswers({ answers }: { readonly answers: readonly AddressLookups[] }): ReactNode {
  return (
    <ul className="border-t border-line">
      {answers.map(({ address, lookups }) => (
        <li key={address} className="border-b border-line py-3">
          <p className="address font-medium">{address}</p>
          <dl className="address grid grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-3">
            {lookups.map((lookup) => (
              <Answer
                key={`${lookup.parameter} ${lookup.map}`}
                label={lookup.parameter}
                answer={lookup.answer}
                ink="text-ink"
              />
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

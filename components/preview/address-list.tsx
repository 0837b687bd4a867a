import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { AddressChange, TraceSummary } from '@/lib/changes/preview-result'
import { type Verdict, verdictsOf } from './verdict'

/** As many addresses as are drawn; a domain can have thousands. */
const MOST_SHOWN = 100

/** Where mail to each address goes now and after the change: the changed ones open, the others folded away. */
export function AddressList({ addresses }: { readonly addresses: readonly AddressChange[] }): ReactNode {
  const changed = addresses.filter((address) => !isSame(address))
  const same = addresses.filter(isSame)
  return (
    <>
      {changed.length === 0 && <p className="py-3 text-soft">All mail goes where it goes now.</p>}
      <Rows label="Addresses whose mail goes elsewhere" addresses={changed} />
      {same.length > 0 && (
        <details>
          <summary className="py-2.5 text-soft">
            {same.length} other {same.length === 1 ? 'address' : 'addresses'} followed, unchanged{' '}
            <span aria-hidden className="address">
              =
            </span>
          </summary>
          <Rows label="Addresses whose mail goes where it goes now" addresses={same} />
        </details>
      )}
    </>
  )
}

interface RowsProps {
  readonly label: string
  readonly addresses: readonly AddressChange[]
}

function Rows({ label, addresses }: RowsProps): ReactNode {
  const more = addresses.length - MOST_SHOWN
  return (
    <>
      <ul aria-label={label}>
        {addresses.slice(0, MOST_SHOWN).map((change) => (
          <li key={change.address} className="border-b border-line py-2.5">
            <p className="address flex items-baseline gap-2">
              <span aria-hidden className="w-3 text-center font-semibold text-soft">
                {isSame(change) ? '=' : '~'}
              </span>
              <span>{change.address}</span>
            </p>
            <dl className="grid grid-cols-[48px_minmax(0,1fr)] gap-x-2 pt-0.5 pl-5">
              <Verdicts label="now" summary={change.before} />
              {!isSame(change) && <Verdicts label="after" summary={change.after} />}
            </dl>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="py-2.5 text-soft">and {more} more</p>}
    </>
  )
}

function Verdicts({ label, summary }: { readonly label: string; readonly summary: TraceSummary }): ReactNode {
  return (
    <>
      <dt className="address text-soft">{label}</dt>
      <dd>
        {verdictsOf(summary).map((verdict) => (
          <VerdictLine key={`${verdict.word} ${verdict.text}`} verdict={verdict} />
        ))}
      </dd>
    </>
  )
}

const INK = { arrives: 'text-added', refused: 'text-lost', unknown: 'text-changed' } as const

function VerdictLine({ verdict }: { readonly verdict: Verdict }): ReactNode {
  return (
    <p className={clsx('break-words', INK[verdict.kind])}>
      <span aria-hidden>{verdict.symbol} </span>
      <strong className="font-medium">{verdict.word}</strong> <span className="address">{verdict.text}</span>
    </p>
  )
}

function isSame({ before, after }: AddressChange): boolean {
  return JSON.stringify(verdictsOf(before)) === JSON.stringify(verdictsOf(after))
}

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { AddressChange, TraceSummary } from '@/lib/changes/preview-result'
import { isSameFate as isSame, type LeftOut } from '@/lib/changes/shown-preview'
import { More } from './lookup-list'
import { type Verdict, verdictsOf } from './verdict'

interface AddressListProps {
  readonly addresses: readonly AddressChange[]
  /** How many more there are; a domain can have thousands. */
  readonly leftOut: LeftOut
}

/** Where mail to each address goes now and after the change: the changed ones open, the others folded away. */
export function AddressList({ addresses, leftOut }: AddressListProps): ReactNode {
  const t = useTranslations('preview.addresses')
  const changed = addresses.filter((address) => !isSame(address))
  const same = addresses.filter(isSame)
  return (
    <>
      {changed.length === 0 && <p className="py-3 text-soft">{t('allSame')}</p>}
      <Rows label={t('changing')} addresses={changed} more={leftOut.changed} />
      {same.length > 0 && (
        <details>
          <summary className="py-2.5 text-soft">
            {t('same', { count: same.length + leftOut.same })}{' '}
            <span aria-hidden className="address">
              =
            </span>
          </summary>
          <Rows label={t('staying')} addresses={same} more={leftOut.same} />
        </details>
      )}
    </>
  )
}

interface RowsProps {
  readonly label: string
  readonly addresses: readonly AddressChange[]
  readonly more: number
}

function Rows({ label, addresses, more }: RowsProps): ReactNode {
  const t = useTranslations('preview.lookups')
  return (
    <>
      <ul aria-label={label}>
        {addresses.map((change) => (
          <li key={change.address} className="border-b border-line py-2.5">
            <p className="address flex items-baseline gap-2">
              <span aria-hidden className="w-3 text-center font-semibold text-soft">
                {isSame(change) ? '=' : '~'}
              </span>
              <span>{change.address}</span>
            </p>
            <dl className="grid grid-cols-[48px_minmax(0,1fr)] gap-x-2 pt-0.5 pl-5">
              <Verdicts label={t('now')} summary={change.before} />
              {!isSame(change) && <Verdicts label={t('after')} summary={change.after} />}
            </dl>
          </li>
        ))}
      </ul>
      <More count={more} />
    </>
  )
}

function Verdicts({ label, summary }: { readonly label: string; readonly summary: TraceSummary }): ReactNode {
  return (
    <>
      <dt className="address text-soft">{label}</dt>
      <dd>
        {verdictsOf(summary).map((verdict) => (
          <VerdictLine key={verdict.word.key} verdict={verdict} />
        ))}
      </dd>
    </>
  )
}

const INK = { arrives: 'text-added', refused: 'text-lost', unknown: 'text-changed' } as const

function VerdictLine({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const text = useText()
  return (
    <p className={clsx('break-words', INK[verdict.kind])}>
      <span aria-hidden>{verdict.symbol} </span>
      <strong className="font-medium">{text(verdict.word)}</strong>{' '}
      <span className="address">{text(verdict.text)}</span>
    </p>
  )
}

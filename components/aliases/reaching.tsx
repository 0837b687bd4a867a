import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { AliasGraphPicture } from '@/components/charts/alias-graph'
import { Notice } from '@/components/ui/notice'
import type { Reaching, ReachingAddress } from '@/lib/lookups/reaching'

interface ReachingAddressesProps {
  readonly mail: string
  readonly reaching: Extract<Reaching, { status: 'found' }>
}

/** Every address that ends in a mailbox: as a picture of the way there, and as a table. */
export function ReachingAddresses({ mail, reaching }: ReachingAddressesProps): ReactNode {
  const words = useTranslations('aliases')
  const text = useText()
  const { addresses, graph, left, hidden, problems } = reaching
  const trace = (
    <Link href={`/lookups?q=${encodeURIComponent(mail)}` as Route} className="text-accent hover:underline">
      {words('reachTrace', { mail })}
    </Link>
  )
  if (addresses.length === 0)
    return (
      <Notice tone="changed" title={words('reachHeading')}>
        <p>{words('reachNone', { mail })}</p>
        <p>{trace}</p>
      </Notice>
    )
  return (
    <>
      {graph.addresses.length > 1 && <AliasGraphPicture graph={graph} target={mail.toLowerCase()} />}
      <Table mail={mail.toLowerCase()} addresses={addresses} />
      {hidden > 0 && <p className="pt-2 text-[13px] text-soft">{words('reachHidden', { count: hidden })}</p>}
      {left > 0 && <p className="pt-2 text-[13px] text-soft">{words('reachLeft', { count: left })}</p>}
      {problems.map((problem) => (
        <div key={text(problem)} className="pt-3">
          <Notice tone="changed" title={words('reachProblem')}>
            <p>{text(problem)}</p>
          </Notice>
        </div>
      ))}
      <p className="pt-3 text-[13px]">{trace}</p>
    </>
  )
}

interface TableProps {
  readonly mail: string
  readonly addresses: readonly ReachingAddress[]
}

function Table({ mail, addresses }: TableProps): ReactNode {
  const words = useTranslations('aliases')
  return (
    <table className="mt-4 block w-full md:table">
      <caption className="sr-only">{words('reachTable')}</caption>
      <thead className="hidden md:table-header-group">
        <tr className="border-b border-line text-left">
          {(['reachAddress', 'reachVia', 'reachCopies'] as const).map((head) => (
            <th key={head} scope="col" className="caption py-2 pr-3">
              {words(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {addresses.map(({ address, via, copies }) => (
          <tr key={address} className="block border-b border-line py-2 md:table-row md:py-0">
            <td className="address block pr-3 font-medium md:table-cell md:py-2">{address}</td>
            <td className="block pr-3 text-soft md:table-cell md:py-2">
              {via.length > 0 ? (
                <span className="address">{via.join(' → ')}</span>
              ) : (
                words(address === mail ? 'reachItself' : 'reachDirect')
              )}
            </td>
            <td className="block text-soft md:table-cell md:py-2">
              {copies.length > 0 && (
                <>
                  <span className="md:sr-only">{words('reachCopies')} </span>
                  <span className="address">{copies.join(', ')}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { clsx } from 'clsx'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'
import type { AliasMark, AliasRow, Destination } from '@/lib/entries/alias-row'

/** So many destinations of one line are named. */
const MOST_NAMED = 4

interface AliasTableProps {
  readonly rows: readonly AliasRow[]
  /** What was searched for. */
  readonly text: string
  /** Whether only remarkable ones were wanted. */
  readonly isMarked: boolean
  readonly sortBy: 'destination' | 'address'
  /** The list in the other orders; null where there is no such order. */
  readonly byAddress: Route | null
  readonly byDestination: Route
}

/** Aliases with their destinations: a table on wide screens, a list of cards on narrow ones. */
export function AliasTable(props: AliasTableProps): ReactNode {
  const { rows, text, isMarked, sortBy, byAddress, byDestination } = props
  const words = useTranslations('aliases')
  if (rows.length === 0) return <NothingFound text={text} isMarked={isMarked} />
  return (
    <table className="block w-full md:table md:table-fixed">
      <caption className="sr-only">{words('title')}</caption>
      <thead className="hidden md:table-header-group">
        <tr className="border-b border-line text-left">
          <Head
            id="sort-address"
            label={words('column.address')}
            isActive={sortBy === 'address'}
            to={byAddress}
          />
          <Head
            id="sort-destination"
            label={words('column.destination')}
            isActive={sortBy === 'destination'}
            to={byDestination}
          />
          <th scope="col" className="caption w-72 py-0.5">
            {words('column.remarkable')}
          </th>
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {rows.map((row) => (
          <Line key={`${row.kind} ${row.address} ${row.mailbox ?? ''}`} row={row} />
        ))}
      </tbody>
    </table>
  )
}

interface HeadProps {
  readonly id: string
  readonly label: string
  readonly isActive: boolean
  readonly to: Route | null
}

function Head({ id, label, isActive, to }: HeadProps): ReactNode {
  if (to === null)
    return (
      <th scope="col" className="caption py-0.5 pr-3">
        {label}
      </th>
    )
  return (
    <th scope="col" aria-sort={isActive ? 'ascending' : 'none'} className="py-0.5 pr-3">
      <Link id={id} href={to} prefetch={false} className="caption inline-block min-h-6 py-0.5 hover:text-ink">
        {label}
        <span aria-hidden>{isActive ? ' ↓' : ''}</span>
      </Link>
    </th>
  )
}

/** Where a line leads: to the alias itself, or where it belongs to a mailbox to that. */
function hrefOf({ kind, address, mailbox }: AliasRow): Route {
  if (kind === 'alias') return `/aliases/edit?address=${encodeURIComponent(address)}` as Route
  if (mailbox !== null) return `/mailboxes/${mailbox}` as Route
  return `/lookups?q=${encodeURIComponent(address)}` as Route
}

function Line({ row }: { readonly row: AliasRow }): ReactNode {
  const words = useTranslations('aliases')
  const { address, destinations, hidden, marks } = row
  const named = destinations.slice(0, MOST_NAMED)
  return (
    <tr className="relative block border-b border-line py-1.5 leading-5 hover:bg-hover md:table-row md:py-0">
      <td className="block pr-3 align-top md:table-cell md:py-1">
        <Link
          href={hrefOf(row)}
          prefetch={false}
          className="address font-medium before:absolute before:inset-0 hover:text-accent"
        >
          {address}
        </Link>
      </td>
      <td className="block pr-3 align-top md:table-cell md:py-1">
        <ul>
          {named.map((destination) => (
            <DestinationLine key={destination.address} destination={destination} />
          ))}
          {destinations.length > named.length && (
            <li className="text-[13px] text-soft">
              {words('otherDestinations', { count: destinations.length - named.length })}
            </li>
          )}
          {hidden > 0 && <li className="text-[13px] text-soft">{words('hidden', { count: hidden })}</li>}
        </ul>
      </td>
      <td className="block align-top text-[13px] md:table-cell md:py-1">
        {marks.length > 0 && (
          <ul className="flex flex-wrap gap-1">
            {marks.map((mark) => (
              <Mark key={mark} mark={mark} />
            ))}
          </ul>
        )}
      </td>
    </tr>
  )
}

function DestinationLine({ destination }: { readonly destination: Destination }): ReactNode {
  const { address, name } = destination
  return (
    <li className="min-w-0 truncate">
      <span aria-hidden className="text-soft">
        →{' '}
      </span>
      <span className="address">{address}</span>
      {name !== '' && name !== address && <span className="pl-2 text-[13px] text-soft">{name}</span>}
    </li>
  )
}

const MARKS: Record<AliasMark, { readonly symbol: string; readonly look: string }> = {
  external: { symbol: '↗', look: 'bg-accent-ground text-accent' },
  dangling: { symbol: '×', look: 'bg-lost-ground text-lost' },
  catchAll: { symbol: '∗', look: 'bg-accent-ground text-accent' },
  shadowing: { symbol: '!', look: 'bg-lost-ground text-lost' },
  multi: { symbol: '⇉', look: 'bg-hover text-ink' },
  unhosted: { symbol: '×', look: 'bg-lost-ground text-lost' },
  disabled: { symbol: '○', look: 'bg-changed-ground text-changed' },
}

function Mark({ mark }: { readonly mark: AliasMark }): ReactNode {
  const words = useTranslations('aliases')
  const { symbol, look } = MARKS[mark]
  return (
    <li title={words(`markAbout.${mark}`)} className={clsx('rounded-md px-1.5 py-0.5 text-xs', look)}>
      <span aria-hidden>{symbol} </span>
      {words(`mark.${mark}`)}
      <span className="sr-only">: {words(`markAbout.${mark}`)}</span>
    </li>
  )
}

interface NothingFoundProps {
  readonly text: string
  readonly isMarked: boolean
}

function NothingFound({ text, isMarked }: NothingFoundProps): ReactNode {
  const words = useTranslations('aliases')
  const why = isMarked ? 'nothingMarked' : text === '' ? 'empty' : 'nothing'
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{words(why, { text })}</p>
      <p className="mx-auto mt-1 mb-4 max-w-prose text-soft">{words(`${why}About`)}</p>
      <Link href="/aliases" className={buttonClass('plain')}>
        {words('showAll')}
      </Link>
    </div>
  )
}

import { scaleLinear } from 'd3-scale'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'
import { ChartTable } from './chart-table'

interface Bar {
  readonly name: string
  readonly value: number
  /** Where its rows are listed; null if nowhere. */
  readonly href: string | null
}

interface BarChartProps {
  readonly label: string
  /** Headings of the table: what the bars are, and what is counted. */
  readonly heads: readonly [string, string]
  /** Drawn in this order. */
  readonly bars: readonly Bar[]
  /** Those that are not drawn, together; in numbers alone, as their bar would dwarf the others. */
  readonly rest?: Omit<Bar, 'href'> | null
  /** All of them, for the table. */
  readonly table: readonly (readonly [string, number])[]
  /** Whether the names are words, which may take more than one line, and not domains or addresses. */
  readonly inWords?: boolean
}

/**
 * Bars from left to right, each with its name and its number, so that nothing has to be read off lengths or
 * colours alone. Drawn at the server; the lengths are shares of the longest bar.
 */
export function BarChart({
  label,
  heads,
  bars,
  rest = null,
  table,
  inWords = false,
}: BarChartProps): ReactNode {
  const words = useTranslations('charts')
  const format = useFormatter()
  if (bars.length === 0) return <p className="py-3 text-soft">{words('noData')}</p>
  const width = scaleLinear([0, Math.max(1, ...bars.map(({ value }) => value))], [0, 100])
  return (
    <figure aria-label={label}>
      <ul className="grid gap-1 py-1">
        {bars.map(({ name, value, href }) => (
          <li key={name} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-3">
            <div className="min-w-0">
              <p className={inWords ? 'text-[13px]' : 'address truncate text-[12px]'} title={name}>
                {href === null ? (
                  name
                ) : (
                  <Link href={href as Route} prefetch={false} className="hover:underline">
                    {name}
                  </Link>
                )}
              </p>
              <svg aria-hidden viewBox="0 0 100 5" preserveAspectRatio="none" className="block h-1.5 w-full">
                <rect width="100" height="5" className="fill-hover" />
                <rect width={width(value)} height="5" className="fill-accent" />
              </svg>
            </div>
            <p className="min-w-10 text-right leading-4 tabular-nums">{format.number(value)}</p>
          </li>
        ))}
        {rest !== null && (
          <li className="flex justify-between gap-x-3 pt-0.5 text-soft">
            <span className="text-[12px]">{rest.name}</span>
            <span className="leading-4 tabular-nums">{format.number(rest.value)}</span>
          </li>
        )}
      </ul>
      <ChartTable heads={heads} rows={table.map(([name, value]) => [name, format.number(value)])} />
    </figure>
  )
}

import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface ChartTableProps {
  readonly heads: readonly [string, string]
  readonly rows: readonly (readonly [string, string])[]
}

/** The table behind a chart, folded away: the same numbers for whoever reads them better. */
export function ChartTable({ heads, rows }: ChartTableProps): ReactNode {
  const words = useTranslations('charts')
  return (
    <details className="pt-1 text-[13px]">
      <summary className="min-h-6 text-soft hover:text-ink">{words('asTable')}</summary>
      <div className="max-h-80 overflow-y-auto" tabIndex={0} role="region" aria-label={words('asTable')}>
        <table className="w-full">
          <thead>
            <tr className="border-b border-line text-left">
              <th scope="col" className="caption py-1 pr-3">
                {heads[0]}
              </th>
              <th scope="col" className="caption py-1 text-right">
                {heads[1]}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name} className="border-b border-line">
                <th scope="row" className="py-1 pr-3 text-left font-normal wrap-anywhere">
                  {name}
                </th>
                <td className="py-1 text-right tabular-nums">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

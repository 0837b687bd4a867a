import { scaleBand, scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'
import { ChartTable } from './chart-table'

interface Day {
  /** For example 2026-01-31. */
  readonly day: string
  /** null when it is not known. */
  readonly value: number | null
}

interface DayChartProps {
  readonly label: string
  /** What is counted, for the table. */
  readonly counted: string
  readonly days: readonly Day[]
}

const WIDTH = 384
const HEIGHT = 124
const TOP = 14
const BOTTOM = 102
const LEFT = 26

/** A column for each day, with a scale and the numbers of the highest; days that are not known are hatched. */
export function DayChart({ label, counted, days }: DayChartProps): ReactNode {
  const words = useTranslations('charts')
  const format = useFormatter()
  const most = Math.max(1, ...days.map(({ value }) => value ?? 0))
  const x = scaleBand(
    days.map(({ day }) => day),
    [LEFT, WIDTH],
  ).paddingInner(0.2)
  const y = scaleLinear([0, most], [BOTTOM, TOP]).nice(3)
  const written = (day: string): string =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { day: 'numeric', month: 'short', timeZone: 'UTC' })
  if (days.every(({ value }) => value === 0))
    return (
      <p className="flex aspect-[384/124] items-center justify-center rounded-lg border border-dashed border-line text-soft">
        {words('noData')}
      </p>
    )
  const isUnknown = days.some(({ value }) => value === null)
  return (
    <figure aria-label={label}>
      <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="block w-full text-[11px]">
        <Hatching />
        <Scale ticks={y.ticks(3).filter(Number.isInteger)} y={y} />
        {days.map(({ day, value }, index) => (
          <g key={day} transform={`translate(${x(day) ?? 0} 0)`}>
            {value === null ? (
              <rect y={TOP} width={x.bandwidth()} height={BOTTOM - TOP} fill="url(#unknown)" />
            ) : (
              <rect
                y={y(value)}
                width={x.bandwidth()}
                height={BOTTOM - y(value)}
                rx="1.5"
                className="fill-accent"
              />
            )}
            {value !== null && value > 0 && value === most && (
              <text
                x={index === days.length - 1 ? x.bandwidth() : x.bandwidth() / 2}
                y={y(value) - 4}
                textAnchor={index === days.length - 1 ? 'end' : 'middle'}
                className="fill-ink"
              >
                {format.number(value)}
              </text>
            )}
            {(days.length - 1 - index) % 7 === 0 && (
              <text
                x={index === days.length - 1 ? x.bandwidth() : x.bandwidth() / 2}
                y={HEIGHT - 6}
                textAnchor={index === days.length - 1 ? 'end' : 'middle'}
                className="fill-soft"
              >
                {written(day)}
              </text>
            )}
          </g>
        ))}
      </svg>
      {isUnknown && <p className="text-[13px] text-soft">{words('unknownDays')}</p>}
      <ChartTable
        heads={[words('day'), counted]}
        rows={[...days]
          .reverse()
          .map(({ day, value }) => [written(day), value === null ? words('unknown') : format.number(value)])}
      />
    </figure>
  )
}

function Hatching(): ReactNode {
  return (
    <defs>
      <pattern id="unknown" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line y2="5" className="stroke-edge" strokeWidth="1.5" />
      </pattern>
    </defs>
  )
}

interface ScaleProps {
  readonly ticks: readonly number[]
  readonly y: (value: number) => number
}

function Scale({ ticks, y }: ScaleProps): ReactNode {
  const format = useFormatter()
  return ticks.map((tick) => (
    <g key={tick} transform={`translate(0 ${y(tick)})`}>
      <path d={`M${LEFT} 0H${WIDTH}`} className="stroke-line" />
      <text x={LEFT - 6} dy="0.32em" textAnchor="end" className="fill-soft tabular-nums">
        {format.number(tick)}
      </text>
    </g>
  ))
}

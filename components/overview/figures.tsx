import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import type { Sums } from '@/lib/survey/tally-sheet'

interface FiguresProps {
  readonly sums: Sums
  /** When they were counted, in milliseconds since 1970. */
  readonly time: number
}

/** How many mailboxes, domains and aliases there are. */
export function Figures({ sums, time }: FiguresProps): ReactNode {
  const words = useTranslations('overview')
  const format = useFormatter()
  const figures = [
    { name: 'mailboxes', count: sums.mailboxes },
    { name: 'domains', count: sums.domains.length },
    { name: 'aliases', count: sums.aliases },
  ] as const
  const further = [
    { name: 'disabled', count: sums.disabled },
    { name: 'forwarding', count: sums.forwarding },
  ] as const
  return (
    <>
      <dl className="grid grid-cols-3 gap-x-4">
        {figures.map(({ name, count }) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-soft">{words(name, { count })}</dt>
            <dd className="text-[26px] leading-8 font-semibold tracking-tight tabular-nums">
              {format.number(count)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-2 text-[13px] text-soft">
        {further.map(({ name, count }) => `${format.number(count)} ${words(name)}`).join(' · ')}
        {' · '}
        {words.rich('countedAt', { time: () => <LocalTime iso={new Date(time).toISOString()} /> })}
      </p>
    </>
  )
}

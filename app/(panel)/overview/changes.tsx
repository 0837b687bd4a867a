import type { ReactNode } from 'react'
import { DayChart } from '@/components/charts/day-chart'
import { ChangeList } from '@/components/history/change-list'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { listHistory } from '@/lib/history/history'
import { changesOverTime } from '@/lib/overview/changes-over-time'

const MOST_SHOWN = 6
const ANY = { person: '', entry: '', address: '', from: '', to: '', before: '' }

interface ChangesProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
}

/** The newest changes in words. */
export async function RecentChanges({ authority }: ChangesProps): Promise<ReactNode> {
  const [page, words] = await Promise.all([
    listHistory(authority, ANY, MOST_SHOWN),
    getTranslations('overview'),
  ])
  if (page.status === 'failed') return <Unanswered failure={page} />
  if (page.changes.length === 0) return <p className="text-soft">{words('noChanges')}</p>
  return <ChangeList changes={page.changes} />
}

/** How many changes were made on each of the last days. */
export async function ChangesByDay({ authority }: ChangesProps): Promise<ReactNode> {
  const [counted, words, charts] = await Promise.all([
    changesOverTime(authority),
    getTranslations('overview'),
    getTranslations('charts'),
  ])
  if (counted.status === 'failed') return <Unanswered failure={counted} />
  return (
    <DayChart
      label={words('overTime')}
      counted={charts('changes')}
      days={counted.days.map(({ day, changes }) => ({ day, value: changes }))}
    />
  )
}

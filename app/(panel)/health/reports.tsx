import type { ReactNode } from 'react'
import { BarChart } from '@/components/charts/bar-chart'
import { CheckList } from '@/components/health/check-list'
import { LocalTime } from '@/components/history/local-time'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { foundChecks, listOf } from '@/lib/health/health-check'
import { directoryReport, postureReport } from '@/lib/health/report'

interface ReportProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
}

/** The checks of mailboxes, domains and people, and when they were looked at. */
export async function Directory({ authority }: ReportProps): Promise<ReactNode> {
  const [report, t, mailboxes] = await Promise.all([
    directoryReport(authority),
    getTranslations('health'),
    getTranslations('mailboxes'),
  ])
  if (report === null) return null
  if (report.status === 'failed') return <Unanswered failure={report} />
  const { time, took, domains } = report
  return (
    <>
      <p className="pb-1 text-[13px] text-soft">
        {t.rich('lookedAt', {
          mailboxes: report.mailboxes,
          domains,
          seconds: Math.round(took / 100) / 10,
          time: () => <LocalTime iso={new Date(time).toISOString()} />,
        })}{' '}
        {!report.isUsual && mailboxes('finding.otherTables')}
      </p>
      <CheckList checks={report.checks} />
    </>
  )
}

/** The checks of main.cf and its tables. */
export async function Configuration({ authority }: ReportProps): Promise<ReactNode> {
  const [report, t] = await Promise.all([postureReport(authority), getTranslations('health')])
  if (report === null) return null
  switch (report.status) {
    case 'failed':
      return <Unanswered failure={report} />
    case 'broken':
      return (
        <Notice tone="lost" title={t('broken')}>
          <p className="wrap-anywhere">{report.message}</p>
          <p>{t('brokenAbout')}</p>
        </Notice>
      )
    case 'notGiven':
      return (
        <Notice tone="plain" title={t('notGiven')}>
          <p>{t('notGivenAbout')}</p>
        </Notice>
      )
    case 'judged':
      return <CheckList checks={report.checks} />
  }
}

/** How many mailboxes, domains and people each check of the directory found. */
export async function KindBars({ authority }: ReportProps): Promise<ReactNode> {
  const [report, t] = await Promise.all([directoryReport(authority), getTranslations('health')])
  if (report === null) return null
  if (report.status === 'failed') return <Unanswered failure={report} />
  const bars = foundChecks(report.checks).map(({ code, count }) => ({
    name: t(`check.${code}.name`),
    value: count ?? 0,
    href: listOf(code),
  }))
  return (
    <BarChart
      inWords
      label={t('chart')}
      heads={[t('kind'), t('number')]}
      bars={bars}
      table={report.checks.flatMap(({ code, count }) =>
        count === null ? [] : [[t(`check.${code}.name`), count] as const],
      )}
    />
  )
}

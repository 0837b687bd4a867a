import type { ReactNode } from 'react'
import { BarChart } from '@/components/charts/bar-chart'
import { AttentionList } from '@/components/overview/attention-list'
import { Figures } from '@/components/overview/figures'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { unfinishedCommits } from '@/lib/changes/recovery/recovery'
import { tally } from '@/lib/overview/tally'
import { checkSite } from '@/lib/site/readiness'

const MOST_BARS = 10

interface CountedProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
}

/** How many mailboxes, domains and aliases there are. */
export async function Counts({ authority }: CountedProps): Promise<ReactNode> {
  const counted = await tally(authority)
  if (counted.status === 'failed') return <Unanswered failure={counted} />
  return <Figures sums={counted} time={counted.time} />
}

/** What needs attention: in the mail directory, in the journal and in the settings. */
export async function Attention({ authority }: CountedProps): Promise<ReactNode> {
  const [counted, unfinished, settings] = await Promise.all([
    tally(authority),
    unfinishedCommits(authority),
    authority.role === 'postmaster' ? checkSite() : [],
  ])
  if (counted.status === 'failed') return <Unanswered failure={counted} />
  const waiting = unfinished.status === 'listed' ? unfinished.commits.filter(({ running }) => !running) : []
  return <AttentionList items={counted.attention} unfinished={waiting.length} settings={settings} />
}

/** The domains with the most mailboxes, and the others together. */
export async function DomainBars({ authority }: CountedProps): Promise<ReactNode> {
  const [counted, words, charts] = await Promise.all([
    tally(authority),
    getTranslations('overview'),
    getTranslations('charts'),
  ])
  if (counted.status === 'failed') return <Unanswered failure={counted} />
  const { domains } = counted
  const [shown, others] = [domains.slice(0, MOST_BARS), domains.slice(MOST_BARS)]
  const bars = shown.map(({ name, mailboxes }) => ({
    name,
    value: mailboxes,
    href: `/mailboxes?domain=${encodeURIComponent(name)}`,
  }))
  const rest = {
    name: charts('otherDomains', { count: others.length }),
    value: others.reduce((sum, { mailboxes }) => sum + mailboxes, 0),
  }
  return (
    <BarChart
      label={words('perDomain')}
      heads={[charts('domain'), charts('mailboxes')]}
      bars={bars}
      rest={others.length === 0 ? null : rest}
      table={domains.map(({ name, mailboxes }) => [name, mailboxes])}
    />
  )
}

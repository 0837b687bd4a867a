import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { LocalTime } from '@/components/history/local-time'
import { Notice } from '@/components/ui/notice'
import { getText, getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { unfinishedCommits } from '@/lib/changes/recovery/recovery'

interface UnfinishedListProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
}

/** Changes that were cut off halfway, each with the way to continue or undo it. Nothing when there are none. */
export async function UnfinishedList({ authority }: UnfinishedListProps): Promise<ReactNode> {
  const listed = await unfinishedCommits(authority)
  const t = await getTranslations('recovery')
  const text = await getText()
  if (listed.status === 'unavailable')
    return (
      <Notice tone="lost" title={t('journalUnread')}>
        <p>{text(listed.message)}</p>
      </Notice>
    )
  const waiting = listed.commits.filter(({ running }) => !running)
  if (waiting.length === 0 && listed.damaged.length === 0) return null
  return (
    <div className="mb-4">
      <Notice tone="changed" title={t('cutOff', { count: waiting.length })}>
        <ul className="space-y-1">
          {waiting.map(({ id, person, time, message }) => (
            <li key={id}>
              <Link href={`/history/unfinished/${encodeURIComponent(id)}` as Route} className="underline">
                {person.name}, <LocalTime iso={time} />
              </Link>
              : {text(message)}
            </li>
          ))}
          {listed.damaged.map((reason) => (
            <li key={text(reason)}>{text(reason)}</li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

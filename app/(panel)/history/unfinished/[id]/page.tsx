import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { LocalTime } from '@/components/history/local-time'
import { RecoveryPane } from '@/components/recovery/recovery-pane'
import { Notice } from '@/components/ui/notice'
import { getText, getTranslations, useText, useTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import {
  previewContinuation,
  previewUndo,
  type RecoveryPreview,
  unfinishedCommits,
  type UnfinishedStep,
} from '@/lib/changes/recovery/recovery'
import type { RecoveryDirection } from '@/lib/changes/recovery/recover-commit'
import type { Text } from '@/lib/words/text'
import { recover } from './actions'

/** The page's title. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('recovery'))('title') }
}

const direction = z.enum(['continue', 'undo']).catch('continue')

/** LDAP round trips: one for the person's authority, one for each unfinished commit, those of a preview. */
export default async function UnfinishedPage({
  params,
  searchParams,
}: PageProps<'/history/unfinished/[id]'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const id = decodeURIComponent((await params).id)
  const wanted = direction.parse((await searchParams)['do'])
  const listed = await unfinishedCommits(authority)
  if (listed.status === 'unavailable') return <Refused message={listed.message} />
  const t = await getTranslations('recovery')
  const history = await getTranslations('history')
  const text = await getText()
  const commit = listed.commits.find((one) => one.id === id)
  if (commit === undefined) notFound()
  const preview = await (wanted === 'continue' ? previewContinuation : previewUndo)(authority, id)
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">
        <p className="pt-5 text-[13px] text-soft">
          <Link href="/history" className="hover:underline">
            {history('title')}
          </Link>{' '}
          / {t('crumb')}
        </p>
        <h1 className="mt-1">{t('title')}</h1>
        <p className="mt-1 mb-5 text-soft">
          {commit.person.name}, <LocalTime iso={commit.time} />
        </p>
        <p>{text(commit.message)}</p>
        <h2 className="caption mt-6 mb-2.5">{t('parts')}</h2>
        <Steps steps={commit.steps} />
      </div>
      <aside
        aria-labelledby="recovery-title"
        className="border-t border-line bg-panel px-4 py-4 lg:min-h-dvh lg:border-t-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="recovery-title" className="text-[15px] font-semibold tracking-tight">
          {(await getTranslations('preview'))('title')}
        </h2>
        <Directions id={id} current={wanted} />
        <Planned id={id} wanted={wanted} preview={preview} />
      </aside>
    </div>
  )
}

function Directions({
  id,
  current,
}: {
  readonly id: string
  readonly current: RecoveryDirection
}): ReactNode {
  const t = useTranslations('recovery')
  return (
    <nav aria-label={t('whatToDo')} className="flex gap-1 py-2 text-[13px]">
      {(['continue', 'undo'] as const).map((one) => (
        <Link
          key={one}
          href={`/history/unfinished/${encodeURIComponent(id)}?do=${one}` as Route}
          aria-current={one === current ? 'true' : undefined}
          className={`rounded-full px-2.5 py-1 ${one === current ? 'bg-accent-ground font-medium text-accent' : 'text-soft hover:bg-hover hover:text-ink'}`}
        >
          {t(one)}
        </Link>
      ))}
    </nav>
  )
}

interface PlannedProps {
  readonly id: string
  readonly wanted: RecoveryDirection
  readonly preview: RecoveryPreview
}

function Planned({ id, wanted, preview }: PlannedProps): ReactNode {
  if (preview.status !== 'planned') return <Refused message={preview.message} />
  return (
    <RecoveryPane
      key={wanted}
      id={id}
      direction={wanted}
      preview={preview.preview}
      notes={preview.notes}
      recover={recover}
    />
  )
}

function Steps({ steps }: { readonly steps: readonly UnfinishedStep[] }): ReactNode {
  const t = useTranslations('recovery.state')
  return (
    <ol className="border-t border-line">
      {steps.map(({ dn, ldif, state }, index) => (
        <li key={index} className="border-b border-line py-2">
          <details>
            <summary className="min-h-6">
              <span className="address">{dn}</span> <span className="text-soft">· {t(state)}</span>
            </summary>
            <pre className="address my-2 overflow-x-auto rounded-lg bg-hover p-3 whitespace-pre-wrap">
              {ldif}
            </pre>
          </details>
        </li>
      ))}
    </ol>
  )
}

function Refused({ message }: { readonly message: Text }): ReactNode {
  const t = useTranslations('recovery')
  const text = useText()
  return (
    <div className="py-3">
      <Notice tone="lost" title={t('notNow')}>
        <p>{text(message)}</p>
      </Notice>
    </div>
  )
}

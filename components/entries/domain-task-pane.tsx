'use client'

import Link from 'next/link'
import type { Route } from 'next'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { type ApprovalAnswer, ApprovalPane } from '@/components/preview/approval-pane'
import { heldForNumber, TypedNumber } from '@/components/preview/typed-number'
import { Notice } from '@/components/ui/notice'
import type { DomainTaskField } from '@/lib/changes/domain-task'
import type { EditNews } from '@/lib/changes/edit-news'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Approval } from '@/lib/changes/preview-result'
import type { Progress } from '@/lib/changes/progress'
import type { Domain } from '@/lib/entries/domain'
import type { Text } from '@/lib/words/text'

type Outcome = EditOutcome<DomainTaskField, Domain>

/** Does the task if it is what was previewed; the browser hears how far it is. */
export type TaskAction = (
  submission: unknown,
  approval: Approval,
) => Promise<ReadableStream<EditNews<DomainTaskField, Domain>>>

interface DomainTaskPaneProps {
  /** Made by the server. */
  readonly initial: EditPreview<DomainTaskField, Domain>
  /** What was submitted for the preview; a typed number is added here. */
  readonly submission: Readonly<Record<string, string | boolean | null>>
  /** The number of addresses to be typed first; null if none. */
  readonly number: number | null
  readonly label: string
  readonly act: TaskAction
  /** Where to go when it is done. */
  readonly after: { readonly path: string; readonly label: string }
}

const UNREACHABLE: Outcome = { status: 'refused', message: { key: 'domain.task.unreachable' }, field: null }

/** The preview of a task on a whole domain, the button that does it, how far it is, and the proof. */
export function DomainTaskPane(props: DomainTaskPaneProps): ReactNode {
  const { initial, submission, number, label, act, after } = props
  const t = useTranslations('domain.task')
  const [typed, setTyped] = useState('')
  const [progress, setProgress] = useState<Progress | null>(null)
  const [isDone, setDone] = useState(false)
  if (initial.status !== 'previewed') return <Refusal message={messageOf(initial)} title={t('noPreview')} />

  async function approve(approval: Approval): Promise<ApprovalAnswer> {
    const news = act({ ...submission, ...(number === null ? {} : { typed }) }, approval)
    const outcome = await hear(news, setProgress).catch(() => UNREACHABLE)
    setProgress(null)
    if (outcome.status === 'saved') {
      setDone(true)
      return { ...outcome, status: 'done' }
    }
    if (outcome.status === 'look') return outcome
    const message = messageOf(outcome)
    return { status: 'refusal', notice: <Refusal message={message} title={t('notDone')} /> }
  }

  return (
    <>
      {isDone && (
        <p className="pt-3">
          <Link href={after.path as Route} className="inline-block min-h-6 text-accent hover:underline">
            {after.label}
          </Link>
        </p>
      )}
      <ApprovalPane
        preview={initial.preview}
        label={label}
        busyLabel={progress === null ? t('busy') : t('writing', { ...progress })}
        held={heldForNumber(number, typed)}
        approve={approve}
      >
        {progress !== null && (
          <progress
            className="mt-3 h-2 w-full accent-accent"
            aria-label={t('writing', { ...progress })}
            value={progress.written}
            max={progress.total}
          />
        )}
        {number !== null && progress === null && (
          <TypedNumber number={number} typed={typed} onType={setTyped} />
        )}
      </ApprovalPane>
    </>
  )
}

/** Hears the news of a task to its end. */
async function hear(
  news: ReturnType<TaskAction>,
  onProgress: (progress: Progress) => void,
): Promise<Outcome> {
  const reader = (await news).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return UNREACHABLE
    if (value.status === 'done') return value.outcome
    onProgress(value.progress)
  }
}

type Unmade = Exclude<Outcome, { status: 'saved' | 'look' }>

function messageOf(outcome: Unmade): Text {
  switch (outcome.status) {
    case 'refused':
      return outcome.message
    case 'stale':
      return { key: 'domain.task.gone' }
    case 'invalid':
      return outcome.problems[0]?.message ?? { key: 'domain.task.nothing' }
  }
}

function Refusal({ message, title }: { readonly message: Text; readonly title: string }): ReactNode {
  const text = useText()
  return (
    <div className="py-3">
      <Notice tone="lost" role="alert" title={title}>
        <p className="wrap-anywhere">{text(message)}</p>
      </Notice>
    </div>
  )
}

'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { LookupAnswer, LookupChange } from '@/lib/changes/preview-result'
import type { TaskEditing } from './task-editing'
import type { TaskSentence } from './task-sentence'

const TONE: Record<TaskSentence['key'], { readonly symbol: string; readonly ink: string }> = {
  reaches: { symbol: '✓', ink: 'text-added' },
  reachesWith: { symbol: '✓', ink: 'text-added' },
  goesOn: { symbol: '→', ink: 'text-changed' },
  goesOnAndStays: { symbol: '✓', ink: 'text-added' },
  refused: { symbol: '×', ink: 'text-lost' },
  refusedNot: { symbol: '~', ink: 'text-changed' },
  reachesNot: { symbol: '!', ink: 'text-lost' },
  unknown: { symbol: '?', ink: 'text-changed' },
  same: { symbol: '=', ink: 'text-soft' },
}

interface TaskPreviewProps {
  readonly editing: TaskEditing
  /** What to say while nothing is asked for. */
  readonly idle: string
}

/** The preview of a task: one sentence, what stands in the way, and the lookups one tap away. */
export function TaskPreview({ editing, idle }: TaskPreviewProps): ReactNode {
  const t = useTranslations('account')
  const text = useText()
  const { sentence, findings, objections, changed, previewing } = editing
  const preview = editing.preview?.status === 'previewed' ? editing.preview.preview : null
  return (
    <div aria-busy={previewing}>
      <div aria-live="polite" className="min-h-6 wrap-anywhere">
        {!changed && <p className="text-soft">{idle}</p>}
        {changed && preview === null && objections.length === 0 && (
          <p className="text-soft">{t('fresh.checking')}</p>
        )}
        {sentence !== null && (
          <p className={clsx('font-medium', TONE[sentence.key].ink)}>
            <span aria-hidden>{TONE[sentence.key].symbol} </span>
            {t(`sentence.${sentence.key}`, { address: sentence.address, targets: sentence.targets })}
          </p>
        )}
        {objections.map((objection) => (
          <p key={text(objection)} role="alert" className="text-lost">
            {text(objection)}
          </p>
        ))}
        {findings.map((finding) => (
          <div key={`${finding.code} ${finding.addresses.join()}`}>
            <p className={finding.severity === 'blocks' ? 'text-lost' : 'text-changed'}>
              <span aria-hidden>{finding.severity === 'blocks' ? '× ' : '! '}</span>
              {text(finding.message)}
            </p>
            {finding.severity === 'confirm' && (
              <label className="flex min-h-9 items-center gap-2 font-medium">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={editing.confirmed.has(finding.code)}
                  onChange={(event) => {
                    editing.setConfirmed(finding.code, event.target.checked)
                  }}
                />
                {t('task.confirm')}
              </label>
            )}
          </div>
        ))}
      </div>
      {preview !== null && sentence !== null && preview.lookups.length > 0 && (
        <Lookups lookups={preview.lookups} />
      )}
    </div>
  )
}

function Lookups({ lookups }: { readonly lookups: readonly LookupChange[] }): ReactNode {
  const t = useTranslations('account.task')
  const answer = ({ status, values }: LookupAnswer): string =>
    status === 'found' ? values.join(', ') : status === 'notFound' ? t('nothing') : '?'
  return (
    <details className="text-[13px]">
      <summary className="min-h-6 py-1 text-soft">{t('lookups')}</summary>
      <ul className="pb-1">
        {lookups.map(({ parameter, key, before, after }) => (
          <li key={`${parameter} ${key}`} className="address border-t border-line py-1.5">
            <p>
              {key} <span className="text-soft">{parameter}</span>
            </p>
            <dl className="grid grid-cols-[60px_minmax(0,1fr)] gap-x-2">
              <dt className="text-soft">{t('now')}</dt>
              <dd>{answer(before)}</dd>
              <dt className="text-soft">{t('after')}</dt>
              <dd>{answer(after)}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </details>
  )
}

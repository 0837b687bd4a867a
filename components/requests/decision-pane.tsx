'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalPane } from '@/components/preview/approval-pane'
import { Notice } from '@/components/ui/notice'
import type { Approval } from '@/lib/changes/preview-result'
import type { Granted, LookedAt, RefusedRequest } from '@/lib/requests/decision-state'
import type { Text } from '@/lib/words/text'
import { RefusalForm } from './refusal-form'

interface DecisionPaneProps {
  readonly id: string
  /** What a yes would do; null when the request is decided. */
  readonly initial: LookedAt['preview']
  readonly grant: (id: string, approval: Approval) => Promise<Granted>
  readonly refuse: (id: string, reason: string) => Promise<RefusedRequest>
}

/** A yes with its preview and proof, or a no with a reason. Stays as it was opened when the page is drawn anew. */
export function DecisionPane({ id, initial, grant, refuse }: DecisionPaneProps): ReactNode {
  const t = useTranslations('requests')
  const text = useText()
  const [opened] = useState(initial)
  const [answer, setAnswer] = useState<'granted' | 'refused' | null>(null)
  if (opened === null) return <p className="py-3 text-soft">{t('decided')}</p>
  if (answer === 'refused')
    return (
      <div className="py-3">
        <Notice tone="plain" role="status" title={t('refusedDone')} />
      </div>
    )
  const notice = (message: string): ReactNode => (
    <div className="py-3">
      <Notice tone="lost" role="alert" title={t('notGranted')}>
        <p className="wrap-anywhere">{message}</p>
      </Notice>
    </div>
  )
  const problem = problemOf(opened)
  return (
    <>
      {opened.status === 'previewed' && problem === null ? (
        <ApprovalPane
          preview={opened.preview}
          label={t('grant')}
          busyLabel={t('granting')}
          approve={async (approval) => {
            const outcome = await grant(id, approval).catch(() => UNREACHABLE)
            if (outcome.status === 'look') return outcome
            if (outcome.status !== 'saved')
              return { status: 'refusal', notice: notice(text(reasonOf(outcome))) }
            setAnswer('granted')
            return { ...outcome, status: 'done' }
          }}
        >
          {opened.preview.entries.length === 0 && <p className="pt-3 text-soft">{t('alreadyThere')}</p>}
        </ApprovalPane>
      ) : (
        <div className="py-3">
          <Notice tone="changed" title={t('noPreview')}>
            <p className="wrap-anywhere">{text(problem ?? CHANGED)}</p>
          </Notice>
        </div>
      )}
      {answer === null && (
        <RefusalForm
          refuse={async (reason) => {
            const refusal = await refuse(id, reason).catch((): Text => ({ key: 'requests.unreachable' }))
            if (refusal === null) setAnswer('refused')
            return refusal
          }}
        />
      )}
    </>
  )
}

const CHANGED: Text = { key: 'requests.changedMeanwhile' }
const UNREACHABLE = {
  status: 'refused',
  message: { key: 'requests.unreachable' },
  field: null,
} as const satisfies Granted

/** Why a yes cannot be said; null if it can. */
function problemOf(preview: NonNullable<LookedAt['preview']>): Text | null {
  switch (preview.status) {
    case 'refused':
      return preview.message
    case 'stale':
      return CHANGED
    case 'previewed':
      return preview.problems[0]?.message ?? null
  }
}

function reasonOf(outcome: Exclude<Granted, { status: 'saved' | 'look' }>): Text {
  switch (outcome.status) {
    case 'refused':
      return outcome.message
    case 'invalid':
      return outcome.problems[0]?.message ?? CHANGED
    case 'stale':
      return CHANGED
  }
}

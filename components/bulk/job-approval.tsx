'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { ApprovalForm } from '@/components/preview/approval-form'
import { heldForNumber, TypedNumber } from '@/components/preview/typed-number'
import { StagingProvider } from '@/components/plans/staging-provider'
import { Notice } from '@/components/ui/notice'
import type { Approval } from '@/lib/changes/preview-result'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'

interface JobApprovalProps {
  readonly preview: ShownPreview
  /** What the button does with how many rows. */
  readonly label: string
  /** The number of addresses to be typed first; null if none. */
  readonly number: number | null
  /** Begins to write; a text says why it did not. */
  readonly approve: (approval: Approval, typed: string) => Promise<Text | null>
}

/** The preview of a whole job, and the button that writes it. */
export function JobApproval({ preview, label, number, approve }: JobApprovalProps): ReactNode {
  const t = useTranslations('bulk.approval')
  const text = useText()
  const router = useRouter()
  const [refusal, setRefusal] = useState<Text | null>(null)
  const [typed, setTyped] = useState('')
  return (
    <>
      {refusal !== null && (
        <div className="pt-3">
          <Notice tone="lost" role="alert" title={t('notBegun')}>
            <p>{text(refusal)}</p>
          </Notice>
        </div>
      )}
      {number !== null && <TypedNumber number={number} typed={typed} onType={setTyped} />}
      <StagingProvider stage={null}>
        <ApprovalForm
          preview={preview}
          reason={null}
          label={label}
          busyLabel={t('beginning')}
          held={heldForNumber(number, typed)}
          onApprove={async (approval) => {
            setRefusal(await approve(approval, typed).catch((): Text => ({ key: 'edit.unreachable' })))
            router.refresh()
          }}
        />
      </StagingProvider>
    </>
  )
}

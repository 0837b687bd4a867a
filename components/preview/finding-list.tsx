'use client'

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'
import type { Finding } from '@/lib/changes/preview-result'

interface FindingListProps {
  readonly findings: readonly Finding[]
  readonly confirmed: ReadonlySet<string>
  readonly onConfirm: (code: string, yes: boolean) => void
}

const TONE = { blocks: 'lost', confirm: 'changed', notice: 'plain' } as const

/** What a person should know about the change; some need an explicit yes. */
export function FindingList({ findings, confirmed, onConfirm }: FindingListProps): ReactNode {
  const t = useTranslations('preview.findings')
  const text = useText()
  if (findings.length === 0) return null
  return (
    <ul className="space-y-2 py-3" aria-label={t('label')}>
      {findings.map((finding) => (
        <li key={`${finding.code} ${text(finding.message)}`}>
          <Notice tone={TONE[finding.severity]} title={t(finding.severity)}>
            <p>{text(finding.message)}</p>
            {finding.severity === 'confirm' && (
              <label className="mt-1.5 flex min-h-7 items-center gap-2 font-medium">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={confirmed.has(finding.code)}
                  onChange={(event) => {
                    onConfirm(finding.code, event.target.checked)
                  }}
                />
                {t('yes')}
              </label>
            )}
          </Notice>
        </li>
      ))}
    </ul>
  )
}

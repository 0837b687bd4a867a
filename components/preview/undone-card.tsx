'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { useLostFocus } from '@/components/ui/lost-focus'
import type { CommitUndo } from '@/lib/history/commit-undo-state'
import { BrokenList } from './broken-list'
import { LookupList } from './lookup-list'

interface UndoneCardProps {
  readonly undone: Extract<CommitUndo, { status: 'undone' }>
  readonly onDismiss: () => void
}

/** What came of an undo: proved, or what answers otherwise. */
export function UndoneCard({ undone, onDismiss }: UndoneCardProps): ReactNode {
  const t = useTranslations('undo')
  const { lookups, leftOut, asked, broken, brokenCount, already } = undone
  const place = useLostFocus<HTMLElement>()
  const ink = brokenCount > 0 ? 'text-lost' : 'text-added'
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-label={t('done')}
      className="fixed inset-x-3 top-3 z-40 max-h-[60dvh] overflow-y-auto rounded-xl border border-edge bg-panel px-4 py-3 shadow-[0_8px_30px_#0003] sm:left-auto sm:w-[26rem]"
    >
      <div className="flex items-start justify-between gap-3">
        <div role={brokenCount > 0 ? 'alert' : 'status'} className="text-[13px]">
          <p className={`font-semibold ${ink}`}>{t('done')}</p>
          <p className="mt-0.5">
            {already
              ? t('doneAlready')
              : brokenCount > 0
                ? t('doneBroken', { count: brokenCount })
                : t('doneProved', { count: asked })}
          </p>
        </div>
        <button
          type="button"
          aria-label={t('dismiss')}
          className="-mt-1 -mr-2 flex size-8 shrink-0 items-center justify-center rounded-lg text-soft hover:bg-hover hover:text-ink"
          onClick={onDismiss}
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {brokenCount > 0 && <BrokenList broken={broken} count={brokenCount} />}
      {brokenCount === 0 && asked > 0 && <LookupList lookups={lookups} leftOut={leftOut} />}
    </section>
  )
}

'use client'

/**
 * undo-provider - lets every screen below it take back the commit that it has just made, in one click.
 *
 * The button is in the proof after a commit (proof.tsx). When a commit is undone the page is read anew and everything
 * on it starts afresh, since forms hold what is gone now; what came of it is said in a card that stays.
 */
import { X } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { createContext, Fragment, type ReactNode, startTransition, use, useMemo, useState } from 'react'
import { useTranslations } from '#words'
import type { CommitUndo } from '@/lib/history/commit-undo-state'
import { BrokenList } from './broken-list'
import { LookupList } from './lookup-list'

/** A server action that takes back the commit of this name. */
export type UndoCommitAction = (journal: string) => Promise<CommitUndo>

type Undone = Extract<CommitUndo, { status: 'undone' }>

interface Undoing {
  readonly undo: UndoCommitAction
  readonly onUndone: (undone: Undone) => void
}

const UndoContext = createContext<Undoing | null>(null)

/** Takes commits back, for those below an {@link UndoProvider}; null elsewhere. */
export function useUndoing(): Undoing | null {
  return use(UndoContext)
}

interface UndoProviderProps {
  readonly undo: UndoCommitAction
  readonly children: ReactNode
}

/** Gives the action to all below. */
export function UndoProvider({ undo, children }: UndoProviderProps): ReactNode {
  const [said, setSaid] = useState<{ readonly undone: Undone; readonly path: string } | null>(null)
  const [epoch, setEpoch] = useState(0)
  const router = useRouter()
  const path = usePathname()
  const undoing = useMemo(
    (): Undoing => ({
      undo,
      onUndone: (undone) => {
        setSaid({ undone, path })
        startTransition(() => {
          router.refresh()
          setEpoch((before) => before + 1)
        })
      },
    }),
    [undo, router, path],
  )
  return (
    <UndoContext value={undoing}>
      <Fragment key={epoch}>{children}</Fragment>
      {said !== null && said.path === path && (
        <UndoneCard
          undone={said.undone}
          onDismiss={() => {
            setSaid(null)
          }}
        />
      )}
    </UndoContext>
  )
}

interface UndoneCardProps {
  readonly undone: Undone
  readonly onDismiss: () => void
}

function UndoneCard({ undone, onDismiss }: UndoneCardProps): ReactNode {
  const t = useTranslations('undo')
  const { lookups, leftOut, asked, broken, brokenCount, already } = undone
  const ink = brokenCount > 0 ? 'text-lost' : 'text-added'
  return (
    <section
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

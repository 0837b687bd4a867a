'use client'

/**
 * undo-provider - lets every screen below it take back the commit that it has just made, in one click.
 *
 * The button is in the proof after a commit (proof.tsx). When a commit is undone the page is read anew and everything
 * on it starts afresh, since forms hold what is gone now; what came of it is said in a card that stays.
 */
import dynamic from 'next/dynamic'
import { usePathname, useRouter } from 'next/navigation'
import { createContext, Fragment, type ReactNode, startTransition, use, useMemo, useState } from 'react'
import type { CommitUndo } from '@/lib/history/commit-undo-state'

/** A server action that takes back the commit of this name. */
export type UndoCommitAction = (journal: string) => Promise<CommitUndo>

type Undone = Extract<CommitUndo, { status: 'undone' }>

/** Loaded when something was undone: no page should wait for it. */
const UndoneCard = dynamic(() => import('./undone-card').then((loaded) => loaded.UndoneCard), { ssr: false })

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
            document.getElementById('content')?.focus({ preventScroll: true })
          }}
        />
      )}
    </UndoContext>
  )
}

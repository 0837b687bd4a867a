'use client'

/**
 * account-frame - what all parts of the account page share: its server actions, and the news of the last save.
 *
 * A part that was saved may be gone when the page is drawn anew (a removed alias), so what came of the save is said
 * here, in a region that is read out and stays until the next task.
 */
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslations } from '#words'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import type { NoteOutcome } from '@/lib/account/alias-note'
import type { TaskOutcome, TaskPreview } from '@/lib/account/account-commit'
import type { RandomOutcome } from '@/lib/account/random-alias'
import type { Approval } from '@/lib/changes/preview-result'
import type { AccountTask } from '@/lib/entries/account-task'

export interface AccountActions {
  readonly askTask: (task: AccountTask) => Promise<TaskPreview>
  readonly saveTask: (task: AccountTask, approval: Approval) => Promise<TaskOutcome>
  readonly makeRandom: (wish: {
    readonly kind: 'words' | 'characters'
    readonly domain: string
    readonly note: string
  }) => Promise<RandomOutcome>
  readonly writeNote: (note: {
    readonly address: string
    readonly note: string
    readonly until: string
  }) => Promise<NoteOutcome>
}

export type SavedTask = Extract<TaskOutcome, { status: 'saved' }>

export interface News {
  readonly what: AccountTask['task'] | 'random' | 'note'
  readonly address: string
  /** null where no entry was touched. */
  readonly saved: Pick<SavedTask, 'broken' | 'current'> | null
}

interface Account extends AccountActions {
  /** The address of the mailbox. */
  readonly mail: string
  /** Says what was done, and draws the page anew. */
  readonly tell: (news: News) => void
}

const AccountContext = createContext<Account | null>(null)

/** The actions of the page, and the way to say what was done. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (account === null) throw new Error('Parts of the account page stand inside of AccountFrame.')
  return account
}

interface AccountFrameProps {
  readonly mail: string
  readonly actions: AccountActions
  readonly children: ReactNode
}

/** Around all parts of the page. */
export function AccountFrame({ mail, actions, children }: AccountFrameProps): ReactNode {
  const [news, setNews] = useState<News | null>(null)
  const router = useRouter()
  const account = useMemo(
    () => ({
      ...actions,
      mail,
      tell: (latest: News): void => {
        setNews(latest)
        router.refresh()
      },
    }),
    [actions, mail, router],
  )
  return (
    <AccountContext value={account}>
      {children}
      <div
        className="pointer-events-none fixed inset-x-0 bottom-0 z-20 px-3 pb-3 md:left-[208px]"
        aria-live="polite"
      >
        {news !== null && (
          <NewsBox
            news={news}
            onClose={() => {
              setNews(null)
            }}
          />
        )}
      </div>
    </AccountContext>
  )
}

function NewsBox({ news, onClose }: { readonly news: News; readonly onClose: () => void }): ReactNode {
  const t = useTranslations('account.task')
  const isBroken = (news.saved?.broken.length ?? 0) > 0
  const noteLost = news.saved?.current?.noteLost === true
  return (
    <div
      role="status"
      className="pointer-events-auto relative mx-auto max-w-xl rounded-[9px] border border-line bg-panel shadow-lg"
    >
      <Notice
        tone={isBroken || noteLost ? 'changed' : 'added'}
        title={`${isBroken ? '!' : '✓'} ${t(`done.${news.what}`, { address: news.address })}`}
      >
        {news.saved !== null && <p className="pr-8">{t(isBroken ? 'alarm' : 'proved')}</p>}
        {news.what === 'random' && <CopyButton text={news.address} />}
        {noteLost && <p className="pr-8">{t('noteLost')}</p>}
      </Notice>
      <button
        type="button"
        aria-label={t('close')}
        onClick={onClose}
        className="absolute top-1 right-1 grid size-9 place-items-center rounded-md text-soft hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  )
}

import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface NoticeProps {
  readonly tone: 'lost' | 'changed' | 'added' | 'plain'
  readonly title: string
  readonly children?: ReactNode
  /** `alert` is read out at once; use it for what happened because of the person's own action. */
  readonly role?: 'alert' | 'status'
}

/** A boxed message: what happened, why, and what to do. */
export function Notice({ tone, title, children, role }: NoticeProps): ReactNode {
  return (
    <div
      role={role}
      className={clsx(
        'rounded-[9px] px-3 py-2.5 text-[13px]',
        tone === 'lost' && 'bg-lost-ground text-lost',
        tone === 'changed' && 'bg-changed-ground text-changed',
        tone === 'added' && 'bg-added-ground text-added',
        tone === 'plain' && 'bg-hover text-ink',
      )}
    >
      <p className="font-semibold">{title}</p>
      {children}
    </div>
  )
}

import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface TaskFrameProps {
  /** What is to be done, and with what choices. */
  readonly children: ReactNode
  /** The preview, and the button that does it. */
  readonly pane: ReactNode
}

/** The page of a task of one step: its choices, and beside them what Postfix will answer. */
export function TaskFrame({ children, pane }: TaskFrameProps): ReactNode {
  const t = useTranslations('mailbox.task')
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">{children}</div>
      <aside
        aria-labelledby="task-pane-title"
        className="border-t border-line bg-panel px-4 py-4 lg:min-h-dvh lg:border-t-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="task-pane-title" className="text-[15px] font-semibold tracking-tight">
          {t('pane')}
        </h2>
        {pane}
      </aside>
    </div>
  )
}

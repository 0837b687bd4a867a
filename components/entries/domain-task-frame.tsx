import { type ReactNode, Suspense } from 'react'
import { useTranslations } from '#words'

interface DomainTaskFrameProps {
  /** The heading, and what can be chosen. */
  readonly children: ReactNode
  /** The preview of what was chosen; null while nothing is. */
  readonly pane: ReactNode
  /** What to say while nothing is chosen. */
  readonly idle: string
  /** How many addresses the preview is about. */
  readonly addresses: number
  /** Differs for every choice, so that each shows that it is being asked. */
  readonly choice: string
}

/** A task on a domain: its choices, and beside them what Postfix will answer. */
export function DomainTaskFrame(props: DomainTaskFrameProps): ReactNode {
  const { children, pane, idle, addresses, choice } = props
  const t = useTranslations('domain')
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">{children}</div>
      <aside
        aria-labelledby="pane-title"
        className="border-t border-line bg-panel px-4 py-4 lg:sticky lg:top-0 lg:h-dvh lg:overflow-y-auto lg:border-t-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="pane-title" className="text-[15px] font-semibold tracking-tight">
          {t('pane')}
        </h2>
        {pane === null ? (
          <p className="py-3 text-soft">{idle}</p>
        ) : (
          <Suspense key={choice} fallback={<Asking addresses={addresses} />}>
            {pane}
          </Suspense>
        )}
      </aside>
    </div>
  )
}

function Asking({ addresses }: { readonly addresses: number }): ReactNode {
  const t = useTranslations('domain.task')
  return (
    <div role="status" className="py-3">
      <p>{t('asking', { count: addresses })}</p>
      <progress className="my-3 h-2 w-full accent-accent" aria-label={t('asking', { count: addresses })} />
      <p className="text-[13px] text-soft">{t('askingHint')}</p>
    </div>
  )
}

import Link from 'next/link'
import type { ReactNode } from 'react'
import { takeBack } from '@/app/(panel)/history/actions'
import { LocalTime } from '@/components/history/local-time'
import { TakeBackForm } from '@/components/history/take-back-form'
import { PageHead } from '@/components/shell/page-head'
import { buttonClass } from '@/components/ui/button'
import { useText, useTranslations } from '@/components/words/server'
import type { HistoryPage } from '@/lib/history/history'

/** What was made together: how it is called, and the one way back. */
export function TogetherHead({ of }: { readonly of: NonNullable<HistoryPage['of']> }): ReactNode {
  const t = useTranslations('history.together')
  const text = useText()
  const { id, title, count, steps, name, time, isUndone, mayTakeBack } = of
  return (
    <>
      <PageHead
        title={title === null ? t('title', { count }) : text(title)}
        about={title === null ? undefined : t('title', { count })}
        tools={
          <Link href="/history" className={buttonClass('plain')}>
            {t('all')}
          </Link>
        }
      />
      <p className="text-soft">
        {t.rich('about', { name, time: () => <LocalTime iso={time} /> })} {t('steps', { count: steps })}
      </p>
      <section
        aria-labelledby="undo-title"
        className="my-4 max-w-2xl rounded-lg border border-line bg-panel px-4 py-3"
      >
        <h2 id="undo-title" className="text-[15px] font-semibold tracking-tight">
          {t('undoTitle')}
        </h2>
        {isUndone ? (
          <p className="pt-1">
            <span aria-hidden>↶ </span>
            {t('undone')}
          </p>
        ) : mayTakeBack ? (
          <>
            <p className="pt-1 pb-3 text-soft">{t('undoAbout')}</p>
            <TakeBackForm label={t('undo')} begin={takeBack.bind(null, id)} />
          </>
        ) : (
          <p className="pt-1 text-soft">{t('forbidden', { name })}</p>
        )}
      </section>
    </>
  )
}

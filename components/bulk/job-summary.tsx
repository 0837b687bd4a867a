import type { ReactNode } from 'react'
import { useFormatter, useText, useTranslations } from '#words'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { type JobView, ROW_STATES } from '@/lib/plans/job-state'
import { ROW_LOOK } from './row-look'

/** How many rows are in which state; a symbol beside every colour. */
export function JobCounts({ counts }: Pick<JobView, 'counts'>): ReactNode {
  const t = useTranslations('bulk.rows')
  const format = useFormatter()
  return (
    <ul aria-label={t('counts')} className="flex flex-wrap gap-x-5 gap-y-1 py-3 text-[13px]">
      {ROW_STATES.filter((state) => counts[state] > 0).map((state) => (
        <li key={state} className={ROW_LOOK[state].ink}>
          <span aria-hidden>{ROW_LOOK[state].symbol} </span>
          <span className="font-semibold tabular-nums">{format.number(counts[state])}</span>{' '}
          {t(`state.${state}`)}
        </li>
      ))}
    </ul>
  )
}

interface JobEndProps {
  readonly job: JobView
  readonly undo: () => Promise<void>
  readonly goOn: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What came of a job: what was written and what not, the report, and the way back. */
export function JobEnd({ job, undo, goOn, close }: JobEndProps): ReactNode {
  const t = useTranslations('bulk.end')
  const text = useText()
  const { counts, message, asked, broken, canUndo, canGoOn, kind } = job
  const isGood = counts.written > 0 && counts.notWritten + counts.unknown === 0 && broken === 0
  const nothing = counts.written + counts.notWritten + counts.unknown + counts.undone === 0
  return (
    <div className="space-y-3 py-3">
      {kind !== 'undo' && counts.undone === 0 && (
        <Notice
          tone={isGood ? 'added' : broken > 0 || counts.unknown > 0 ? 'lost' : 'changed'}
          role={isGood ? 'status' : 'alert'}
          title={nothing ? t('nothing') : t('written', { count: counts.written })}
        >
          {counts.notWritten > 0 && <p>{t('notWritten', { count: counts.notWritten })}</p>}
          {counts.unknown > 0 && <p>{t('unknown', { count: counts.unknown })}</p>}
          {asked > 0 && (
            <p>{broken === 0 ? t('proved', { count: asked }) : t('broken', { asked, broken })}</p>
          )}
        </Notice>
      )}
      {message !== null && (
        <Notice tone="plain" role="status" title={t('note')}>
          <p className="wrap-anywhere">{text(message)}</p>
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        {job.total > 0 && kind !== 'undo' && (
          <a href="/plans/job/report" download className={buttonClass('plain')}>
            {t('report')}
          </a>
        )}
        {canGoOn && (
          <form action={goOn}>
            <Button type="submit" tone="primary">
              {t('goOn')}
            </Button>
          </form>
        )}
        {canUndo && (
          <form action={undo}>
            <Button type="submit">{t('undo')}</Button>
          </form>
        )}
        <form action={close}>
          <Button type="submit" tone="quiet">
            {t('close')}
          </Button>
        </form>
      </div>
    </div>
  )
}

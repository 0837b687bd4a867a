import type { ReactNode } from 'react'
import { useFormatter, useText, useTranslations } from '#words'
import { TakeBackForm } from '@/components/history/take-back-form'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { type JobView, ROW_STATES } from '@/lib/plans/job-state'
import type { Text } from '@/lib/words/text'
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
  readonly undo: () => Promise<Text>
  readonly goOn: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What came of a job: what was written and what not, the report, and the way back. */
export function JobEnd({ job, undo, goOn, close }: JobEndProps): ReactNode {
  const t = useTranslations('bulk.end')
  const text = useText()
  const { counts, message, asked, broken, canUndo, canGoOn, kind } = job
  const done = kind === 'undo' ? counts.undone : counts.written
  const isGood = done > 0 && counts.notWritten + counts.unknown === 0 && broken === 0
  const nothing = done + counts.notWritten + counts.unknown === 0
  return (
    <div className="space-y-3 py-3">
      {!(kind === 'undo' && nothing) && (
        <Notice
          tone={isGood ? 'added' : broken > 0 || counts.unknown > 0 ? 'lost' : 'changed'}
          role={isGood ? 'status' : 'alert'}
          title={nothing ? t('nothing') : t(kind === 'undo' ? 'takenBack' : 'written', { count: done })}
        >
          {counts.notWritten > 0 && (
            <p>{t(kind === 'undo' ? 'notTakenBack' : 'notWritten', { count: counts.notWritten })}</p>
          )}
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
        {job.total > 0 && (
          <a href="/plans/job/report" download className={buttonClass('plain')}>
            {t('report')}
          </a>
        )}
        {canGoOn && (
          <form action={goOn}>
            <Button type="submit" tone="primary">
              {t(kind === 'undo' ? 'takeRestBack' : 'goOn')}
            </Button>
          </form>
        )}
        {canUndo && <TakeBackForm label={t('undo')} begin={undo} />}
        <form action={close}>
          <Button type="submit" tone="quiet">
            {t('close')}
          </Button>
        </form>
      </div>
    </div>
  )
}

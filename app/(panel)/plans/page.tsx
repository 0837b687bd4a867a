import type { Metadata, Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { LocalTime } from '@/components/history/local-time'
import { TakeBackForm } from '@/components/history/take-back-form'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { getText, getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { isRunning, jobOf } from '@/lib/plans/job'
import { hasPlans, listPlans, type PlanList } from '@/lib/plans/plans'
import { takeBackPlan } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('plans'))('title') }
}

/** LDAP round trips: one for the person's authority, one for the plans and one for the edits of each. */
export default async function PlansPage(): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('plans')])
  const job = jobOf(authority)
  const found = hasPlans() ? await listPlans(authority) : null
  return (
    <div className="max-w-4xl px-4 pb-10 md:px-7">
      <PageHead
        title={t('title')}
        tools={
          <Link href="/import" className={buttonClass('plain')}>
            {t('toImport')}
          </Link>
        }
      />
      <p className="mb-4 max-w-2xl text-soft">{t('about')}</p>
      {job !== null && (
        <div className="mb-4">
          <Notice tone="plain" title={t(isRunning(job) ? 'jobRuns' : 'jobWaits')}>
            <Link href="/plans/job" className="text-accent underline">
              {t('toJob')}
            </Link>
          </Notice>
        </div>
      )}
      {found === null ? (
        <Notice tone="changed" title={t('off')}>
          <p>{t('noStore')}</p>
        </Notice>
      ) : found.status === 'failed' ? (
        <Unanswered failure={found} />
      ) : found.plans.length === 0 ? (
        <div className="py-10 text-center">
          <p className="font-medium">{t('none')}</p>
          <p className="mx-auto mt-1 max-w-md text-soft">{t('noneAbout')}</p>
        </div>
      ) : (
        <ul className="divide-y divide-line border-y border-line" aria-label={t('title')}>
          {found.plans.map((plan) => (
            <PlanRow key={plan.id} plan={plan} />
          ))}
        </ul>
      )}
    </div>
  )
}

type ListedPlan = Extract<PlanList, { status: 'list' }>['plans'][number]

async function PlanRow({ plan }: { readonly plan: ListedPlan }): Promise<ReactNode> {
  const [t, text] = await Promise.all([getTranslations('plans'), getText()])
  const { id, state, isMine, size, title, makerName, made, writerName, journals } = plan
  const name = title === null ? (isMine ? t('myPlan') : t('planOf', { name: makerName })) : text(title)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-2.5">
      <div className="min-w-0">
        <p className="font-medium">
          {title === null ? (
            <Link href={`/plans/${id}` as Route} className="hover:text-accent">
              {name}
            </Link>
          ) : (
            name
          )}
        </p>
        <p className="text-[13px] text-soft">
          {title === null ? `${t('size', { count: size })} · ` : ''}
          <LocalTime iso={made} />
          {state === 'written' || state === 'undone' ? ` · ${t('writtenBy', { name: writerName })}` : ''}
        </p>
      </div>
      <div className="flex items-center gap-3 text-[13px]">
        <span className={STATE_INK[state]}>
          <span aria-hidden>{STATE_SYMBOL[state]} </span>
          {t(`state.${state}`)}
        </span>
        {state === 'written' && journals.length > 0 && (
          <TakeBackForm
            label={t('undo')}
            accessibleLabel={t('undoNamed', { name })}
            begin={takeBackPlan.bind(null, id)}
          />
        )}
      </div>
    </li>
  )
}

const STATE_INK = {
  open: 'text-soft',
  shared: 'text-accent',
  written: 'text-added',
  undone: 'text-soft',
} as const
const STATE_SYMBOL = { open: '○', shared: '⇄', written: '✓', undone: '↶' } as const

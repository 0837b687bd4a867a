import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { LocalTime } from '@/components/history/local-time'
import { PlanPane } from '@/components/plans/plan-pane'
import { Unanswered } from '@/components/shell/unanswered'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { FieldRow } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { getText, getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { ldifOfChanges } from '@/lib/changes/ldif-of-change'
import { shownPreview } from '@/lib/changes/shown-preview'
import { openPlan, panelAddress, type Plan, previewPlan } from '@/lib/plans/plans'
import { discard, removeFromPlan, share, writePlan } from '@/app/(panel)/plans/actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('plans'))('plan') }
}

/** LDAP round trips: one for the person's authority, two for the plan, those of a preview. */
export default async function PlanPage({ params }: PageProps<'/plans/[id]'>): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('plans')])
  const id = z.uuid().safeParse((await params).id)
  if (!id.success) notFound()
  const opened = await openPlan(authority, id.data)
  if (opened.status === 'notFound') notFound()
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { plan } = opened
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">
        <p className="pt-5 text-[13px] text-soft">
          <Link href="/plans" className="hover:underline">
            {t('title')}
          </Link>{' '}
          / {t('plan')}
        </p>
        <h1 className="mt-1 mb-5">{plan.isMine ? t('myPlan') : t('planOf', { name: plan.makerName })}</h1>
        <Facts plan={plan} />
        <h2 className="caption mt-6 mb-2.5">{t('changes')}</h2>
        <Edits plan={plan} />
      </div>
      <aside
        aria-labelledby="plan-title"
        className="border-t border-line bg-panel px-4 py-4 lg:sticky lg:top-0 lg:h-dvh lg:overflow-y-auto lg:border-t-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="plan-title" className="text-[15px] font-semibold tracking-tight">
          {t('paneTitle')}
        </h2>
        <Pane plan={plan} preview={await previewOf(authority, plan)} />
      </aside>
    </div>
  )
}

type Previewed = Awaited<ReturnType<typeof previewPlan>> | null

async function previewOf(
  authority: Awaited<ReturnType<typeof requireStaff>>,
  plan: Plan,
): Promise<Previewed> {
  const isOpen = plan.state === 'open' || plan.state === 'shared'
  return isOpen && plan.edits.length > 0 && plan.stale.length === 0 ? previewPlan(authority, plan) : null
}

async function Pane({
  plan,
  preview,
}: {
  readonly plan: Plan
  readonly preview: Previewed
}): Promise<ReactNode> {
  const [t, text] = await Promise.all([getTranslations('plans'), getText()])
  if (plan.state === 'written' || plan.state === 'undone')
    return (
      <div className="py-3">
        <Notice tone="added" title={t('writtenBy', { name: plan.writerName })}>
          <p>
            <LocalTime iso={plan.written} />
          </p>
        </Notice>
      </div>
    )
  if (plan.stale.length > 0)
    return (
      <div className="py-3">
        <Notice tone="changed" role="alert" title={t('stale')}>
          <p>{t('staleAbout')}</p>
          <ul className="address mt-1 list-disc pl-4">
            {plan.stale.map((dn) => (
              <li key={dn}>{dn}</li>
            ))}
          </ul>
        </Notice>
      </div>
    )
  if (preview === null) return <p className="py-3 text-soft">{t('emptyPlan')}</p>
  if (preview.status !== 'previewed')
    return (
      <div className="py-3">
        <Notice tone="lost" role="alert" title={t('noPreview')}>
          <p>{preview.status === 'stale' ? t('staleAbout') : text(preview.message)}</p>
        </Notice>
      </div>
    )
  return <PlanPane preview={shownPreview(preview.preview)} write={writePlan.bind(null, plan.id)} />
}

async function Facts({ plan }: { readonly plan: Plan }): Promise<ReactNode> {
  const t = await getTranslations('plans')
  const { id, state, isMine, makerName, made } = plan
  const address = panelAddress(`/plans/${id}`)
  const mayShare = isMine && (state === 'open' || state === 'shared')
  return (
    <>
      <FieldRow label={t('maker')}>
        <p className="sm:pt-2">
          {makerName} · <LocalTime iso={made} />
        </p>
      </FieldRow>
      <FieldRow label={t('sharing')}>
        <p className="sm:pt-2">{t(`sharingState.${state}`)}</p>
        {state === 'shared' && (
          <p className="flex items-center gap-1">
            <span className="address">{address}</span> <CopyButton text={address} />
          </p>
        )}
        {mayShare && (
          <div className="flex flex-wrap gap-2 pt-2">
            <form action={share.bind(null, id, state === 'open')}>
              <Button type="submit">{t(state === 'open' ? 'share' : 'unshare')}</Button>
            </form>
            <form action={discard.bind(null, id)}>
              <Button type="submit" tone="quiet">
                {t('discard')}
              </Button>
            </form>
          </div>
        )}
      </FieldRow>
    </>
  )
}

async function Edits({ plan }: { readonly plan: Plan }): Promise<ReactNode> {
  const t = await getTranslations('plans')
  const mayChange = plan.isMine && (plan.state === 'open' || plan.state === 'shared')
  if (plan.edits.length === 0) return <p className="text-soft">{t('noEdits')}</p>
  return (
    <ol className="divide-y divide-line border-y border-line" aria-label={t('changes')}>
      {plan.edits.map(({ name, time, changes, basis }) => {
        const [first] = changes
        const dn = first?.dn ?? ''
        const isStale = basis.some((state) => plan.stale.includes(state.dn))
        return (
          <li key={name} className="py-2.5">
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
              <div className="min-w-0">
                <p className="address font-medium">{dn}</p>
                <p className="text-[13px] text-soft">
                  {t(`change.${first?.type ?? 'modify'}`)}
                  {changes.length > 1 && ` · ${t('andMore', { count: changes.length - 1 })}`} ·{' '}
                  <LocalTime iso={time} />
                </p>
                {isStale && <p className="text-[13px] text-changed">~ {t('editStale')}</p>}
              </div>
              {mayChange && (
                <form action={removeFromPlan.bind(null, plan.id, name)}>
                  <Button
                    type="submit"
                    tone="quiet"
                    className="-ml-3.5 sm:ml-0"
                    aria-label={t('removeNamed', { dn })}
                  >
                    {t('remove')}
                  </Button>
                </form>
              )}
            </div>
            <details>
              <summary className="py-1 text-[13px] text-soft">{t('ldif')}</summary>
              <pre className="address my-1 overflow-x-auto rounded-lg bg-hover p-3 whitespace-pre-wrap">
                {ldifOfChanges(changes)}
              </pre>
            </details>
          </li>
        )
      })}
    </ol>
  )
}

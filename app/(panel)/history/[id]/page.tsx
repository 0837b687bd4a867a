import type { Route } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { getText, getTranslations, useText, useTranslations } from '@/components/words/server'
import { pathOfTogether } from '@/components/history/change-list'
import { DifferenceList } from '@/components/history/difference-list'
import { LocalTime } from '@/components/history/local-time'
import { UndoPane } from '@/components/history/undo-pane'
import { Unanswered } from '@/components/shell/unanswered'
import { FieldRow } from '@/components/ui/field'
import { changeId } from '@/app/(panel)/history/query'
import { requireStaff } from '@/lib/auth/current-authority'
import { readHistoryDetail } from '@/lib/history/history'
import type { ShownDetail } from '@/lib/history/shown-change'
import { previewUndo } from '@/lib/history/undo'
import { undo } from './actions'

/** LDAP round trips: one for the person's authority, about six for the change, those of a preview for its undo. */
export default async function ChangePage({ params }: PageProps<'/history/[id]'>): Promise<ReactNode> {
  const authority = await requireStaff()
  const id = changeId.safeParse(decodeURIComponent((await params).id))
  if (!id.success) notFound()
  const [read, preview] = await Promise.all([
    readHistoryDetail(authority, id.data),
    previewUndo(authority, id.data),
  ])
  if (read === null) notFound()
  if (read.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={read} />
      </div>
    )
  const { detail } = read
  const t = await getTranslations('history')
  const sentence = (await getText())(detail.sentence)
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-8 md:pl-7 lg:pr-0">
        <title>{`${sentence} · Postbook`}</title>
        <p className="pt-5 text-[13px] text-soft">
          <Link href="/history" className="hover:underline">
            {t('title')}
          </Link>{' '}
          / {t('crumb')}
        </p>
        <h1 className="mt-1 mb-5 wrap-anywhere">{sentence}</h1>
        <Facts detail={detail} />
        <h2 className="caption mt-6 mb-2.5">{t('whatChanged')}</h2>
        <DifferenceList differences={detail.differences} />
        <details className="mt-4">
          <summary className="py-1.5 text-soft">{t('asLdif')}</summary>
          <pre className="address my-2 overflow-x-auto rounded-lg bg-hover p-3 whitespace-pre-wrap">
            {detail.ldif}
          </pre>
        </details>
      </div>
      <aside
        aria-labelledby="undo-title"
        className="border-t border-line bg-panel px-4 py-4 lg:min-h-dvh lg:border-t-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="undo-title" className="text-[15px] font-semibold tracking-tight">
          {t('undoTitle')}
        </h2>
        {detail.together !== null && (
          <p className="pt-1 text-[13px]">
            <Link href={pathOfTogether(detail.together)} className="text-accent hover:underline">
              {t('together.partOf', { count: detail.together.count })}
            </Link>
          </p>
        )}
        <UndoPane key={detail.id} id={detail.id} initial={preview} undo={undo} />
      </aside>
    </div>
  )
}

function Facts({ detail }: { readonly detail: ShownDetail }): ReactNode {
  const { who, entry, time, origin } = detail
  const t = useTranslations('history')
  const text = useText()
  return (
    <>
      <FieldRow label={t('when')}>
        <p className="sm:pt-2">
          <LocalTime iso={time} />
        </p>
      </FieldRow>
      <FieldRow label={t('whoLabel')}>
        <p className="sm:pt-2">
          {text(who.name)}, {text(origin)}
        </p>
        <p className="address text-soft">{who.dn}</p>
      </FieldRow>
      <FieldRow label={t('entry')}>
        <p className="sm:pt-2">
          {entry.mailboxId === null ? (
            entry.name
          ) : (
            <Link href={`/mailboxes/${entry.mailboxId}` as Route} className="text-accent hover:underline">
              {entry.name}
            </Link>
          )}{' '}
          ·{' '}
          <Link
            href={`/history?entry=${encodeURIComponent(entry.dn)}` as Route}
            className="text-accent hover:underline"
          >
            {t('ofThisEntry')}
          </Link>
        </p>
        <p className="address text-soft">{entry.dn}</p>
      </FieldRow>
    </>
  )
}

'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import { ActionButton } from '@/components/ui/action-button'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { type MailboxTemplate, templateValues } from '@/lib/templates/mailbox-template'
import type { Text } from '@/lib/words/text'
import { TemplateValues } from './template-values'

type Act = (name: string) => Promise<Text | null>

interface TemplateListProps {
  readonly templates: readonly MailboxTemplate[]
  /** Absent for people who may use templates only. */
  readonly remove?: Act
  readonly restore?: Act
}

const UNREACHABLE: Text = { key: 'templates.unreachable' }

/** Templates by name with what they fill in; one that was just removed can be brought back. */
export function TemplateList({ templates, remove, restore }: TemplateListProps): ReactNode {
  const t = useTranslations('templates')
  const [removed, setRemoved] = useState<string | null>(null)
  return (
    <>
      {removed !== null && restore !== undefined && (
        <div className="mb-4">
          <Notice tone="plain" role="status" title={t('removed', { name: removed })}>
            <ActionButton
              label={t('restoreLabel', { name: removed })}
              busyLabel={t('restoring')}
              unreachable={UNREACHABLE}
              act={async () => {
                const refusal = await restore(removed)
                if (refusal === null) setRemoved(null)
                return refusal
              }}
            >
              {t('restore')}
            </ActionButton>
          </Notice>
        </div>
      )}
      {templates.length === 0 ? (
        <div className="py-10 text-center">
          <p className="font-medium">{t('none')}</p>
          <p className="mx-auto mt-1 max-w-md text-soft">{t('noneAbout')}</p>
        </div>
      ) : (
        <ul aria-label={t('title')} className="divide-y divide-line border-y border-line">
          {templates.map((template) => (
            <TemplateRow
              key={template.name}
              template={template}
              remove={
                remove &&
                (async (name) => {
                  const refusal = await remove(name)
                  if (refusal === null) setRemoved(name)
                  return refusal
                })
              }
            />
          ))}
        </ul>
      )}
    </>
  )
}

function TemplateRow({
  template,
  remove,
}: {
  readonly template: MailboxTemplate
  readonly remove: Act | undefined
}): ReactNode {
  const t = useTranslations('templates')
  const { name, makerName, made } = template
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="mb-2 text-[13px] text-soft">
          {t('madeBy', { name: makerName })} · <LocalTime iso={made} />
        </p>
        <TemplateValues values={templateValues(template)} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Link
          href={`/mailboxes/new?template=${encodeURIComponent(name)}` as Route}
          className={buttonClass('plain')}
        >
          {t('use')}
        </Link>
        {remove !== undefined && (
          <ActionButton
            label={t('removeLabel', { name })}
            busyLabel={t('removing')}
            unreachable={UNREACHABLE}
            act={() => remove(name)}
          >
            {t('remove')}
          </ActionButton>
        )}
      </div>
    </li>
  )
}

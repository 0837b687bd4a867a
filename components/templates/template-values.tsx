import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { TemplateValue } from '@/lib/templates/mailbox-template'

/** What a template fills in, field by field. */
export function TemplateValues({ values }: { readonly values: readonly TemplateValue[] }): ReactNode {
  const t = useTranslations('mailbox')
  return (
    <dl className="grid gap-x-4 gap-y-1 text-[13px] sm:grid-cols-[168px_minmax(0,1fr)]">
      {values.map(({ field, value }) => (
        <div key={field} className="contents">
          <dt className="text-soft">{t(`field.${field}`)}</dt>
          <dd className="wrap-anywhere whitespace-pre-line">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { FieldRow } from '@/components/ui/field'
import { type Domain, RECORD_ATTRIBUTES } from '@/lib/entries/domain'

/** What is known of a domain, for those who may not change it. */
export function DomainFacts({ domain }: { readonly domain: Domain }): ReactNode {
  const t = useTranslations('domain')
  const { description, records } = domain.form
  return (
    <>
      <p className="mb-4 text-soft">{t('facts.readOnly')}</p>
      <FieldRow label={t('form.description')} hint="description">
        <p className="sm:pt-2">{description === '' ? t('facts.none') : description}</p>
      </FieldRow>
      {RECORD_ATTRIBUTES.filter((attribute) => records[attribute].length > 0).map((attribute) => (
        <FieldRow key={attribute} label={t(`form.${attribute}`)} hint={attribute}>
          <p className="address whitespace-pre-wrap sm:pt-2">{records[attribute].join('\n')}</p>
        </FieldRow>
      ))}
    </>
  )
}

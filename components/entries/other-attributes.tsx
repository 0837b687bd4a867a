import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { isConcealed } from '@/lib/changes/concealment'
import { fieldOfAttribute, isListField } from '@/lib/entries/mailbox-attributes'

interface Attribute {
  readonly description: string
  readonly values: readonly string[]
}

/** Shown elsewhere on the page, or only of use to programs. */
const ELSEWHERE = ['mail', 'entryuuid', 'entrycsn']
const LONGEST = 400

/** What else the entry has, as the directory has it. Drawn at the server; values of passwords are not even sent. */
export function OtherAttributes({ attributes }: { readonly attributes: readonly Attribute[] }): ReactNode {
  const t = useTranslations('mailbox')
  const others = attributes.flatMap(leftOver)
  return (
    <details className="mt-4 border-t border-line pt-1">
      <summary className="min-h-8 py-1.5">
        <span className="caption">{t('section.other')}</span>
        <span className="pl-2 text-[13px] text-soft">{t('others', { count: others.length })}</span>
      </summary>
      <p className="py-1 text-[13px] text-soft">{t('othersHint')}</p>
      <dl>
        {others.map(({ description, values }) => (
          <div
            key={description}
            className="address grid gap-x-4 border-b border-line py-1.5 sm:grid-cols-[168px_minmax(0,1fr)]"
          >
            <dt className="text-soft">{description}</dt>
            <dd>
              {isConcealed(description) ? (
                <p className="text-soft">{t('concealed')}</p>
              ) : (
                values.map((value) => <Value key={value} value={value} />)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Value({ value }: { readonly value: string }): ReactNode {
  const t = useTranslations('mailbox')
  if (!value.isWellFormed()) return <p className="text-soft">{t('binary', { count: value.length })}</p>
  return (
    <p className="whitespace-pre-wrap">{value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value}</p>
  )
}

/** The attribute with the values that the form does not show; none if it shows all. */
function leftOver({ description, values }: Attribute): readonly Attribute[] {
  if (ELSEWHERE.includes(description.toLowerCase())) return []
  const field = fieldOfAttribute(description)
  if (field === null) return [{ description, values }]
  const rest = isListField(field) ? [] : values.slice(1)
  return rest.length === 0 ? [] : [{ description, values: rest }]
}

import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { ShownDifference } from '@/lib/history/difference'

/** What a change did, attribute by attribute: what went, what came. */
export function DifferenceList({
  differences,
}: {
  readonly differences: readonly ShownDifference[]
}): ReactNode {
  const t = useTranslations('history.difference')
  if (differences.length === 0) return <p className="py-2.5 text-soft">{t('none')}</p>
  return (
    <dl aria-label={t('label')} className="border-t border-line">
      {differences.map((difference) => (
        <div
          key={difference.attribute}
          className="grid gap-x-5 border-b border-line py-2.5 sm:grid-cols-[11.5rem_minmax(0,1fr)]"
        >
          <dt className="address text-soft">{difference.attribute}</dt>
          <dd className="address min-w-0">
            <Values difference={difference} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Values({ difference }: { readonly difference: ShownDifference }): ReactNode {
  const t = useTranslations('history.difference')
  const text = useText()
  const { removed, added, concealed, oldUnknown } = difference
  if (concealed) return <span className="font-sans text-sm">{t('concealed')}</span>
  return (
    <ul>
      {oldUnknown && <li className="font-sans text-sm text-soft">{t('oldUnknown')}</li>}
      {removed.map(text).map((value) => (
        <li key={`− ${value}`} className="text-lost">
          <span aria-hidden>− </span>
          <span className="sr-only">{t('removed')} </span>
          {value}
        </li>
      ))}
      {added.map(text).map((value) => (
        <li key={`+ ${value}`} className="text-added">
          <span aria-hidden>+ </span>
          <span className="sr-only">{t('added')} </span>
          {value}
        </li>
      ))}
    </ul>
  )
}

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { TableAnswer } from '@/lib/lookups/lookup-report'
import { CopyButton } from '@/components/ui/copy-button'
import { Answer } from './lookup-list'

/** Every table's answer for a key, with the command to check it by hand. */
export function TableAnswers({ answers }: { readonly answers: readonly TableAnswer[] }): ReactNode {
  const t = useTranslations('lookups')
  return (
    <ul aria-label={t('tables')} className="border-t border-line">
      {answers.map((answer) => (
        <li key={`${answer.parameter} ${answer.map}`} className="border-b border-line py-3">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <h3 className="address font-medium">{answer.parameter}</h3>
            <p className="text-xs text-soft">{t('milliseconds', { milliseconds: answer.milliseconds })}</p>
          </div>
          <dl className="address grid grid-cols-[64px_minmax(0,1fr)] gap-x-3 py-0.5">
            <Answer
              label={t('answer')}
              answer={answer.answer}
              ink={answer.answer.status === 'found' ? 'text-added' : 'text-ink'}
            />
            {answer.searches.map((search, index) => (
              <FilterLine key={index} filter={search.filter} entries={search.entries} />
            ))}
            {answer.skipped !== null && (
              <>
                <dt className="text-soft">{t('filter')}</dt>
                <dd className="font-sans text-soft">{t('notSearched', { reason: answer.skipped })}</dd>
              </>
            )}
          </dl>
          <div className="mt-1 flex items-center gap-2 rounded-md bg-hover pl-2.5">
            <code className="address min-w-0 flex-1 py-1">{answer.command}</code>
            <CopyButton text={answer.command} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function FilterLine({
  filter,
  entries,
}: {
  readonly filter: string
  readonly entries: readonly string[] | null
}): ReactNode {
  const t = useTranslations('lookups')
  return (
    <>
      <dt className="text-soft">{t('filter')}</dt>
      <dd className="text-soft">
        {filter}
        {entries !== null && entries.length > 0 && <span className="block">{entries.join('; ')}</span>}
      </dd>
    </>
  )
}

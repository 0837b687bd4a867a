import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { LookupAnswer, LookupChange, LookupDifference } from '@/lib/changes/preview-result'
import type { LeftOut } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'

/** A symbol beside every colour, so that a row can be read without it. */
const SIGN: Record<
  LookupDifference,
  {
    readonly symbol: string
    readonly word: 'added' | 'lost' | 'changed' | 'unchanged'
    readonly ink: string
  }
> = {
  added: { symbol: '+', word: 'added', ink: 'text-added' },
  lost: { symbol: '−', word: 'lost', ink: 'text-lost' },
  changed: { symbol: '~', word: 'changed', ink: 'text-changed' },
  same: { symbol: '=', word: 'unchanged', ink: 'text-soft' },
}

const TABLES: Readonly<Record<string, 'domain' | 'mailbox' | 'alias'>> = {
  virtual_mailbox_domains: 'domain',
  virtual_mailbox_maps: 'mailbox',
  virtual_alias_maps: 'alias',
}

const NONE: LeftOut = { changed: 0, same: 0 }

interface LookupListProps {
  readonly lookups: readonly LookupChange[]
  /** How many more there are, where the list was cut. */
  readonly leftOut?: LeftOut
}

/** Lookups before and after: the changed ones open, the others folded away but there to be read. */
export function LookupList({ lookups, leftOut = NONE }: LookupListProps): ReactNode {
  const t = useTranslations('preview.lookups')
  const changed = lookups.filter(({ difference }) => difference !== 'same')
  const same = lookups.filter(({ difference }) => difference === 'same')
  return (
    <>
      {changed.length === 0 && <p className="py-3 text-soft">{t('noneChanges')}</p>}
      <ul aria-label={t('changing')}>
        {changed.map((lookup) => (
          <LookupRow key={`${lookup.parameter} ${lookup.map} ${lookup.key}`} lookup={lookup} />
        ))}
      </ul>
      <More count={leftOut.changed} />
      {same.length > 0 && (
        <details>
          <summary className="py-2.5 text-soft">
            {t('same', { count: same.length + leftOut.same })}{' '}
            <span aria-hidden className="address">
              =
            </span>
          </summary>
          <ul aria-label={t('staying')}>
            {same.map((lookup) => (
              <LookupRow key={`${lookup.parameter} ${lookup.map} ${lookup.key}`} lookup={lookup} />
            ))}
          </ul>
          <More count={leftOut.same} />
        </details>
      )}
    </>
  )
}

/** How many rows of a list are not drawn. */
export function More({ count }: { readonly count: number }): ReactNode {
  const t = useTranslations('proof')
  return count > 0 && <p className="py-2.5 text-soft">{t('more', { count })}</p>
}

function LookupRow({ lookup }: { readonly lookup: LookupChange }): ReactNode {
  const t = useTranslations('preview.lookups')
  const sign = SIGN[lookup.difference]
  const table = TABLES[lookup.parameter]
  return (
    <li className="border-b border-line py-2.5">
      <details>
        <summary className="list-none">
          <span className="flex items-baseline gap-2">
            <span aria-hidden className={clsx('address w-3 text-center font-semibold', sign.ink)}>
              {sign.symbol}
            </span>
            <span className="sr-only">{t(sign.word)}: </span>
            <span className="address flex-1">{lookup.key}</span>
            <span className="text-xs text-soft" title={`${lookup.parameter} ${lookup.map}`}>
              {table === undefined ? lookup.parameter : t(table)}
            </span>
          </span>
        </summary>
        <p className="pt-1.5 pl-5 text-xs text-soft">{t('askYourself', { parameter: lookup.parameter })}</p>
        <code className="address ml-5 block rounded bg-hover px-2 py-1 select-all">{lookup.command}</code>
      </details>
      <dl className="address grid grid-cols-[48px_minmax(0,1fr)] gap-x-2 pt-0.5 pl-5">
        {lookup.difference === 'same' ? (
          <Answer label={t('now')} answer={lookup.before} ink="text-soft" />
        ) : (
          <>
            <Answer label={t('now')} answer={lookup.before} ink="text-ink" />
            <Answer label={t('after')} answer={lookup.after} ink={sign.ink} />
          </>
        )}
      </dl>
    </li>
  )
}

interface AnswerProps {
  readonly label: string
  readonly answer: LookupAnswer
  readonly ink: string
}

/** One answer: the value, "nothing", or the error; an error is never shown as nothing. */
export function Answer({ label, answer, ink }: AnswerProps): ReactNode {
  const text = useText()
  return (
    <>
      <dt className="text-soft">{label}</dt>
      <dd className={answer.status === 'found' || answer.status === 'notFound' ? ink : 'text-lost'}>
        {text(answerText(answer))}
      </dd>
    </>
  )
}

function answerText(answer: LookupAnswer): Text {
  switch (answer.status) {
    case 'found':
      return answer.values.join(', ')
    case 'notFound':
      return { key: 'preview.lookups.nothing' }
    case 'temporaryError':
      return {
        key: 'preview.lookups.temporaryError',
        values: { problem: answer.problem ?? { key: 'preview.lookups.failed' } },
      }
    case 'configurationError':
      return {
        key: 'preview.lookups.error',
        values: { problem: answer.problem ?? { key: 'preview.lookups.unusable' } },
      }
  }
}

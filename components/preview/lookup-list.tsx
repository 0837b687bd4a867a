import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { LookupAnswer, LookupChange, LookupDifference } from '@/lib/changes/preview-result'

/** A symbol beside every colour, so that a row can be read without it. */
const SIGN: Record<
  LookupDifference,
  { readonly symbol: string; readonly word: string; readonly ink: string }
> = {
  added: { symbol: '+', word: 'new answer', ink: 'text-added' },
  lost: { symbol: '−', word: 'answer lost', ink: 'text-lost' },
  changed: { symbol: '~', word: 'answer changes', ink: 'text-changed' },
  same: { symbol: '=', word: 'unchanged', ink: 'text-soft' },
}

const TABLES: Readonly<Record<string, string>> = {
  virtual_mailbox_domains: 'domain',
  virtual_mailbox_maps: 'mailbox',
  virtual_alias_maps: 'alias',
}

/** Lookups before and after: the changed ones open, the others folded away but there to be read. */
export function LookupList({ lookups }: { readonly lookups: readonly LookupChange[] }): ReactNode {
  const changed = lookups.filter(({ difference }) => difference !== 'same')
  const same = lookups.filter(({ difference }) => difference === 'same')
  return (
    <>
      {changed.length === 0 && <p className="py-3 text-soft">No answer changes.</p>}
      <ul aria-label="Lookups that change">
        {changed.map((lookup) => (
          <LookupRow key={`${lookup.parameter} ${lookup.map} ${lookup.key}`} lookup={lookup} />
        ))}
      </ul>
      {same.length > 0 && (
        <details>
          <summary className="py-2.5 text-soft">
            {same.length} other {same.length === 1 ? 'key' : 'keys'} asked, unchanged{' '}
            <span aria-hidden className="address">
              =
            </span>
          </summary>
          <ul aria-label="Lookups that stay the same">
            {same.map((lookup) => (
              <LookupRow key={`${lookup.parameter} ${lookup.map} ${lookup.key}`} lookup={lookup} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function LookupRow({ lookup }: { readonly lookup: LookupChange }): ReactNode {
  const sign = SIGN[lookup.difference]
  return (
    <li className="border-b border-line py-2.5">
      <details>
        <summary className="list-none">
          <span className="flex items-baseline gap-2">
            <span aria-hidden className={clsx('address w-3 text-center font-semibold', sign.ink)}>
              {sign.symbol}
            </span>
            <span className="sr-only">{sign.word}: </span>
            <span className="address flex-1">{lookup.key}</span>
            <span className="text-xs text-soft" title={`${lookup.parameter} ${lookup.map}`}>
              {TABLES[lookup.parameter] ?? lookup.parameter}
            </span>
          </span>
        </summary>
        <p className="pt-1.5 pl-5 text-xs text-soft">{lookup.parameter} · ask it yourself:</p>
        <code className="address ml-5 block rounded bg-hover px-2 py-1 select-all">{lookup.command}</code>
      </details>
      <dl className="address grid grid-cols-[48px_minmax(0,1fr)] gap-x-2 pt-0.5 pl-5">
        {lookup.difference === 'same' ? (
          <Answer label="now" answer={lookup.before} ink="text-soft" />
        ) : (
          <>
            <Answer label="now" answer={lookup.before} ink="text-ink" />
            <Answer label="after" answer={lookup.after} ink={sign.ink} />
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
  return (
    <>
      <dt className="text-soft">{label}</dt>
      <dd className={answer.status === 'found' || answer.status === 'notFound' ? ink : 'text-lost'}>
        {answerText(answer)}
      </dd>
    </>
  )
}

function answerText(answer: LookupAnswer): string {
  switch (answer.status) {
    case 'found':
      return answer.values.join(', ')
    case 'notFound':
      return 'nothing'
    case 'temporaryError':
      return `error: ${answer.problem ?? 'the lookup failed'} (Postfix tries again later)`
    case 'configurationError':
      return `error: ${answer.problem ?? 'the table cannot be used'}`
  }
}

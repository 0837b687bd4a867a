import Link from 'next/link'
import Form from 'next/form'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Button, buttonClass } from '@/components/ui/button'

interface ChangeFiltersProps {
  readonly query: {
    readonly person: string
    readonly entry: string
    readonly address: string
    readonly from: string
    readonly to: string
  }
}

const TEXTS = ['person', 'entry', 'address'] as const
const DAYS = ['from', 'to'] as const

const INPUT = 'mt-1 min-h-9 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5'

/** Filters whose state is the URL; they work without JavaScript. */
export function ChangeFilters({ query }: ChangeFiltersProps): ReactNode {
  const t = useTranslations('history.filters')
  const active = [...TEXTS, ...DAYS].filter((name) => query[name] !== '')
  return (
    <details className="group mb-2 border-b border-line pb-3">
      <summary className="py-1 text-soft wrap-anywhere">
        {active.length === 0 ? t('none') : `${t('active')} `}
        {active.map((name, at) => (
          <span key={name}>
            {at > 0 && ', '}
            {t(name)} <span className="address text-ink">{query[name]}</span>
          </span>
        ))}
      </summary>
      <Form
        action="/history"
        role="search"
        aria-label={t('label')}
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 pt-2 lg:grid-cols-6"
      >
        {TEXTS.map((name) => (
          <label key={name} className="col-span-2 text-[13px] text-soft">
            {t(name)} <span className="text-xs">{t(`${name}Hint`)}</span>
            <input
              key={query[name]}
              name={name}
              defaultValue={query[name]}
              maxLength={400}
              autoComplete="off"
              className={`${INPUT} text-sm text-ink`}
            />
          </label>
        ))}
        {DAYS.map((name) => (
          <label key={name} className="text-[13px] text-soft">
            {t(name)} <span className="text-xs">{t('dayHint')}</span>
            <input
              key={query[name]}
              type="date"
              name={name}
              defaultValue={query[name]}
              className={`${INPUT} text-sm text-ink`}
            />
          </label>
        ))}
        <div className="col-span-2 flex gap-2">
          <Button type="submit" tone="primary">
            {t('submit')}
          </Button>
          {active.length > 0 && (
            <Link href="/history" className={buttonClass('plain')}>
              {t('clear')}
            </Link>
          )}
        </div>
      </Form>
    </details>
  )
}

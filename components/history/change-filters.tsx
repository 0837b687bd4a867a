import Link from 'next/link'
import Form from 'next/form'
import type { ReactNode } from 'react'
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

const TEXTS = [
  { name: 'person', label: 'Who', hint: 'name, address or DN' },
  { name: 'entry', label: 'Entry', hint: 'name, address or DN' },
  { name: 'address', label: 'Address', hint: 'before or after' },
] as const

const DAYS = [
  { name: 'from', label: 'From' },
  { name: 'to', label: 'To' },
] as const

const INPUT = 'mt-1 min-h-9 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5'

/** Filters whose state is the URL; they work without JavaScript. */
export function ChangeFilters({ query }: ChangeFiltersProps): ReactNode {
  const active = [...TEXTS, ...DAYS].filter(({ name }) => query[name] !== '')
  return (
    <details className="group mb-2 border-b border-line pb-3">
      <summary className="py-1 text-soft wrap-anywhere">
        {active.length === 0 ? 'Filter by person, entry, address or time' : 'Filtered: '}
        {active.map(({ name, label }, at) => (
          <span key={name}>
            {at > 0 && ', '}
            {label.toLowerCase()} <span className="address text-ink">{query[name]}</span>
          </span>
        ))}
      </summary>
      <Form
        action="/history"
        role="search"
        aria-label="Filter the history"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 pt-2 lg:grid-cols-6"
      >
        {TEXTS.map(({ name, label, hint }) => (
          <label key={name} className="col-span-2 text-[13px] text-soft">
            {label} <span className="text-xs">({hint})</span>
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
        {DAYS.map(({ name, label }) => (
          <label key={name} className="text-[13px] text-soft">
            {label} <span className="text-xs">(day in UTC)</span>
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
            Filter
          </Button>
          {active.length > 0 && (
            <Link href="/history" className={buttonClass('plain')}>
              Clear
            </Link>
          )}
        </div>
      </Form>
    </details>
  )
}

import Form from 'next/form'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Button, buttonClass } from '@/components/ui/button'
import type { Candidate } from '@/lib/entries/candidate'

interface PersonSearchProps {
  readonly path: string
  readonly text: string
}

/** A search for a person, whose state is the URL; works without JavaScript. */
export function PersonSearch({ path, text }: PersonSearchProps): ReactNode {
  const t = useTranslations('domain.administrators')
  return (
    <Form action={path as Route} role="search" className="mb-3 flex max-w-xl flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1">
        <label htmlFor="q" className="mb-1 block text-soft">
          {t('search')}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          key={text}
          defaultValue={text}
          maxLength={200}
          className="min-h-9 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5"
        />
      </div>
      <Button type="submit">{t('searchButton')}</Button>
    </Form>
  )
}

/** A person in a list of those who can be chosen or removed. */
export interface PersonRow {
  readonly person: Candidate
  /** What to do with the person; null when nothing can be done. */
  readonly action: { readonly href: string; readonly label: string; readonly name: string } | null
  /** Said instead of the action. */
  readonly note?: string
}

/** People with what can be done with each. */
export function PersonList({
  rows,
  label,
}: {
  readonly rows: readonly PersonRow[]
  readonly label: string
}): ReactNode {
  return (
    <ul aria-label={label} className="max-w-xl border-t border-line">
      {rows.map(({ person, action, note }) => (
        <li
          key={person.dn}
          className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-2"
        >
          <PersonName person={person} />
          {action !== null && (
            <Link
              href={action.href as Route}
              aria-label={action.name}
              scroll={false}
              className={buttonClass('plain')}
            >
              {action.label}
            </Link>
          )}
          {note !== undefined && <span className="text-[13px] text-soft">{note}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Who a person is; the name of the entry where there is none. */
export function PersonName({ person }: { readonly person: Candidate }): ReactNode {
  const t = useTranslations('domain.administrators')
  return (
    <span className="min-w-0">
      <span className="block font-medium wrap-anywhere">
        {person.name === '' ? `! ${t('unknown')}` : person.name}
      </span>
      <span className="address block text-soft">{person.mail === '' ? person.dn : person.mail}</span>
    </span>
  )
}

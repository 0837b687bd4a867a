'use client'

import type { Route } from 'next'
import Form from 'next/form'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { useUrlValue } from './url-value'

interface PageJumpProps {
  readonly path: string
  /** What else the URL says. */
  readonly parameters: Readonly<Record<string, string>>
  readonly page: number
  /** All pages; null where nobody knows. */
  readonly pages: number | null
}

/** Goes to the page whose number is typed: a form, so that it works without JavaScript. */
export function PageJump({ path, parameters, page, pages }: PageJumpProps): ReactNode {
  const t = useTranslations('ui')
  const input = useUrlValue(String(page))
  return (
    <Form action={path as Route} className="flex items-center gap-1.5 sm:px-1">
      {Object.entries(parameters).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <label className="flex items-center gap-1.5">
        {t('page')}
        <input
          ref={input}
          id="page-number"
          type="number"
          name="page"
          min={1}
          max={pages ?? undefined}
          required
          defaultValue={page}
          className="min-h-8 w-14 rounded-md border border-edge bg-panel px-1.5 sm:w-20 sm:px-2 text-ink tabular-nums"
        />
      </label>
      {pages !== null && <span>{t('ofPages', { pages })}</span>}
      <button type="submit" className="min-h-8 min-w-7 rounded-md sm:px-1.5 text-accent hover:underline">
        {t('go')}
      </button>
    </Form>
  )
}

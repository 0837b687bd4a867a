'use client'

import { type ReactNode, useActionState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { COLUMN_FIELDS, type ColumnMapping } from '@/lib/exchange/csv-columns'
import type { Text } from '@/lib/words/text'

interface MappingFormProps {
  readonly columns: readonly string[]
  /** The first values of each column. */
  readonly samples: readonly (readonly string[])[]
  readonly suggested: ColumnMapping
  /** Begins the dry run and goes on to it; else says why not. */
  readonly begin: (mapping: readonly string[]) => Promise<Text>
}

/** What each column of a table means. */
export function MappingForm({ columns, samples, suggested, begin }: MappingFormProps): ReactNode {
  const t = useTranslations('exchange')
  const text = useText()
  const [refusal, submit, busy] = useActionState(
    (_: Text | null, data: FormData): Promise<Text | null> => begin(data.getAll('column').map(String)),
    null,
  )
  return (
    <form action={submit} className="max-w-3xl">
      <ul className="border-t border-line" aria-label={t('mapping.label')}>
        {columns.map((name, at) => (
          <li
            key={at}
            className="grid items-center gap-x-4 gap-y-1 border-b border-line py-2 sm:grid-cols-[minmax(0,1fr)_14rem]"
          >
            <div className="min-w-0">
              <p className="truncate font-medium">
                {name === '' ? t('mapping.unnamed', { number: at + 1 }) : name}
              </p>
              <p className="address truncate text-soft">{(samples[at] ?? []).filter(Boolean).join(' · ')}</p>
            </div>
            <select
              name="column"
              aria-label={t('mapping.column', { name: name === '' ? String(at + 1) : name })}
              defaultValue={suggested[at] ?? ''}
              className="min-h-9 rounded-lg border border-edge bg-panel px-2 py-1.5"
            >
              <option value="">{t('mapping.leaveOut')}</option>
              {COLUMN_FIELDS.map((field) => (
                <option key={field} value={field}>
                  {t(`field.${field}`)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      {refusal !== null && !busy && (
        <div className="pt-3">
          <Notice tone="lost" role="alert" title={t('notBegun')}>
            <p>{text(refusal)}</p>
          </Notice>
        </div>
      )}
      <Button type="submit" tone="primary" className="mt-4" disabled={busy}>
        {t(busy ? 'beginning' : 'dryRun')}
      </Button>
    </form>
  )
}

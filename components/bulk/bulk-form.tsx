'use client'

import { type ReactNode, useActionState, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { BULK_TASKS } from '@/lib/plans/bulk-words'
import type { Text } from '@/lib/words/text'

interface BulkFormProps {
  /** Begins the dry run and goes on to it; else says why not. */
  readonly begin: (task: unknown) => Promise<Text>
}

/** What is to be done with all selected mailboxes. */
export function BulkForm({ begin }: BulkFormProps): ReactNode {
  const t = useTranslations('bulk')
  const text = useText()
  const [task, setTask] = useState<(typeof BULK_TASKS)[number]>('disable')
  const [refusal, submit, busy] = useActionState(
    (_: Text | null, data: FormData): Promise<Text | null> =>
      begin({
        task,
        quota: data.get('quota') ?? '',
        domain: data.get('domain') ?? '',
      }),
    null,
  )
  return (
    <form action={submit} className="max-w-xl">
      <fieldset>
        <legend className="caption mb-2">{t('task.legend')}</legend>
        {BULK_TASKS.map((name) => (
          <div key={name} className="border-t border-line py-1.5 last:border-b">
            <label className="flex min-h-8 items-center gap-2.5">
              <input
                type="radio"
                name="task"
                value={name}
                checked={task === name}
                className="size-4 accent-accent"
                onChange={() => {
                  setTask(name)
                }}
              />
              <span>
                {t(`task.${name}`)}
                <span className="block text-[13px] text-soft">{t(`task.${name}About`)}</span>
              </span>
            </label>
            {task === name && (name === 'quota' || name === 'alias') && (
              <TaskField name={name === 'quota' ? 'quota' : 'domain'} label={t(`task.${name}Field`)} />
            )}
          </div>
        ))}
      </fieldset>
      {refusal !== null && !busy && (
        <div className="pt-3">
          <Notice tone="lost" role="alert" title={t('notBegun')}>
            <p>{text(refusal)}</p>
          </Notice>
        </div>
      )}
      <p className="py-3 text-[13px] text-soft">{t('dryRunFirst')}</p>
      <Button type="submit" tone="primary" disabled={busy}>
        {t(busy ? 'beginning' : 'begin')}
      </Button>
    </form>
  )
}

function TaskField({ name, label }: { readonly name: string; readonly label: string }): ReactNode {
  return (
    <label className="block py-1.5 pl-6.5 text-[13px] text-soft">
      {label}
      <input
        name={name}
        maxLength={253}
        autoComplete="off"
        className="address mt-1 block min-h-9 w-full max-w-xs rounded-lg border border-edge bg-panel px-2.5 py-1.5 text-ink"
      />
    </label>
  )
}

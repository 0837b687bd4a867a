import type { Route } from 'next'
import Form from 'next/form'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { FieldRow, TextInput } from '@/components/ui/field'

/** Who takes the addresses of a mailbox over. The choice is in the URL, and the page shows its preview. */
export function HeirForm({ id, heir }: { readonly id: string; readonly heir: string }): ReactNode {
  const t = useTranslations('mailbox.delete')
  const path = `/mailboxes/${id}/delete` as Route
  return (
    <Form action={path} scroll={false}>
      <FieldRow label={t('heir')} hint={t('heirHint')} control="heir">
        <div className="flex flex-wrap gap-2">
          <div className="min-w-48 flex-1">
            <TextInput
              key={heir}
              id="heir"
              name="to"
              type="text"
              defaultValue={heir}
              className="address"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={320}
            />
          </div>
          <Button type="submit">{t('show')}</Button>
        </div>
        {heir !== '' && (
          <p className="pt-1 text-[13px]">
            <Link href={path} scroll={false} className="inline-block min-h-6 text-accent hover:underline">
              {t('nobody')}
            </Link>
          </p>
        )}
      </FieldRow>
    </Form>
  )
}

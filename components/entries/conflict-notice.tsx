'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Mailbox } from '@/lib/entries/mailbox'
import { type FieldDifference, differencesBetween } from '@/lib/entries/mailbox-fields'
import type { MailboxEditing } from './mailbox-editing'

/** Says that someone else changed the entry meanwhile, and what; the typed text is untouched. */
export function ConflictNotice({ editing }: { readonly editing: MailboxEditing }): ReactNode {
  const t = useTranslations('mailbox.conflict')
  const { outcome, preview } = editing
  const stale = outcome?.status === 'stale' ? outcome : preview?.status === 'stale' ? preview : null
  if (stale === null) return null
  if (stale.current === null)
    return (
      <Notice tone="lost" role="alert" title={t('gone')}>
        <p>{t('goneHint')}</p>
      </Notice>
    )
  return <Changed editing={editing} current={stale.current} />
}

function Changed({
  editing,
  current,
}: {
  readonly editing: MailboxEditing
  readonly current: Mailbox
}): ReactNode {
  const t = useTranslations('mailbox.conflict')
  const differences = differencesBetween(editing.opened.form, current.form)
  return (
    <Notice tone="changed" role="alert" title={t('changed')}>
      <p>{t('changedHint')}</p>
      <ul className="my-2 space-y-1">
        {differences.map((difference) => (
          <Difference key={difference.field} difference={difference} />
        ))}
        {differences.length === 0 && <li>{t('elsewhere')}</li>}
      </ul>
      <Button
        onClick={() => {
          editing.rebase(current)
        }}
      >
        {t('continue')}
      </Button>
    </Notice>
  )
}

function Difference({ difference }: { readonly difference: FieldDifference }): ReactNode {
  const t = useTranslations('mailbox.field')
  return (
    <li>
      {t(difference.field)}:{' '}
      {difference.removed.map((value) => (
        <del key={value} className="address pr-2">
          − {value}
        </del>
      ))}
      {difference.added.map((value) => (
        <ins key={value} className="address pr-2 no-underline">
          + {value}
        </ins>
      ))}
    </li>
  )
}

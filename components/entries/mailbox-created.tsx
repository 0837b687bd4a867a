'use client'

import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CreatedMailbox } from '@/lib/changes/mailbox-password-state'
import { PasswordTold } from './password-told'

/** After a mailbox was created: its password, this one time, and where to go on. */
export function MailboxCreated({ created }: { readonly created: CreatedMailbox }): ReactNode {
  const t = useTranslations('mailbox')
  return (
    <div className="space-y-4">
      <Notice tone="added" role="status" title={`✓ ${t('created', { name: created.name })}`}>
        <p className="address">{created.mail}</p>
      </Notice>
      {created.password === null ? (
        <p className="text-soft">{t('createdWithoutPassword')}</p>
      ) : (
        <PasswordTold outcome={created.password} />
      )}
      <p className="flex flex-wrap gap-2">
        <Link href={`/mailboxes/${created.id}` as Route} className={buttonClass('primary')}>
          {t('openCreated')}
        </Link>
        {created.password?.status !== 'set' && (
          <Link href={`/mailboxes/${created.id}/password` as Route} className={buttonClass('plain')}>
            {t('action.password')}
          </Link>
        )}
        {/* A full load: the form of the next one starts empty. */}
        <a href={`/mailboxes/new?like=${created.id}`} className={buttonClass('plain')}>
          {t('createAnother')}
        </a>
      </p>
    </div>
  )
}

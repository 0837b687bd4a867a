import type { ReactNode } from 'react'
import { z } from 'zod'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { MailboxTask } from '@/components/entries/mailbox-task'
import { TaskFrame } from '@/components/entries/task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { deleteMailbox } from '@/app/(panel)/mailboxes/[id]/actions'
import { openMailbox } from '@/app/(panel)/mailboxes/[id]/open-mailbox'
import { previewEdit } from '@/lib/changes/edit'
import { planMailboxDeletion } from '@/lib/changes/mailbox-tasks'
import { nameOf } from '@/lib/entries/mailbox'
import { addressesToMove } from '@/lib/entries/mailbox-removal'
import { HeirForm } from './heir-form'

/** LDAP round trips: one for the person's authority, two for the entry, one for the heir, those of the preview. */
export default async function DeletePage({
  params,
  searchParams,
}: PageProps<'/mailboxes/[id]/delete'>): Promise<ReactNode> {
  const [opened, t, query] = await Promise.all([
    openMailbox(params),
    getTranslations('mailbox'),
    searchParams,
  ])
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox, authority, entry } = opened
  const heir = z.string().trim().max(320).catch('').parse(query['to'])
  const submission = { id: mailbox.id, heir }
  const preview = await previewEdit(authority, await planMailboxDeletion(authority, submission))
  const addresses = addressesToMove(entry)
  return (
    <TaskFrame
      pane={
        <MailboxTask
          key={heir}
          submission={submission}
          preview={preview}
          save={deleteMailbox}
          label={t(heir === '' ? 'delete.submit' : 'delete.submitMoved', { heir })}
          busyLabel={t('busy')}
        />
      }
    >
      <MailboxHead mailbox={{ ...mailbox, name: nameOf(mailbox) }} task={t('action.delete')} />
      <p className="max-w-prose">{t('delete.about')}</p>
      <h2 className="caption mt-6 mb-2.5">{t('delete.addresses', { count: addresses.length })}</h2>
      <ul className="address mb-4">
        {addresses.slice(0, SHOWN).map((address) => (
          <li key={address}>{address}</li>
        ))}
        {addresses.length > SHOWN && (
          <li className="text-soft">{t('delete.more', { count: addresses.length - SHOWN })}</li>
        )}
      </ul>
      <HeirForm id={mailbox.id} heir={heir} />
    </TaskFrame>
  )
}

const SHOWN = 20

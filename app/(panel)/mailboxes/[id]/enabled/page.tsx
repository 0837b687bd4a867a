import type { ReactNode } from 'react'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { MailboxTask } from '@/components/entries/mailbox-task'
import { TaskFrame } from '@/components/entries/task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { saveEnabled } from '@/app/(panel)/mailboxes/[id]/actions'
import { openMailbox } from '@/app/(panel)/mailboxes/[id]/open-mailbox'
import { previewEdit } from '@/lib/changes/edit'
import { planMailboxEnabled } from '@/lib/changes/mailbox-tasks'
import { nameOf } from '@/lib/entries/mailbox'

/** LDAP round trips: one for the person's authority, two for the entry, those of the preview. */
export default async function EnabledPage({
  params,
}: PageProps<'/mailboxes/[id]/enabled'>): Promise<ReactNode> {
  const [opened, t] = await Promise.all([openMailbox(params), getTranslations('mailbox')])
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox, authority } = opened
  const submission = { id: mailbox.id, enabled: !mailbox.enabled }
  const preview = await previewEdit(authority, await planMailboxEnabled(authority, submission))
  const action = mailbox.enabled ? 'disable' : 'enable'
  return (
    <TaskFrame
      pane={
        <MailboxTask
          submission={submission}
          preview={preview}
          save={saveEnabled}
          label={t(`action.${action}`)}
          busyLabel={t('busy')}
        />
      }
    >
      <MailboxHead mailbox={{ ...mailbox, name: nameOf(mailbox) }} task={t(`action.${action}`)} />
      <p className="max-w-prose">{t(`about.${action}`)}</p>
    </TaskFrame>
  )
}

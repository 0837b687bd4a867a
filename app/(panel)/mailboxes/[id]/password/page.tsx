import type { ReactNode } from 'react'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { MailboxPasswordForm } from '@/components/entries/mailbox-password-form'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { setPassword } from '@/app/(panel)/mailboxes/[id]/actions'
import { openMailbox } from '@/app/(panel)/mailboxes/[id]/open-mailbox'
import { nameOf } from '@/lib/entries/mailbox'

/** LDAP round trips: one for the person's authority, one for the entry. */
export default async function PasswordPage({
  params,
}: PageProps<'/mailboxes/[id]/password'>): Promise<ReactNode> {
  const [opened, t] = await Promise.all([openMailbox(params), getTranslations('mailbox')])
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox } = opened
  return (
    <div className="max-w-3xl px-4 pb-10 md:px-7">
      <MailboxHead mailbox={{ ...mailbox, name: nameOf(mailbox) }} task={t('action.password')} />
      <MailboxPasswordForm id={mailbox.id} mail={mailbox.mail} setPassword={setPassword} />
    </div>
  )
}

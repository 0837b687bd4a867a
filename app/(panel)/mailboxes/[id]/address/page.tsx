import type { ReactNode } from 'react'
import { MailboxAddressEditor } from '@/components/entries/mailbox-address-editor'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { askAddressPreview, saveAddress } from '@/app/(panel)/mailboxes/[id]/actions'
import { openMailbox } from '@/app/(panel)/mailboxes/[id]/open-mailbox'
import { nameOf } from '@/lib/entries/mailbox'
import { isNamedByUid } from '@/lib/entries/mailbox-address'

/** LDAP round trips: one for the person's authority, one for the entry. */
export default async function AddressPage({
  params,
}: PageProps<'/mailboxes/[id]/address'>): Promise<ReactNode> {
  const [opened, t] = await Promise.all([openMailbox(params), getTranslations('mailbox')])
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox } = opened
  return (
    <MailboxAddressEditor
      key={mailbox.id}
      mailbox={mailbox}
      canRename={isNamedByUid(mailbox.dn)}
      preview={askAddressPreview}
      save={saveAddress}
    >
      <MailboxHead mailbox={{ ...mailbox, name: nameOf(mailbox) }} task={t('action.address')} />
    </MailboxAddressEditor>
  )
}

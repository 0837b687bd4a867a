import type { ReactNode } from 'react'
import { MailboxActions } from '@/components/entries/mailbox-actions'
import { MailboxEditor } from '@/components/entries/mailbox-editor'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { OtherAttributes } from '@/components/entries/other-attributes'
import { ViewAsButton } from '@/components/entries/view-as-button'
import { Unanswered } from '@/components/shell/unanswered'
import { viewAs } from '@/app/view-as'
import { lockedFields } from '@/app/(panel)/mailboxes/locked-fields'
import { nameOf } from '@/lib/entries/mailbox'
import { askPreview, save } from './actions'
import { openMailbox } from './open-mailbox'

/** LDAP round trips: one for the person's authority, one for the entry. */
export default async function MailboxPage({ params }: PageProps<'/mailboxes/[id]'>): Promise<ReactNode> {
  const opened = await openMailbox(params)
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox, entry, authority } = opened
  return (
    <MailboxEditor
      key={mailbox.id}
      mailbox={mailbox}
      locked={lockedFields(authority.role)}
      preview={askPreview}
      save={save}
      below={<OtherAttributes attributes={entry.attributes} />}
    >
      <MailboxHead mailbox={{ ...mailbox, name: nameOf(mailbox) }}>
        <MailboxActions mailbox={mailbox} />
        {authority.role === 'postmaster' && <ViewAsButton id={mailbox.id} viewAs={viewAs} />}
      </MailboxHead>
    </MailboxEditor>
  )
}

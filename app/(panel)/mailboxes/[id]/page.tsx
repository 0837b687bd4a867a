import type { ReactNode } from 'react'
import { MailboxActions } from '@/components/entries/mailbox-actions'
import { MailboxEditor } from '@/components/entries/mailbox-editor'
import { FindingsUnknown, MailboxFindings } from '@/components/entries/mailbox-findings'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { OtherAttributes } from '@/components/entries/other-attributes'
import { ViewAsButton } from '@/components/entries/view-as-button'
import { Unanswered } from '@/components/shell/unanswered'
import { viewAs } from '@/app/view-as'
import { lockedFields } from '@/app/(panel)/mailboxes/locked-fields'
import { nameOf } from '@/lib/entries/mailbox'
import { findingsOfMailbox } from '@/lib/lists/mailbox-findings'
import { hasTemplates } from '@/lib/templates/mailbox-templates'
import { askPreview, save } from './actions'
import { openMailbox } from './open-mailbox'

/** LDAP round trips: one for the person's authority, one for the entry, and those that its findings take. */
export default async function MailboxPage({ params }: PageProps<'/mailboxes/[id]'>): Promise<ReactNode> {
  const opened = await openMailbox(params)
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox, entry, authority } = opened
  const judged = await findingsOfMailbox(authority, entry)
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
        <MailboxActions mailbox={mailbox} templates={authority.role === 'postmaster' && hasTemplates()} />
        {authority.role === 'postmaster' && <ViewAsButton id={mailbox.id} viewAs={viewAs} />}
      </MailboxHead>
      {judged.status === 'failed' ? (
        <FindingsUnknown diagnostic={judged.diagnostic} />
      ) : (
        <MailboxFindings
          id={mailbox.id}
          findings={judged.findings}
          mayHost={authority.role === 'postmaster'}
        />
      )}
    </MailboxEditor>
  )
}

import type { ReactNode } from 'react'
import { FieldRow } from '@/components/ui/field'
import type { Mailbox } from '@/lib/entries/mailbox'

/** How mail is delivered to this mailbox, as the directory has it. */
export function MailboxFacts({ mailbox }: { readonly mailbox: Mailbox }): ReactNode {
  return (
    <>
      <h2 className="caption mt-6 mb-2.5">Delivery</h2>
      <FieldRow label="Sign-in">
        <p className={`sm:pt-2 ${mailbox.enabled ? 'text-added' : 'text-changed'}`}>
          {mailbox.enabled ? '✓ Enabled' : '○ Disabled'}
          <span className="address pl-2 text-soft">mailEnabled</span>
        </p>
      </FieldRow>
      {mailbox.forwardingAddresses.length > 0 && (
        <FieldRow label="Forwards to">
          <ul className="address sm:pt-1.5">
            {mailbox.forwardingAddresses.map((address) => (
              <li key={address}>{address}</li>
            ))}
          </ul>
        </FieldRow>
      )}
      <FieldRow label="Quota">
        <p className="address sm:pt-1.5">{mailbox.quota === '' ? 'none set' : mailbox.quota}</p>
      </FieldRow>
      <FieldRow label="Storage directory">
        <p className="address sm:pt-1.5">
          {mailbox.storageDirectory === '' ? 'none set' : mailbox.storageDirectory}
        </p>
      </FieldRow>
    </>
  )
}

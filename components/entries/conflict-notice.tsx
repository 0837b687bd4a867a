'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Mailbox } from '@/lib/entries/mailbox'
import { type FieldDifference, differencesBetween } from '@/lib/entries/mailbox-fields'
import type { MailboxEditing } from './mailbox-editing'

/** Says that someone else changed the entry meanwhile, and what; the typed text is untouched. */
export function ConflictNotice({ editing }: { readonly editing: MailboxEditing }): ReactNode {
  const { outcome, preview } = editing
  const stale = outcome?.status === 'stale' ? outcome : preview?.status === 'stale' ? preview : null
  if (stale === null) return null
  if (stale.current === null)
    return (
      <Notice tone="lost" role="alert" title="This mailbox is gone">
        <p>
          Someone deleted or moved it while you were typing. Nothing was written. Go back to the list of
          mailboxes.
        </p>
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
  const differences = differencesBetween(editing.opened.form, current.form)
  return (
    <Notice tone="changed" role="alert" title="Someone else changed this mailbox while you were typing">
      <p>Nothing was written, and what you typed is still here. Changed meanwhile:</p>
      <ul className="my-2 space-y-1">
        {differences.map((difference) => (
          <Difference key={difference.field} difference={difference} />
        ))}
        {differences.length === 0 && <li>An attribute that this form does not show.</li>}
      </ul>
      <Button
        onClick={() => {
          editing.rebase(current)
        }}
      >
        Continue with both changes
      </Button>
    </Notice>
  )
}

const LABELS = {
  cn: 'Full name',
  givenName: 'Given name',
  sn: 'Family name',
  displayName: 'Display name',
  aliases: 'Aliases',
}

function Difference({ difference }: { readonly difference: FieldDifference }): ReactNode {
  return (
    <li>
      {LABELS[difference.field]}:{' '}
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

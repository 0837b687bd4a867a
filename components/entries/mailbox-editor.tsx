'use client'

import type { ReactNode } from 'react'
import { PreviewPane } from '@/components/preview/preview-pane'
import { FieldRow, TextInput } from '@/components/ui/field'
import type { Mailbox } from '@/lib/entries/mailbox'
import type { FieldProblem, MailboxField } from '@/lib/entries/mailbox-fields'
import { AliasList } from './alias-list'
import { ConflictNotice } from './conflict-notice'
import {
  type MailboxEditing,
  type PreviewAction,
  type SaveAction,
  useMailboxEditing,
} from './mailbox-editing'
import { MailboxFacts } from './mailbox-facts'

interface MailboxEditorProps {
  readonly mailbox: Mailbox
  readonly preview: PreviewAction
  readonly save: SaveAction
  /** The heading of the page, above the form. */
  readonly children: ReactNode
}

/** The mailbox form with the pane that shows what Postfix will answer. */
export function MailboxEditor({ mailbox, preview, save, children }: MailboxEditorProps): ReactNode {
  const editing = useMailboxEditing(mailbox, preview, save)
  const problems = problemsOf(editing)
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <form
        className="max-w-3xl px-4 pb-32 md:pl-7 lg:pr-0 lg:pb-10"
        onSubmit={(event) => {
          event.preventDefault()
          editing.save()
        }}
      >
        {children}
        <ConflictNotice editing={editing} />
        <h2 className="caption mt-6 mb-2.5">Addresses</h2>
        <FieldRow label="Mailbox">
          <p className="address sm:pt-1.5">{editing.opened.mail}</p>
        </FieldRow>
        <FieldRow label="Aliases" hint="mail for these arrives here" control="alias-draft">
          <AliasList editing={editing} problems={problems} />
        </FieldRow>
        <MailboxFacts mailbox={editing.opened} />
        <h2 className="caption mt-6 mb-2.5">Person</h2>
        <NameFields editing={editing} problems={problems} />
        <button type="submit" className="sr-only" tabIndex={-1}>
          Save
        </button>
      </form>
      <PreviewPane
        editing={editing}
        idle="Change an alias or a name. Before anything is saved, this pane asks the tables of your Postfix what they answer now and what they will answer after the change."
        onDiscard={editing.discard}
      />
    </div>
  )
}

const NAMES: readonly {
  readonly field: Exclude<MailboxField, 'aliases'>
  readonly label: string
  readonly hint: string
}[] = [
  { field: 'cn', label: 'Full name', hint: 'cn' },
  { field: 'givenName', label: 'Given name', hint: 'givenName' },
  { field: 'sn', label: 'Family name', hint: 'sn' },
  { field: 'displayName', label: 'Display name', hint: 'displayName' },
]

interface NameFieldsProps {
  readonly editing: MailboxEditing
  readonly problems: readonly FieldProblem[]
}

function NameFields({ editing, problems }: NameFieldsProps): ReactNode {
  return NAMES.map(({ field, label, hint }) => (
    <FieldRow key={field} label={label} hint={hint} control={field}>
      <TextInput
        id={field}
        value={editing.form[field]}
        autoComplete="off"
        maxLength={256}
        problem={problems.find((problem) => problem.field === field)?.message}
        onChange={(event) => {
          editing.setForm({ ...editing.form, [field]: event.target.value })
        }}
      />
    </FieldRow>
  ))
}

/** Problems to be shown beside fields: of the last save if it was refused, else of the newest preview. */
function problemsOf({ outcome, preview }: MailboxEditing): readonly FieldProblem[] {
  if (outcome?.status === 'invalid') return outcome.problems
  if (outcome?.status === 'refused' && outcome.field !== null)
    return [{ field: outcome.field, index: null, message: outcome.message }]
  return preview?.status === 'previewed' ? preview.problems : []
}

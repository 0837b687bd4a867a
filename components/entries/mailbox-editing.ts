'use client'

/**
 * mailbox-editing - the state of an open mailbox form: what was typed, and how it goes on after a save or a
 * conflict. Preview and save are those of every form (components/preview/editing.ts).
 */
import { useState } from 'react'
import {
  type Editing,
  type PreviewAction as AskPreview,
  type SaveAction as AskSave,
  useEditing,
} from '@/components/preview/editing'
import { differencesBetween, type MailboxField, mergeForms } from '@/lib/entries/mailbox-fields'
import type { Mailbox, MailboxForm } from '@/lib/entries/mailbox'

export interface Submission {
  readonly id: string
  readonly entryCsn: string
  readonly form: MailboxForm
}

export type PreviewAction = AskPreview<Submission, MailboxField, Mailbox>
export type SaveAction = AskSave<Submission, MailboxField, Mailbox>

export interface MailboxEditing extends Editing<MailboxField, Mailbox> {
  /** The mailbox as it was when the form was opened, saved or rebased. */
  readonly opened: Mailbox
  readonly form: MailboxForm
  /** An alias that is being typed and not in the list yet. */
  readonly draft: string
  /** The form as it would be submitted now, the draft included. */
  readonly submitted: MailboxForm
  readonly setForm: (form: MailboxForm) => void
  readonly setDraft: (draft: string) => void
  readonly discard: () => void
  /** Continues on a newer state of the entry, keeping what was typed. */
  readonly rebase: (current: Mailbox) => void
}

/** Holds the editing state of one mailbox form. */
export function useMailboxEditing(
  initial: Mailbox,
  preview: PreviewAction,
  save: SaveAction,
): MailboxEditing {
  const [opened, setOpened] = useState(initial)
  const [form, setForm] = useState(initial.form)
  const [draft, setDraft] = useState('')
  const typed = draft.trim()
  const submitted = typed === '' ? form : { ...form, aliases: [...form.aliases, typed] }
  const changed = typed !== '' || differsFrom(opened.form, submitted)
  const open = (mailbox: Mailbox, next: MailboxForm): void => {
    setOpened(mailbox)
    setForm(next)
    setDraft('')
  }
  const editing = useEditing({
    submission: { id: opened.id, entryCsn: opened.entryCsn, form: submitted },
    changed,
    preview,
    save,
    onSaved: (current) => {
      if (current !== null) open(current, current.form)
    },
  })

  return {
    ...editing,
    opened,
    form,
    draft,
    submitted,
    setForm: (next) => {
      setForm(next)
      editing.forgetOutcome()
    },
    setDraft: (next) => {
      setDraft(next)
      editing.forgetOutcome()
    },
    discard: () => {
      open(opened, opened.form)
      editing.restart()
    },
    rebase: (current) => {
      open(current, mergeForms(opened.form, submitted, current.form))
      editing.restart()
    },
  }
}

/** Also true for an alias that stands twice, which differs in nothing but has to be said. */
function differsFrom(opened: MailboxForm, form: MailboxForm): boolean {
  return opened.aliases.length !== form.aliases.length || differencesBetween(opened, form).length > 0
}

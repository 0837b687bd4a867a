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
import type { Mailbox, MailboxForm } from '@/lib/entries/mailbox'
import { LIST_FIELDS, type ListField } from '@/lib/entries/mailbox-attributes'
import { differencesBetween, type MailboxField, mergeForms } from '@/lib/entries/mailbox-fields'

export interface Submission {
  readonly id: string
  readonly entryCsn: string
  readonly form: MailboxForm
}

export type PreviewAction = AskPreview<Submission, MailboxField, Mailbox>
export type SaveAction = AskSave<Submission, MailboxField, Mailbox>

/** For each list, a value that is being typed and not in the list yet. */
export type Drafts = Readonly<Partial<Record<ListField, string>>>

export interface MailboxEditing extends Editing<MailboxField, Mailbox> {
  /** The mailbox as it was when the form was opened, saved or rebased. */
  readonly opened: Mailbox
  readonly form: MailboxForm
  readonly drafts: Drafts
  readonly setForm: (form: MailboxForm) => void
  readonly setDrafts: (drafts: Drafts) => void
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
  const [drafts, setDrafts] = useState<Drafts>({})
  const submitted = withDrafts(form, drafts)
  const open = (mailbox: Mailbox, next: MailboxForm): void => {
    setOpened(mailbox)
    setForm(next)
    setDrafts({})
  }
  const editing = useEditing({
    submission: { id: opened.id, entryCsn: opened.entryCsn, form: submitted },
    changed: differsFrom(opened.form, submitted),
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
    drafts,
    setForm: (next) => {
      setForm(next)
      editing.forgetOutcome()
    },
    setDrafts: (next) => {
      setDrafts(next)
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

/** The form as it would be submitted now: what is being typed counts as the last value of its list. */
export function withDrafts(form: MailboxForm, drafts: Drafts): MailboxForm {
  return LIST_FIELDS.reduce((result, field) => {
    const typed = drafts[field]?.trim() ?? ''
    return typed === '' ? result : { ...result, [field]: [...result[field], typed] }
  }, form)
}

/** Also true for a value that stands twice, which differs in nothing but has to be said. */
function differsFrom(opened: MailboxForm, form: MailboxForm): boolean {
  return (
    LIST_FIELDS.some((field) => opened[field].length !== form[field].length) ||
    differencesBetween(opened, form).length > 0
  )
}

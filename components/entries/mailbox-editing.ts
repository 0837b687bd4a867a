'use client'

/**
 * mailbox-editing - the state of an open mailbox form: what was typed, its newest preview, and the save.
 *
 * A preview is asked a moment after the last key; an answer to an older state of the form is dropped.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { MailboxPreview, MailboxSave } from '@/lib/changes/mailbox-state'
import type { Approval } from '@/lib/changes/preview-result'
import { differencesBetween, mergeForms } from '@/lib/entries/mailbox-fields'
import type { Mailbox, MailboxForm } from '@/lib/entries/mailbox'

const PAUSE_MS = 200

export interface Submission {
  readonly id: string
  readonly entryCsn: string
  readonly form: MailboxForm
}

export type PreviewAction = (submission: Submission) => Promise<MailboxPreview>
export type SaveAction = (submission: Submission, approval: Approval) => Promise<MailboxSave>

export interface MailboxEditing {
  /** The mailbox as it was when the form was opened, saved or rebased. */
  readonly opened: Mailbox
  readonly form: MailboxForm
  /** An alias that is being typed and not in the list yet. */
  readonly draft: string
  /** The form as it would be submitted now, the draft included. */
  readonly submitted: MailboxForm
  readonly changed: boolean
  /** The newest answer, or null before the first. */
  readonly preview: MailboxPreview | null
  /** Whether the preview does not belong to the form as it is now. */
  readonly previewing: boolean
  readonly saving: boolean
  readonly outcome: MailboxSave | null
  readonly confirmed: ReadonlySet<string>
  readonly setForm: (form: MailboxForm) => void
  readonly setDraft: (draft: string) => void
  readonly setConfirmed: (code: string, yes: boolean) => void
  readonly discard: () => void
  readonly save: () => void
  /** Continues on a newer state of the entry, keeping what was typed. */
  readonly rebase: (current: Mailbox) => void
}

const UNREACHABLE = {
  status: 'refused',
  message: 'The panel does not answer. Nothing was saved by this page; check the connection and try again.',
  field: null,
} as const

/** Holds the editing state of one mailbox form. */
export function useMailboxEditing(
  initial: Mailbox,
  askPreview: PreviewAction,
  askSave: SaveAction,
): MailboxEditing {
  const [opened, setOpened] = useState(initial)
  const [form, setFormState] = useState(initial.form)
  const [draft, setDraftState] = useState('')
  const [outcome, setOutcome] = useState<MailboxSave | null>(null)
  const [confirmed, setConfirmedState] = useState<ReadonlySet<string>>(new Set())
  const [saving, setSaving] = useState(false)
  const typed = draft.trim()
  const submitted = typed === '' ? form : { ...form, aliases: [...form.aliases, typed] }
  const changed = typed !== '' || differsFrom(opened.form, submitted)
  const { preview, previewing, settle } = usePreview(opened, submitted, changed, askPreview)

  const restart = (mailbox: Mailbox, next: MailboxForm): void => {
    setOpened(mailbox)
    setFormState(next)
    setDraftState('')
    setConfirmedState(new Set())
  }
  const submission = { id: opened.id, entryCsn: opened.entryCsn, form: submitted }

  async function save(): Promise<void> {
    if (preview?.status !== 'previewed' || previewing || saving) return
    setSaving(true)
    const approval = { checksum: preview.preview.checksum, confirmed: [...confirmed] }
    const answer = await askSave(submission, approval).catch(() => UNREACHABLE)
    setSaving(false)
    setOutcome(answer)
    if (answer.status === 'saved') restart(answer.mailbox, answer.mailbox.form)
    if (answer.status === 'look') settle({ status: 'previewed', preview: answer.preview, problems: [] })
  }

  return {
    opened,
    form,
    draft,
    submitted,
    changed,
    preview,
    previewing,
    saving,
    outcome,
    confirmed,
    setForm: (next) => {
      setFormState(next)
      setOutcome(null)
    },
    setDraft: (next) => {
      setDraftState(next)
      setOutcome(null)
    },
    setConfirmed: (code, yes) => {
      setConfirmedState(
        (codes) => new Set(yes ? [...codes, code] : [...codes].filter((other) => other !== code)),
      )
    },
    discard: () => {
      restart(opened, opened.form)
      setOutcome(null)
    },
    save: () => void save(),
    rebase: (current) => {
      restart(current, mergeForms(opened.form, submitted, current.form))
      setOutcome(null)
    },
  }
}

/** Also true for an alias that stands twice, which differs in nothing but has to be said. */
function differsFrom(opened: MailboxForm, form: MailboxForm): boolean {
  return opened.aliases.length !== form.aliases.length || differencesBetween(opened, form).length > 0
}

interface PreviewState {
  readonly preview: MailboxPreview | null
  readonly previewing: boolean
  readonly settle: (preview: MailboxPreview) => void
}

/** Asks for the preview of the form as it is, a moment after it last changed. */
function usePreview(opened: Mailbox, form: MailboxForm, changed: boolean, ask: PreviewAction): PreviewState {
  const [answer, setAnswer] = useState<{ of: string; preview: MailboxPreview } | null>(null)
  const wanted = JSON.stringify({ id: opened.id, entryCsn: opened.entryCsn, form })
  const newest = useRef(wanted)
  const settle = useCallback((preview: MailboxPreview) => {
    setAnswer({ of: newest.current, preview })
  }, [])

  useEffect(() => {
    newest.current = wanted
    if (!changed) return
    const timer = setTimeout(() => {
      void ask(JSON.parse(wanted) as Submission)
        .catch(() => UNREACHABLE)
        .then((preview) => {
          if (newest.current === wanted) setAnswer({ of: wanted, preview })
        })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [wanted, changed, ask])

  return {
    preview: changed ? (answer?.preview ?? null) : null,
    previewing: changed && answer?.of !== wanted,
    settle,
  }
}

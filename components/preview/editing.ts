'use client'

/**
 * editing - the state of an open form of any kind: its newest preview, what is confirmed, and the save.
 *
 * A preview is asked a moment after the last key; an answer to an older state of the form is dropped. What is
 * typed belongs to the form; it says here what it would submit.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EditOutcome, EditPreview } from '@/lib/changes/edit-state'
import type { Approval } from '@/lib/changes/preview-result'

const PAUSE_MS = 200

/** A server action that previews what would be submitted. */
export type PreviewAction<Submission, Field extends string, State> = (
  submission: Submission,
) => Promise<EditPreview<Field, State>>

/** A server action that saves what was previewed. */
export type SaveAction<Submission, Field extends string, State> = (
  submission: Submission,
  approval: Approval,
) => Promise<EditOutcome<Field, State>>

export interface Editing<Field extends string = string, State = unknown> {
  /** Whether there is anything to save. */
  readonly changed: boolean
  /** The newest answer, or null before the first. */
  readonly preview: EditPreview<Field, State> | null
  /** Whether the preview does not belong to the form as it is now. */
  readonly previewing: boolean
  readonly saving: boolean
  readonly outcome: EditOutcome<Field, State> | null
  /** Codes of the findings that have a yes. */
  readonly confirmed: ReadonlySet<string>
  readonly setConfirmed: (code: string, yes: boolean) => void
  readonly save: () => void
  /** Forgets the outcome of the last save: for when typing goes on. */
  readonly forgetOutcome: () => void
  /** Forgets confirmations too: for when the form starts anew. */
  readonly restart: () => void
}

interface EditingOptions<Submission, Field extends string, State> {
  /** What the form would submit now: plain data. */
  readonly submission: Submission
  readonly changed: boolean
  readonly preview: PreviewAction<Submission, Field, State>
  readonly save: SaveAction<Submission, Field, State>
  /** After the change was made; what is edited as it is now, null when it is gone. */
  readonly onSaved: (current: State | null) => void
}

const UNREACHABLE = {
  status: 'refused',
  message: { key: 'edit.unreachable' },
  field: null,
} as const

/** Holds preview and save of one form. */
export function useEditing<Submission, Field extends string, State>(
  options: EditingOptions<Submission, Field, State>,
): Editing<Field, State> {
  const { submission, changed, onSaved } = options
  const [outcome, setOutcome] = useState<EditOutcome<Field, State> | null>(null)
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [saving, setSaving] = useState(false)
  const { preview, previewing, settle } = usePreview(submission, changed, options.preview)
  const restart = (): void => {
    setConfirmed(new Set())
    setOutcome(null)
  }

  async function save(): Promise<void> {
    if (preview?.status !== 'previewed' || previewing || saving) return
    setSaving(true)
    const approval = { checksum: preview.preview.checksum, confirmed: [...confirmed] }
    const answer = await options.save(submission, approval).catch(() => UNREACHABLE)
    setSaving(false)
    setOutcome(answer)
    if (answer.status === 'look') settle({ status: 'previewed', preview: answer.preview, problems: [] })
    if (answer.status !== 'saved') return
    setConfirmed(new Set())
    onSaved(answer.current)
  }

  return {
    changed,
    preview,
    previewing,
    saving,
    outcome,
    confirmed,
    setConfirmed: (code, yes) => {
      setConfirmed((codes) => new Set(yes ? [...codes, code] : [...codes].filter((other) => other !== code)))
    },
    save: () => void save(),
    forgetOutcome: () => {
      setOutcome(null)
    },
    restart,
  }
}

interface PreviewState<Field extends string, State> {
  readonly preview: EditPreview<Field, State> | null
  readonly previewing: boolean
  readonly settle: (preview: EditPreview<Field, State>) => void
}

/** Asks for the preview of the form as it is, a moment after it last changed. */
function usePreview<Submission, Field extends string, State>(
  submission: Submission,
  changed: boolean,
  ask: PreviewAction<Submission, Field, State>,
): PreviewState<Field, State> {
  const [answer, setAnswer] = useState<{ of: string; preview: EditPreview<Field, State> } | null>(null)
  const wanted = JSON.stringify(submission)
  const newest = useRef(wanted)
  const settle = useCallback((preview: EditPreview<Field, State>) => {
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

'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { Text } from '@/lib/words/text'
import { useAccount } from './account-frame'
import { NoteFields } from './note-fields'
import { useTaskEditing } from './task-editing'
import { TaskPreview } from './task-preview'

type AddressTask = 'pause' | 'resume' | 'remove'

interface AddressTasksProps {
  readonly address: string
  readonly note: string
  readonly until: string
  /** In the order of the buttons. */
  readonly tasks: readonly AddressTask[]
  /** Whether notes can be kept. */
  readonly keep: boolean
  /** Whether the person could take the address again. */
  readonly own: boolean
}

/** What can be done with an address: each opens its preview, and one tap there does it. */
export function AddressTasks({ address, note, until, tasks, keep, own }: AddressTasksProps): ReactNode {
  const t = useTranslations('account.task')
  const [open, setOpen] = useState<AddressTask | 'note' | null>(null)
  const close = (): void => {
    setOpen(null)
  }
  const choices: readonly (AddressTask | 'note')[] = keep ? [...tasks, 'note'] : tasks
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <CopyButton text={address} />
        {choices.map((choice) => (
          <Button
            key={choice}
            aria-expanded={open === choice}
            className="min-h-10 text-[13px]"
            onClick={() => {
              setOpen(open === choice ? null : choice)
            }}
          >
            {t(choice)}
          </Button>
        ))}
      </div>
      {open === 'note' && <NoteForm address={address} note={note} until={until} onClose={close} />}
      {open !== null && open !== 'note' && (
        <TaskForm key={open} task={open} address={address} own={own} onClose={close} />
      )}
    </>
  )
}

const BUSY = { pause: 'pausing', resume: 'resuming', remove: 'removing' } as const

interface TaskFormProps {
  readonly task: AddressTask
  readonly address: string
  readonly own: boolean
  readonly onClose: () => void
}

function TaskForm({ task, address, own, onClose }: TaskFormProps): ReactNode {
  const t = useTranslations('account.task')
  const text = useText()
  const editing = useTaskEditing({ task, address }, address, true, onClose)
  const problem = editing.problemOf('address')
  return (
    <div className="mb-3 rounded-lg bg-hover p-3">
      {problem === undefined ? (
        <TaskPreview editing={editing} idle="" />
      ) : (
        <p role="alert" className="text-lost">
          {text(problem)}
        </p>
      )}
      {task === 'pause' && problem === undefined && <p className="text-soft">{t('pauseHint')}</p>}
      {task === 'remove' && <p className="text-soft">{t(own ? 'removeHint' : 'removeForeign')}</p>}
      <div className="flex flex-wrap gap-2 pt-3">
        <Button
          tone="primary"
          className="min-h-11 flex-1 sm:flex-none"
          disabled={!editing.canSave}
          onClick={editing.save}
        >
          {editing.saving ? t(BUSY[task]) : t(`${task}Now`)}
        </Button>
        <Button className="min-h-11" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}

interface NoteFormProps {
  readonly address: string
  readonly note: string
  readonly until: string
  readonly onClose: () => void
}

function NoteForm({ address, note, until, onClose }: NoteFormProps): ReactNode {
  const t = useTranslations('account.task')
  const { writeNote, tell } = useAccount()
  const [form, setForm] = useState({ note, until })
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Text | undefined>(undefined)
  async function keep(): Promise<void> {
    setBusy(true)
    const outcome = await writeNote({ address, ...form }).catch(() => UNREACHABLE)
    setBusy(false)
    if (outcome.status === 'refused') setRefusal(outcome.message)
    else {
      tell({ what: 'note', address, saved: null })
      onClose()
    }
  }
  return (
    <form
      className="mb-3 rounded-lg bg-hover p-3"
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <NoteFields
        id={address}
        note={form.note}
        until={form.until}
        problem={refusal}
        onChange={(part) => {
          setForm({ ...form, ...part })
          setRefusal(undefined)
        }}
      />
      <div className="flex gap-2">
        <Button type="submit" tone="primary" className="min-h-11 flex-1 sm:flex-none" disabled={busy}>
          {busy ? t('keeping') : t('keep')}
        </Button>
        <Button className="min-h-11" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

const UNREACHABLE = { status: 'refused', message: { key: 'edit.unreachable' } } as const

'use client'

import Link from 'next/link'
import type { Route } from 'next'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import { type PreviewAction, type SaveAction, useEditing } from '@/components/preview/editing'
import { PreviewPane } from '@/components/preview/preview-pane'
import { FieldRow, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { Mailbox } from '@/lib/entries/mailbox'
import type { Problem } from '@/lib/entries/problem'
import type { Text } from '@/lib/words/text'
import { problemsOfEditing } from './form-state'

type AddressField = 'mail' | 'uid'

interface Submission {
  readonly id: string
  readonly entryCsn: string
  readonly mail: string
  readonly keepOld: boolean
  readonly uid: string
}

interface MailboxAddressEditorProps {
  readonly mailbox: Mailbox
  /** Whether the entry is named by its uid, so that it can be renamed. */
  readonly canRename: boolean
  readonly preview: PreviewAction<Submission, AddressField, Mailbox>
  readonly save: SaveAction<Submission, AddressField, Mailbox>
  readonly children: ReactNode
}

/** Gives a mailbox another address; the old one stays as an alias unless that is not wanted. */
export function MailboxAddressEditor(props: MailboxAddressEditorProps): ReactNode {
  const { mailbox, canRename, preview, save, children } = props
  const t = useTranslations('mailbox')
  const [opened, setOpened] = useState(mailbox)
  const [typed, setTyped] = useState<TypedAddress>({ mail: mailbox.mail, keepOld: true, uid: mailbox.uid })
  const editing = useEditing({
    submission: { id: opened.id, entryCsn: opened.entryCsn, ...typed },
    changed: typed.mail.trim() !== opened.mail || typed.uid.trim() !== opened.uid,
    preview,
    save,
    onSaved: (current) => {
      if (current !== null) open(current)
    },
  })

  function open(current: Mailbox): void {
    setOpened(current)
    setTyped({ mail: current.mail, keepOld: true, uid: current.uid })
  }
  function change(next: Partial<TypedAddress>): void {
    setTyped({ ...typed, ...next })
    editing.forgetOutcome()
  }

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
        <Stale editing={editing} id={mailbox.id} />
        <AddressFields
          opened={opened}
          typed={typed}
          canRename={canRename}
          problems={problemsOfEditing(editing)}
          onChange={change}
        />
        <p className="text-[13px] text-soft">{t('hint.storageStays')}</p>
        <button type="submit" className="sr-only" tabIndex={-1}>
          {t('save')}
        </button>
      </form>
      <PreviewPane
        editing={editing}
        idle={t('idleAddress')}
        onDiscard={() => {
          open(opened)
          editing.restart()
        }}
      />
    </div>
  )
}

type TypedAddress = Pick<Submission, 'mail' | 'keepOld' | 'uid'>

interface AddressFieldsProps {
  readonly opened: Mailbox
  readonly typed: TypedAddress
  readonly canRename: boolean
  readonly problems: readonly Problem[]
  readonly onChange: (next: Partial<TypedAddress>) => void
}

function AddressFields({ opened, typed, canRename, problems, onChange }: AddressFieldsProps): ReactNode {
  const t = useTranslations('mailbox')
  const problemOf = (field: AddressField): Text | undefined =>
    problems.find((problem) => problem.field === field)?.message
  const plain = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, className: 'address' }
  return (
    <>
      <FieldRow label={t('newAddress')} hint="mail" control="mail">
        <TextInput
          id="mail"
          value={typed.mail}
          maxLength={320}
          problem={problemOf('mail')}
          onChange={(event) => {
            onChange({ mail: event.target.value })
          }}
          {...plain}
        />
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={typed.keepOld}
            onChange={(event) => {
              onChange({ keepOld: event.target.checked })
            }}
          />
          <span>{t('keepOld', { mail: opened.mail })}</span>
        </label>
      </FieldRow>
      {canRename && (
        <FieldRow label={t('field.uid')} hint="uid" control="uid">
          <TextInput
            id="uid"
            value={typed.uid}
            maxLength={256}
            problem={problemOf('uid')}
            onChange={(event) => {
              onChange({ uid: event.target.value })
            }}
            {...plain}
          />
          <p className="pt-1 text-xs text-soft">{t('hint.uid')}</p>
        </FieldRow>
      )}
    </>
  )
}

/** Someone changed the mailbox meanwhile: the page has to be opened anew. */
function Stale({
  editing,
  id,
}: {
  readonly editing: ReturnType<typeof useEditing<Submission, AddressField, Mailbox>>
  readonly id: string
}): ReactNode {
  const t = useTranslations('mailbox')
  if (editing.outcome?.status !== 'stale' && editing.preview?.status !== 'stale') return null
  return (
    <div className="mb-4">
      <Notice tone="changed" role="alert" title={t('conflict.changed')}>
        <p>{t('conflict.reopen')}</p>
        <p>
          <Link href={`/mailboxes/${id}` as Route} className="underline">
            {t('backToMailbox')}
          </Link>
        </p>
      </Notice>
    </div>
  )
}

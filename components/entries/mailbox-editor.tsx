'use client'

import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { PreviewPane } from '@/components/preview/preview-pane'
import { FieldRow } from '@/components/ui/field'
import type { Mailbox } from '@/lib/entries/mailbox'
import type { MailboxField } from '@/lib/entries/mailbox-attributes'
import { ConflictNotice } from './conflict-notice'
import { findingsOfEditing, problemsOfEditing } from './form-state'
import { type PreviewAction, type SaveAction, useMailboxEditing } from './mailbox-editing'
import { MailboxSections } from './mailbox-sections'

interface MailboxEditorProps {
  readonly mailbox: Mailbox
  /** Fields that the person may not change. */
  readonly locked: readonly MailboxField[]
  readonly preview: PreviewAction
  readonly save: SaveAction
  /** The heading of the page, above the form. */
  readonly children: ReactNode
  /** What is only shown, below the form. */
  readonly below: ReactNode
}

/** The mailbox form with the pane that shows what Postfix will answer. */
export function MailboxEditor({
  mailbox,
  locked,
  preview,
  save,
  children,
  below,
}: MailboxEditorProps): ReactNode {
  const t = useTranslations('mailbox')
  const editing = useMailboxEditing(mailbox, preview, save)
  const access = {
    ...editing,
    opened: editing.opened.form,
    problems: problemsOfEditing(editing),
    findings: findingsOfEditing(editing),
    locked,
  }
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-32 md:pl-7 lg:pr-0 lg:pb-10">
        {children}
        <form
          onSubmit={(event) => {
            event.preventDefault()
            editing.save()
          }}
        >
          <ConflictNotice editing={editing} />
          <MailboxSections access={access} address={<OwnAddress mailbox={editing.opened} />} />
          <button type="submit" className="sr-only" tabIndex={-1}>
            {t('save')}
          </button>
        </form>
        {below}
      </div>
      <PreviewPane editing={editing} idle={t('idle')} onDiscard={editing.discard} />
    </div>
  )
}

/** The mailbox's own address is changed by a task of its own, which keeps the old one. */
function OwnAddress({ mailbox }: { readonly mailbox: Mailbox }): ReactNode {
  const t = useTranslations('mailbox')
  return (
    <FieldRow label={t('field.mail')} hint="mail">
      <p className="flex flex-wrap items-baseline gap-x-3 sm:pt-1.5">
        <span className="address">{mailbox.mail}</span>
        <Link
          href={`/mailboxes/${mailbox.id}/address` as Route}
          className="inline-block min-h-6 text-[13px] text-accent hover:underline"
        >
          {t('action.address')}
        </Link>
      </p>
      {mailbox.otherMails.map((mail) => (
        <p key={mail} className="address">
          {mail}
        </p>
      ))}
    </FieldRow>
  )
}

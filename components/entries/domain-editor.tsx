'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import { type Editing, type PreviewAction, type SaveAction, useEditing } from '@/components/preview/editing'
import { PreviewPane } from '@/components/preview/preview-pane'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Domain, DomainForm } from '@/lib/entries/domain'
import type { DomainField } from '@/lib/entries/domain-form'
import type { Problem } from '@/lib/entries/problem'
import { DomainFields } from './domain-fields'

interface Submission {
  readonly id: string
  readonly entryCsn: string
  readonly form: DomainForm
}

interface DomainEditorProps {
  readonly domain: Domain
  readonly preview: PreviewAction<Submission, DomainField, Domain>
  readonly save: SaveAction<Submission, DomainField, Domain>
  /** The heading of the page, above the form. */
  readonly children: ReactNode
}

/** The form of a domain with the pane that shows what Postfix will answer. */
export function DomainEditor({ domain, preview, save, children }: DomainEditorProps): ReactNode {
  const t = useTranslations('domain.form')
  const [opened, setOpened] = useState(domain)
  const [form, setForm] = useState(domain.form)
  const editing = useEditing({
    submission: { id: opened.id, entryCsn: opened.entryCsn, form },
    changed: JSON.stringify(form) !== JSON.stringify(opened.form),
    preview,
    save,
    onSaved: (current) => {
      if (current === null) return
      setOpened(current)
      setForm(current.form)
    },
  })
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
        <StaleNotice
          editing={editing}
          onGoOn={(current) => {
            setOpened(current)
            editing.restart()
          }}
        />
        <DomainFields
          form={form}
          problems={problemsOf(editing)}
          onChange={(next) => {
            setForm(next)
            editing.forgetOutcome()
          }}
        />
        <button type="submit" className="sr-only" tabIndex={-1}>
          {t('save')}
        </button>
      </form>
      <PreviewPane
        editing={editing}
        idle={t('idle')}
        onDiscard={() => {
          setForm(opened.form)
          editing.restart()
        }}
      />
    </div>
  )
}

interface StaleNoticeProps {
  readonly editing: Editing<DomainField, Domain>
  readonly onGoOn: (current: Domain) => void
}

/** Someone else changed the domain meanwhile; what was typed is untouched. */
function StaleNotice({ editing: { outcome, preview }, onGoOn }: StaleNoticeProps): ReactNode {
  const t = useTranslations('domain.form')
  const stale = outcome?.status === 'stale' ? outcome : preview?.status === 'stale' ? preview : null
  if (stale === null) return null
  const { current } = stale
  if (current === null)
    return (
      <div className="mb-4">
        <Notice tone="lost" role="alert" title={t('gone')}>
          <p>{t('goneHint')}</p>
        </Notice>
      </div>
    )
  return (
    <div className="mb-4">
      <Notice tone="changed" role="alert" title={t('changed')}>
        <p className="mb-2">{t('changedHint')}</p>
        <Button
          onClick={() => {
            onGoOn(current)
          }}
        >
          {t('goOn')}
        </Button>
      </Notice>
    </div>
  )
}

/** Problems to be shown beside fields: of the last save if it was refused, else of the newest preview. */
export function problemsOf({
  outcome,
  preview,
}: Editing<DomainField, Domain>): readonly Problem<DomainField>[] {
  if (outcome?.status === 'invalid') return outcome.problems
  if (outcome?.status === 'refused' && outcome.field !== null)
    return [{ field: outcome.field, index: null, message: outcome.message }]
  return preview?.status === 'previewed' ? preview.problems : []
}

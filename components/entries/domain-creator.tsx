'use client'

import Link from 'next/link'
import type { Route } from 'next'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import { type PreviewAction, type SaveAction, useEditing } from '@/components/preview/editing'
import { PreviewPane } from '@/components/preview/preview-pane'
import { FieldRow, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { type Domain, type DomainForm, EMPTY_DOMAIN_FORM } from '@/lib/entries/domain'
import type { DomainField } from '@/lib/entries/domain-form'
import type { Text } from '@/lib/words/text'
import { problemsOf } from './domain-editor'
import { DomainFields } from './domain-fields'

interface NewDomain {
  readonly name: string
  readonly postmaster: string
  readonly form: DomainForm
}

interface DomainCreatorProps {
  readonly preview: PreviewAction<NewDomain, DomainField, Domain>
  readonly save: SaveAction<NewDomain, DomainField, Domain>
  /** The heading of the page, above the form. */
  readonly children: ReactNode
}

const NOTHING: NewDomain = { name: '', postmaster: '', form: EMPTY_DOMAIN_FORM }

/** The form of a new domain with the pane that shows what Postfix will answer. */
export function DomainCreator({ preview, save, children }: DomainCreatorProps): ReactNode {
  const t = useTranslations('domain.form')
  const [typed, setTyped] = useState(NOTHING)
  const [made, setMade] = useState<string | null>(null)
  const editing = useEditing({
    submission: typed,
    changed: typed.name.trim() !== '',
    preview,
    save,
    onSaved: (current) => {
      setMade(current?.name ?? null)
      setTyped(NOTHING)
    },
  })
  const type = (part: Partial<NewDomain>): void => {
    setTyped((before) => ({ ...before, ...part }))
    setMade(null)
    editing.forgetOutcome()
  }
  const problems = problemsOf(editing)
  const problemOf = (field: DomainField) => problems.find((problem) => problem.field === field)?.message
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
        {made !== null && <Made name={made} />}
        {(['name', 'postmaster'] as const).map((field) => (
          <AddressInput
            key={field}
            field={field}
            value={typed[field]}
            problem={problemOf(field)}
            onChange={(value) => {
              type({ [field]: value })
            }}
          />
        ))}
        <DomainFields
          form={typed.form}
          problems={problems}
          onChange={(form) => {
            type({ form })
          }}
        />
        <button type="submit" className="sr-only" tabIndex={-1}>
          {t('save')}
        </button>
      </form>
      <PreviewPane
        editing={editing}
        idle={t('idleNew')}
        onDiscard={() => {
          setTyped(NOTHING)
          editing.restart()
        }}
      />
    </div>
  )
}

interface AddressInputProps {
  readonly field: 'name' | 'postmaster'
  readonly value: string
  readonly problem: Text | undefined
  readonly onChange: (value: string) => void
}

function AddressInput({ field, value, problem, onChange }: AddressInputProps): ReactNode {
  const t = useTranslations('domain.form')
  return (
    <FieldRow label={t(field)} hint={t(`${field}Hint`)} control={field}>
      <TextInput
        id={field}
        value={value}
        className="address"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={320}
        problem={problem}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
    </FieldRow>
  )
}

function Made({ name }: { readonly name: string }): ReactNode {
  const t = useTranslations('domain.form')
  return (
    <div className="mb-4">
      <Notice tone="added" title={t('made', { name })}>
        <p>
          <Link
            href={`/domains/${encodeURIComponent(name)}` as Route}
            className="inline-block min-h-6 font-medium underline"
          >
            {t('open', { name })}
          </Link>
        </p>
      </Notice>
    </div>
  )
}

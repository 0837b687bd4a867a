'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { PreviewPane } from '@/components/preview/preview-pane'
import { FieldRow, Problem, TextInput } from '@/components/ui/field'
import { EMPTY_FORM, type MailboxForm } from '@/lib/entries/mailbox'
import type { MailboxField } from '@/lib/entries/mailbox-attributes'
import type { MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import type { NewMailboxField } from '@/lib/entries/new-mailbox-fields'
import type { Text } from '@/lib/words/text'
import { findingsOfEditing, problemsOfEditing } from './form-state'
import { MailboxCreated } from './mailbox-created'
import { MailboxSections } from './mailbox-sections'
import { type NewMailboxActions, type NewMailboxEditing, useNewMailboxEditing } from './new-mailbox-editing'
import { PasswordChoice } from './password-choice'

interface NewMailboxEditorProps {
  /** Hosted domains that the person may give addresses in; empty when there are too many to offer. */
  readonly domains: readonly string[]
  readonly domain: string
  readonly defaults: MailboxDefaults
  /** What the form starts with: a model's, or empty. */
  readonly form: MailboxForm
  readonly locked: readonly MailboxField[]
  readonly actions: NewMailboxActions
  readonly children: ReactNode
}

/** The form of a new mailbox with the pane that shows what Postfix will answer. */
export function NewMailboxEditor(props: NewMailboxEditorProps): ReactNode {
  const { domains, domain, defaults, form, locked, actions, children } = props
  const t = useTranslations('mailbox')
  const editing = useNewMailboxEditing({ domain, defaults, form }, actions)
  const problems = problemsOfEditing(editing)
  const problemOf = (field: NewMailboxField): Text | undefined =>
    problems.find((problem) => problem.field === field)?.message
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-32 md:pl-7 lg:pr-0 lg:pb-10">
        {children}
        {editing.created !== null ? (
          <MailboxCreated created={editing.created} />
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              editing.save()
            }}
          >
            <MailboxSections
              access={{
                ...editing,
                opened: EMPTY_FORM,
                problems,
                findings: findingsOfEditing(editing),
                locked,
              }}
              password={<NewPassword key="password" editing={editing} problem={problemOf('password')} />}
              address={<NewAddress editing={editing} domains={domains} problemOf={problemOf} />}
            />
            <button type="submit" className="sr-only" tabIndex={-1}>
              {t('save')}
            </button>
          </form>
        )}
      </div>
      <PreviewPane editing={paneState(editing)} idle={t('idleNew')} onDiscard={editing.discard} />
    </div>
  )
}

/** Once it is created there is nothing more to save, and the pane shows the proof. */
function paneState(editing: NewMailboxEditing): NewMailboxEditing {
  return editing.created === null ? editing : { ...editing, changed: false }
}

function NewPassword({
  editing,
  problem,
}: {
  readonly editing: NewMailboxEditing
  readonly problem: Text | undefined
}): ReactNode {
  const t = useTranslations('mailbox')
  return (
    <FieldRow label={t('field.password')} hint="userPassword">
      <PasswordChoice
        kinds={['generated', 'typed', 'none']}
        chosen={editing.password}
        problem={problem}
        onChange={editing.setPassword}
      />
    </FieldRow>
  )
}

interface NewAddressProps {
  readonly editing: NewMailboxEditing
  readonly domains: readonly string[]
  readonly problemOf: (field: NewMailboxField) => Text | undefined
}

function NewAddress({ editing, domains, problemOf }: NewAddressProps): ReactNode {
  const t = useTranslations('mailbox')
  const problem = editing.localpart.trim() === '' ? undefined : problemOf('mail')
  return (
    <>
      <FieldRow label={t('field.mail')} hint="mail" control="localpart">
        <div className="flex items-center gap-1.5">
          <input
            id="localpart"
            value={editing.localpart}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={256}
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : 'localpart-problem'}
            className={`address min-h-9 w-full min-w-0 flex-1 rounded-lg border bg-panel px-2.5 py-1.5 ${problem === undefined ? 'border-edge' : 'border-lost'}`}
            onChange={(event) => {
              editing.setLocalpart(event.target.value)
            }}
          />
          <span aria-hidden className="address">
            @
          </span>
          <DomainControl editing={editing} domains={domains} />
        </div>
        {problem !== undefined && <Problem id="localpart-problem" message={problem} />}
      </FieldRow>
      <FieldRow label={t('field.uid')} hint="uid" control="uid">
        <TextInput
          id="uid"
          value={editing.uid}
          className="address"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={256}
          problem={editing.localpart.trim() === '' ? undefined : problemOf('uid')}
          onChange={(event) => {
            editing.setUid(event.target.value)
          }}
        />
      </FieldRow>
    </>
  )
}

function DomainControl({
  editing,
  domains,
}: {
  readonly editing: NewMailboxEditing
  readonly domains: readonly string[]
}): ReactNode {
  const t = useTranslations('mailbox')
  const look = 'address min-h-9 max-w-[60%] rounded-lg border border-edge bg-panel px-2 py-1.5'
  if (domains.length === 0)
    return (
      <input
        aria-label={t('field.domain')}
        defaultValue={editing.domain}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={253}
        className={look}
        onBlur={(event) => {
          const domain = event.target.value.trim().toLowerCase()
          if (domain !== editing.domain) editing.setDomain(domain)
        }}
      />
    )
  return (
    <select
      aria-label={t('field.domain')}
      value={editing.domain}
      className={look}
      onChange={(event) => {
        editing.setDomain(event.target.value)
      }}
    >
      {domains.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

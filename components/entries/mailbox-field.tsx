'use client'

import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { FieldRow, Problem as FieldMessage, TextInput } from '@/components/ui/field'
import type { Finding } from '@/lib/changes/preview-result'
import type { MailboxForm } from '@/lib/entries/mailbox'
import {
  attributeOf,
  isListField,
  type ListField,
  type MailboxField,
  type TextField,
} from '@/lib/entries/mailbox-attributes'
import { parseQuota } from '@/lib/entries/quota'
import type { Problem } from '@/lib/entries/problem'
import type { Text } from '@/lib/words/text'
import type { Drafts } from './mailbox-editing'
import { ValueList } from './value-list'

/** What the fields of a mailbox form show and do; the form of a new mailbox gives the same. */
export interface FieldAccess {
  readonly form: MailboxForm
  /** What the entry has. */
  readonly opened: MailboxForm
  readonly drafts: Drafts
  readonly problems: readonly Problem[]
  readonly findings: readonly Finding[]
  /** Fields that the person may not change. */
  readonly locked: readonly MailboxField[]
  readonly setForm: (form: MailboxForm) => void
  readonly setDrafts: (drafts: Drafts) => void
}

interface MailboxFieldProps {
  readonly access: FieldAccess
  readonly field: MailboxField
}

/** One attribute of a mailbox with its label: a text, a choice or a list; read only for who may not change it. */
export function MailboxFieldRow({ access, field }: MailboxFieldProps): ReactNode {
  const t = useTranslations('mailbox')
  const label = t(`field.${field}`)
  const hint = field === 'aliases' ? t('hint.aliases') : attributeOf(field)
  if (access.locked.includes(field))
    return (
      <FieldRow label={label} hint={hint}>
        <LockedValue access={access} field={field} />
      </FieldRow>
    )
  return (
    <FieldRow label={label} hint={hint} control={isListField(field) ? draftId(field) : field}>
      {isListField(field) ? (
        <ListControl access={access} field={field} label={label} />
      ) : (
        <TextControl access={access} field={field} />
      )}
    </FieldRow>
  )
}

function draftId(field: ListField): string {
  return `${field}-draft`
}

function LockedValue({ access, field }: MailboxFieldProps): ReactNode {
  const t = useTranslations('mailbox')
  const value = access.form[field]
  const values = (typeof value === 'string' ? [value] : value).filter((text) => text !== '')
  return (
    <div className="sm:pt-2">
      {values.length === 0 ? (
        <p className="text-soft">{t('notSet')}</p>
      ) : (
        values.map((text) => (
          <p key={text} className="address whitespace-pre-wrap">
            {text}
          </p>
        ))
      )}
      <p className="flex items-center gap-1 pt-0.5 text-xs text-soft">
        <Lock aria-hidden className="size-3" />
        {t('postmastersOnly')}
      </p>
    </div>
  )
}

const ADDRESS_LISTS: readonly ListField[] = ['aliases', 'mailForwardingAddress', 'mailGroupMember']

function ListControl({
  access,
  field,
  label,
}: {
  readonly access: FieldAccess
  readonly field: ListField
  readonly label: string
}): ReactNode {
  const t = useTranslations('mailbox')
  const { form, opened, drafts, problems, findings, setForm, setDrafts } = access
  const isAddress = ADDRESS_LISTS.includes(field)
  return (
    <ValueList
      id={draftId(field)}
      label={label}
      placeholder={t(isAddress ? 'list.addAddress' : 'list.add')}
      kind={isAddress ? 'addresses' : 'texts'}
      opened={opened[field]}
      values={form[field]}
      draft={drafts[field] ?? ''}
      problems={problems.filter((problem) => problem.field === field)}
      findings={field === 'aliases' ? findings : []}
      onValues={(values) => {
        setForm({ ...form, [field]: values })
      }}
      onDraft={(draft) => {
        setDrafts({ ...drafts, [field]: draft })
      }}
      onAdd={(values) => {
        setForm({ ...form, [field]: [...form[field], ...values] })
        setDrafts({ ...drafts, [field]: '' })
      }}
    />
  )
}

interface TextControlProps {
  readonly access: FieldAccess
  readonly field: TextField
}

const PATHS: readonly TextField[] = [
  'mailHomeDirectory',
  'mailStorageDirectory',
  'mailUidNumber',
  'mailGidNumber',
]

function TextControl({ access, field }: TextControlProps): ReactNode {
  const { form, setForm } = access
  const problem = access.problems.find((other) => other.field === field)?.message
  const set = (value: string): void => {
    setForm({ ...form, [field]: value })
  }
  if (field === 'mailEnabled') return <EnabledControl access={access} onChange={set} />
  if (field === 'postalAddress' || field === 'mailSieveRuleSource')
    return <Lines field={field} value={form[field]} problem={problem} onChange={set} />
  return (
    <>
      <TextInput
        id={field}
        value={form[field]}
        autoComplete="off"
        maxLength={256}
        problem={problem}
        className={PATHS.includes(field) ? 'address' : ''}
        onChange={(event) => {
          set(event.target.value)
        }}
      />
      {field === 'mailQuota' && problem === undefined && <QuotaHint text={form.mailQuota} />}
    </>
  )
}

function QuotaHint({ text }: { readonly text: string }): ReactNode {
  const t = useTranslations('mailbox')
  const kilobytes = text === '' ? null : parseQuota(text)
  return (
    <p className="pt-1 text-xs text-soft">
      {kilobytes === null ? t('hint.quota') : t('hint.quotaStored', { value: kilobytes })}
    </p>
  )
}

/** An absent mailEnabled counts as enabled; it stays absent unless someone disables the mailbox. */
function EnabledControl({
  access: { form, opened },
  onChange,
}: {
  readonly access: FieldAccess
  readonly onChange: (value: string) => void
}): ReactNode {
  const t = useTranslations('mailbox')
  const isEnabled = form.mailEnabled !== 'FALSE'
  return (
    <span className="flex min-h-9 items-center gap-2">
      <input
        id="mailEnabled"
        type="checkbox"
        className="size-4 accent-accent"
        checked={isEnabled}
        onChange={(event) => {
          const on = opened.mailEnabled === 'FALSE' ? 'TRUE' : opened.mailEnabled
          onChange(event.target.checked ? on : 'FALSE')
        }}
      />
      <span className={isEnabled ? 'text-added' : 'text-changed'}>
        {isEnabled ? `✓ ${t('enabled')}` : `○ ${t('disabled')}`}
      </span>
    </span>
  )
}

interface LinesProps {
  readonly field: 'postalAddress' | 'mailSieveRuleSource'
  readonly value: string
  readonly problem: Text | undefined
  readonly onChange: (value: string) => void
}

function Lines({ field, value, problem, onChange }: LinesProps): ReactNode {
  return (
    <>
      <textarea
        id={field}
        value={value}
        rows={Math.min(12, Math.max(2, value.split('\n').length + 1))}
        maxLength={8192}
        spellCheck={field === 'postalAddress'}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${field}-problem`}
        className={`w-full rounded-lg border bg-panel px-2.5 py-1.5 ${problem === undefined ? 'border-edge' : 'border-lost'} ${field === 'postalAddress' ? '' : 'address'}`}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
      {problem !== undefined && <FieldMessage id={`${field}-problem`} message={problem} />}
    </>
  )
}

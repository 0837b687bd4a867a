'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { FieldRow, Problem, TextInput } from '@/components/ui/field'
import { type DomainForm, RECORD_ATTRIBUTES, type RecordAttribute } from '@/lib/entries/domain'
import type { DomainField } from '@/lib/entries/domain-form'
import type { Problem as FieldProblem } from '@/lib/entries/problem'

interface DomainFieldsProps {
  readonly form: DomainForm
  readonly problems: readonly FieldProblem<DomainField>[]
  readonly onChange: (form: DomainForm) => void
}

/** Description and DNS records; one record to a line. */
export function DomainFields({ form, problems, onChange }: DomainFieldsProps): ReactNode {
  const t = useTranslations('domain.form')
  const hasRecords = RECORD_ATTRIBUTES.some((attribute) => form.records[attribute].length > 0)
  return (
    <>
      <FieldRow label={t('description')} hint="description" control="description">
        <TextInput
          id="description"
          value={form.description}
          autoComplete="off"
          maxLength={1024}
          problem={problems.find(({ field }) => field === 'description')?.message}
          onChange={(event) => {
            onChange({ ...form, description: event.target.value })
          }}
        />
      </FieldRow>
      <details open={hasRecords} className="mt-6">
        <summary className="caption mb-2.5 min-h-6">{t('records')}</summary>
        <p className="mb-3 text-[13px] text-soft">{t('recordsAbout')}</p>
        {RECORD_ATTRIBUTES.map((attribute) => (
          <Records
            key={attribute}
            attribute={attribute}
            values={form.records[attribute]}
            problems={problems.filter(({ field }) => field === attribute)}
            onChange={(values) => {
              onChange({ ...form, records: { ...form.records, [attribute]: values } })
            }}
          />
        ))}
      </details>
    </>
  )
}

interface RecordsProps {
  readonly attribute: RecordAttribute
  readonly values: readonly string[]
  readonly problems: readonly FieldProblem<DomainField>[]
  readonly onChange: (values: readonly string[]) => void
}

function Records({ attribute, values, problems, onChange }: RecordsProps): ReactNode {
  const t = useTranslations('domain.form')
  const faulty = problems.length > 0
  const problemsId = `${attribute}-problems`
  return (
    <FieldRow
      label={t(attribute)}
      hint={attribute === 'mDRecord' ? t('mDRecordHint') : attribute}
      control={attribute}
    >
      <textarea
        id={attribute}
        value={values.join('\n')}
        rows={Math.max(1, Math.min(values.length, 8))}
        spellCheck={false}
        autoCapitalize="none"
        aria-invalid={faulty}
        aria-describedby={faulty ? problemsId : undefined}
        className={`address block field-sizing-content min-h-9 w-full resize-y rounded-lg border bg-panel px-2.5 py-1.5 ${faulty ? 'border-lost' : 'border-edge'}`}
        onChange={(event) => {
          const { value } = event.target
          onChange(value === '' ? [] : value.split('\n'))
        }}
      />
      <div id={problemsId} aria-live="polite">
        {problems.map(({ index, message }) => (
          <Problem key={index} id={`${attribute}-problem-${index ?? 0}`} message={message} />
        ))}
      </div>
    </FieldRow>
  )
}

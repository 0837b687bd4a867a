import Form from 'next/form'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { DomainPage, type OpenedPage } from '@/app/(panel)/domains/domain-page'
import { textInUrl } from '@/app/(panel)/domains/query'
import { TaskPreview } from '@/app/(panel)/domains/task-preview'
import { makeAliasDomain } from '@/app/(panel)/domains/[name]/actions'
import { DomainCounts } from '@/components/entries/domain-counts'
import { DomainTaskFrame } from '@/components/entries/domain-task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { Button } from '@/components/ui/button'
import { FieldRow, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { type AliasDomainEdit, planAliasDomainEdit } from '@/lib/changes/domain-alias-edit'
import { addressesIn } from '@/lib/changes/domain-task'
import { countAddresses } from '@/lib/entries/domain-addresses'
import { tidyDomainName } from '@/lib/entries/domain-name'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'

const choices = z.object({ to: textInUrl })

/** LDAP round trips: those of every page of a domain, of reading two domains whole, and of a preview. */
export default function AliasDomainPage({
  params,
  searchParams,
}: PageProps<'/domains/[name]/alias-domain'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="aliasDomain"
      body={async (opened) => aliasBody(opened, choices.parse(await searchParams).to)}
    />
  )
}

async function aliasBody({ authority, domain, head }: OpenedPage, to: string): Promise<ReactNode> {
  const { name } = domain
  const [t, task, read] = await Promise.all([
    getTranslations('domain.aliasDomain'),
    getTranslations('domain.task'),
    readEntriesOfDomain(authority, name),
  ])
  if (read.status === 'failed') return <Unanswered failure={read} />
  const planned = to === '' ? null : await planAliasDomainEdit(authority, { name, to })
  const problem = planned?.edit.status === 'planned' ? planned.edit.problems[0]?.message : undefined
  const counts = countAddresses(read.entries, name)
  const other = tidyDomainName(to)
  return (
    <DomainTaskFrame
      idle={t('idle')}
      addresses={addressesIn(counts)}
      choice={to}
      pane={
        planned === null || problem !== undefined ? null : (
          <TaskPreview
            authority={authority}
            edit={planned.edit}
            task={{ task: 'aliasDomain', name, to }}
            submission={{ name, to }}
            number={null}
            label={t('do')}
            act={makeAliasDomain}
            after={{
              path: `/domains/${encodeURIComponent(other)}`,
              label: task('openDomain', { name: other }),
            }}
          />
        )
      }
    >
      {head}
      <p className="mb-4 max-w-prose">{t('about', { name })}</p>
      <DomainCounts counts={counts} />
      <Form action={`/domains/${encodeURIComponent(name)}/alias-domain` as Route} className="mt-5">
        <FieldRow
          label={t('to')}
          hint={authority.role === 'postmaster' ? t('toHint') : t('toHintOwn')}
          control="to"
        >
          <TextInput
            id="to"
            name="to"
            key={to}
            defaultValue={to}
            required
            className="address"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={253}
            problem={problem}
          />
        </FieldRow>
        <Button type="submit">{task('show')}</Button>
      </Form>
      {planned !== null && problem === undefined && <Planned name={other} planned={planned} />}
    </DomainTaskFrame>
  )
}

async function Planned({
  name,
  planned,
}: {
  readonly name: string
  readonly planned: AliasDomainEdit
}): Promise<ReactNode> {
  const t = await getTranslations('domain.aliasDomain')
  const { added, taken, isNew } = planned
  return (
    <div className="mt-5 space-y-3">
      <p>{t('added', { count: added, name })}</p>
      {isNew && <p>{t('isNew', { name })}</p>}
      {taken.length > 0 && (
        <Notice tone="changed" title={`! ${t('taken', { count: taken.length, name })}`}>
          <p className="address">{taken.slice(0, 20).join(', ')}</p>
        </Notice>
      )}
    </div>
  )
}

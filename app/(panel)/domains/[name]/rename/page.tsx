import Form from 'next/form'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { DomainPage, type OpenedPage } from '@/app/(panel)/domains/domain-page'
import { textInUrl } from '@/app/(panel)/domains/query'
import { TaskPreview } from '@/app/(panel)/domains/task-preview'
import { renameDomain } from '@/app/(panel)/domains/[name]/actions'
import { DomainCounts } from '@/components/entries/domain-counts'
import { DomainTaskFrame } from '@/components/entries/domain-task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { Button } from '@/components/ui/button'
import { FieldRow, TextInput } from '@/components/ui/field'
import { getTranslations } from '@/components/words/server'
import { lostByRename, planDomainRename } from '@/lib/changes/domain-rename-edit'
import { addressesIn, numberToType } from '@/lib/changes/domain-task'
import { countAddresses } from '@/lib/entries/domain-addresses'
import { tidyDomainName } from '@/lib/entries/domain-name'
import { KEPT_ADDRESSES, type KeptAddresses } from '@/lib/entries/domain-rename'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'

const choices = z.object({ to: textInUrl, keep: z.enum(KEPT_ADDRESSES).catch('all') })

/** LDAP round trips: those of every page of a domain, of reading the domain whole, and of a preview. */
export default function RenamePage({ params, searchParams }: PageProps<'/domains/[name]/rename'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="rename"
      forPostmasters
      body={async (opened) => renameBody(opened, choices.parse(await searchParams))}
    />
  )
}

async function renameBody(
  { authority, domain, head }: OpenedPage,
  { to, keep }: z.infer<typeof choices>,
): Promise<ReactNode> {
  const { name } = domain
  const [t, task, read] = await Promise.all([
    getTranslations('domain.rename'),
    getTranslations('domain.task'),
    readEntriesOfDomain(authority, name),
  ])
  if (read.status === 'failed') return <Unanswered failure={read} />
  const submission = { name, to, keep, typed: '' }
  const edit = to === '' ? null : await planDomainRename(authority, submission)
  const problem =
    edit?.status === 'planned' ? edit.problems.find(({ field }) => field === 'to')?.message : undefined
  const counts = countAddresses(read.entries, name)
  const renamed = tidyDomainName(to)
  return (
    <DomainTaskFrame
      idle={t('idle')}
      addresses={addressesIn(counts)}
      choice={`${keep} ${to}`}
      pane={
        edit === null || problem !== undefined ? null : (
          <TaskPreview
            authority={authority}
            edit={edit}
            task={{ task: 'rename', ...submission }}
            submission={submission}
            number={numberToType(lostByRename(counts, keep))}
            label={t('do', { name })}
            act={renameDomain}
            after={{
              path: `/domains/${encodeURIComponent(renamed)}`,
              label: task('openDomain', { name: renamed }),
            }}
          />
        )
      }
    >
      {head}
      <p className="mb-4 max-w-prose">{t('about')}</p>
      <DomainCounts counts={counts} />
      <Form action={`/domains/${encodeURIComponent(name)}/rename` as Route} className="mt-5">
        <FieldRow label={t('to')} control="to">
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
        <Keep name={name} keep={keep} t={t} />
        <Button type="submit">{task('show')}</Button>
      </Form>
    </DomainTaskFrame>
  )
}

interface KeepProps {
  readonly name: string
  readonly keep: KeptAddresses
  readonly t: Awaited<ReturnType<typeof getTranslations<'domain.rename'>>>
}

const OFFERED: readonly KeptAddresses[] = ['all', 'mailboxes', 'none']

function Keep({ name, keep, t }: KeepProps): ReactNode {
  return (
    <fieldset className="mb-4">
      <legend className="mb-2 text-soft">{t('keep')}</legend>
      {OFFERED.map((choice) => (
        <label key={choice} className="mb-2 flex min-h-8 items-start gap-2.5">
          <input
            type="radio"
            name="keep"
            value={choice}
            defaultChecked={choice === keep}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            {t(choice)}
            <span className="block text-[13px] text-soft">{t(`${choice}Hint`, { name })}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

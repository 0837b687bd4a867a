import Form from 'next/form'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { DomainPage, type OpenedPage } from '@/app/(panel)/domains/domain-page'
import { TaskPreview } from '@/app/(panel)/domains/task-preview'
import { deleteDomain } from '@/app/(panel)/domains/[name]/actions'
import { DomainCounts } from '@/components/entries/domain-counts'
import { DomainTaskFrame } from '@/components/entries/domain-task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { planDomainRemoval } from '@/lib/changes/domain-removal-edit'
import { addressesIn, numberToType } from '@/lib/changes/domain-task'
import { type AddressCounts, countAddresses } from '@/lib/entries/domain-addresses'
import { mailboxesOnlyIn, removalTouches } from '@/lib/entries/domain-removal'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'

const choices = z.object({ everything: z.enum(['yes', 'no']).catch('no') })

/** LDAP round trips: those of every page of a domain, of reading the domain whole, and of a preview. */
export default function DeletePage({ params, searchParams }: PageProps<'/domains/[name]/delete'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="delete"
      forPostmasters
      body={async (opened) => deleteBody(opened, choices.parse(await searchParams).everything === 'yes')}
    />
  )
}

async function deleteBody(
  { authority, domain, head }: OpenedPage,
  wantsEverything: boolean,
): Promise<ReactNode> {
  const { name } = domain
  const [t, task, read] = await Promise.all([
    getTranslations('domain.delete'),
    getTranslations('domain.task'),
    readEntriesOfDomain(authority, name),
  ])
  if (read.status === 'failed') return <Unanswered failure={read} />
  const counts = countAddresses(read.entries, name)
  const touched = removalTouches(read.entries, name)
  const isEmpty = touched.length === 0
  const submission = { name, everything: wantsEverything && !isEmpty, typed: '' }
  const edit = isEmpty || wantsEverything ? await planDomainRemoval(authority, submission) : null
  return (
    <DomainTaskFrame
      idle={t('idle')}
      addresses={addressesIn(counts)}
      choice={String(wantsEverything)}
      pane={
        edit === null ? null : (
          <TaskPreview
            authority={authority}
            edit={edit}
            task={{ task: 'delete', ...submission }}
            submission={submission}
            number={numberToType(addressesIn(counts))}
            label={isEmpty ? t('do', { name }) : t('doEverything', { name })}
            act={deleteDomain}
            after={{ path: '/domains', label: task('backToList') }}
          />
        )
      }
    >
      {head}
      <p className="mb-4 max-w-prose">{t('about', { name })}</p>
      {isEmpty ? (
        <p>{t('empty')}</p>
      ) : (
        <Everything
          name={name}
          isChosen={wantsEverything}
          counts={counts}
          deleted={mailboxesOnlyIn(read.entries, name).length}
          touched={touched.length}
        />
      )}
    </DomainTaskFrame>
  )
}

interface EverythingProps {
  readonly name: string
  readonly isChosen: boolean
  readonly counts: AddressCounts
  readonly deleted: number
  readonly touched: number
}

async function Everything({ name, isChosen, counts, deleted, touched }: EverythingProps): Promise<ReactNode> {
  const [t, task] = await Promise.all([getTranslations('domain.delete'), getTranslations('domain.task')])
  return (
    <>
      <Notice tone="changed" title={`! ${t('notEmpty')}`}>
        <DomainCounts counts={counts} />
        {!isChosen && <p className="mt-1">{t('refused')}</p>}
      </Notice>
      <Form action={`/domains/${encodeURIComponent(name)}/delete` as Route} className="mt-4">
        <label className="mb-3 flex min-h-8 items-start gap-2.5">
          <input
            type="checkbox"
            name="everything"
            value="yes"
            required
            key={String(isChosen)}
            defaultChecked={isChosen}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            {t('everything')}
            <span className="block text-[13px] text-soft">{t('everythingHint')}</span>
          </span>
        </label>
        {isChosen ? (
          <p>{t('gone', { mailboxes: deleted, others: touched - deleted })}</p>
        ) : (
          <Button type="submit">{task('show')}</Button>
        )}
      </Form>
    </>
  )
}

import Form from 'next/form'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { DomainPage, type OpenedPage } from '@/app/(panel)/domains/domain-page'
import { idInUrl, textInUrl } from '@/app/(panel)/domains/query'
import { PeopleFound } from '@/app/(panel)/domains/people-found'
import { TaskPreview } from '@/app/(panel)/domains/task-preview'
import { setCatchAll } from '@/app/(panel)/domains/[name]/actions'
import { PersonList, PersonName, PersonSearch } from '@/components/entries/domain-people'
import { DomainTaskFrame } from '@/components/entries/domain-task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { Button, buttonClass } from '@/components/ui/button'
import { getTranslations } from '@/components/words/server'
import { planCatchAllEdit } from '@/lib/changes/domain-alias-edit'
import { addressesIn } from '@/lib/changes/domain-task'
import type { Candidate } from '@/lib/entries/candidate'
import { countAddresses } from '@/lib/entries/domain-addresses'
import { catchAllHolders } from '@/lib/entries/domain-aliases'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'
import { candidateOf, readCandidate } from '@/lib/lists/domain-people'

const choices = z.object({
  q: textInUrl,
  to: idInUrl,
  off: z.literal('yes').nullable().catch(null),
  protect: z.enum(['yes', 'no']).catch('yes'),
})

/** LDAP round trips: those of every page of a domain, of reading the domain whole, and of a preview. */
export default function CatchAllPage({
  params,
  searchParams,
}: PageProps<'/domains/[name]/catch-all'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="catchAll"
      body={async (opened) => catchAllBody(opened, choices.parse(await searchParams))}
    />
  )
}

async function catchAllBody(
  { authority, domain, head }: OpenedPage,
  { q, to, off, protect }: z.infer<typeof choices>,
): Promise<ReactNode> {
  const { name } = domain
  const path = `/domains/${encodeURIComponent(name)}/catch-all`
  const [t, task, read, chosen] = await Promise.all([
    getTranslations('domain.catchAll'),
    getTranslations('domain.task'),
    readEntriesOfDomain(authority, name),
    to === null ? null : readCandidate(authority, to),
  ])
  if (read.status === 'failed') return <Unanswered failure={read} />
  if (chosen !== null && 'status' in chosen) return <Unanswered failure={chosen} />
  const submission = { name, mailbox: off === null ? to : null, protect: protect === 'yes' }
  const isChosen = off !== null || chosen !== null
  const holders = catchAllHolders(read.entries, name).map(candidateOf)
  return (
    <DomainTaskFrame
      idle={t('idle')}
      addresses={addressesIn(countAddresses(read.entries, name))}
      choice={JSON.stringify(submission)}
      pane={
        isChosen ? (
          <TaskPreview
            authority={authority}
            edit={await planCatchAllEdit(authority, submission)}
            task={{ task: 'catchAll', ...submission }}
            submission={submission}
            number={null}
            label={off === null ? t('doOn') : t('doOff')}
            act={setCatchAll}
            after={{ path: `/domains/${encodeURIComponent(name)}`, label: task('openDomain', { name }) }}
          />
        ) : null
      }
    >
      {head}
      <p className="mb-4 max-w-prose">{t('about', { name })}</p>
      <Holders name={name} path={path} holders={holders} />
      {chosen !== null && off === null && <Chosen path={path} chosen={chosen} protect={protect} />}
      <h2 className="caption mt-6 mb-2.5">{holders.length === 0 ? t('choose') : t('chooseOther')}</h2>
      <PersonSearch path={path} text={q} />
      {q !== '' && (
        <PeopleFound
          authority={authority}
          text={q}
          action={t('pick')}
          hrefOf={({ id }) => `${path}?${new URLSearchParams({ q, to: id, protect }).toString()}`}
        />
      )}
    </DomainTaskFrame>
  )
}

interface HoldersProps {
  readonly name: string
  readonly path: string
  readonly holders: readonly Candidate[]
}

async function Holders({ name, path, holders }: HoldersProps): Promise<ReactNode> {
  const t = await getTranslations('domain.catchAll')
  if (holders.length === 0) return <p>{t('off')}</p>
  return (
    <>
      <p className="mb-2">{t('on', { name })}</p>
      <PersonList label={t('on', { name })} rows={holders.map((person) => ({ person, action: null }))} />
      <Link href={`${path}?off=yes` as Route} scroll={false} className={`${buttonClass('plain')} mt-3`}>
        {t('turnOff')}
      </Link>
    </>
  )
}

interface ChosenProps {
  readonly path: string
  readonly chosen: Candidate
  readonly protect: 'yes' | 'no'
}

async function Chosen({ path, chosen, protect }: ChosenProps): Promise<ReactNode> {
  const [t, task] = await Promise.all([getTranslations('domain.catchAll'), getTranslations('domain.task')])
  const offered = [
    { value: 'yes', label: t('protect'), hint: t('protectHint') },
    { value: 'no', label: t('divert'), hint: t('divertHint') },
  ]
  return (
    <Form action={path as Route} className="mt-5 rounded-lg border border-line p-3">
      <input type="hidden" name="to" value={chosen.id} />
      <p className="mb-1 text-soft">{t('chosen')}</p>
      <PersonName person={chosen} />
      <fieldset className="mt-3">
        <legend className="sr-only">{t('protect')}</legend>
        {offered.map(({ value, label, hint }) => (
          <label key={value} className="mb-2 flex min-h-8 items-start gap-2.5">
            <input
              type="radio"
              name="protect"
              value={value}
              defaultChecked={value === protect}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span>
              {label}
              <span className="block text-[13px] text-soft">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit">{task('show')}</Button>
    </Form>
  )
}

import type { ReactNode } from 'react'
import { z } from 'zod'
import { DomainPage, type OpenedPage } from '@/app/(panel)/domains/domain-page'
import { PeopleFound } from '@/app/(panel)/domains/people-found'
import { idInUrl, textInUrl } from '@/app/(panel)/domains/query'
import { TaskPreview } from '@/app/(panel)/domains/task-preview'
import { setAdministrator } from '@/app/(panel)/domains/[name]/actions'
import { PersonList, PersonSearch } from '@/components/entries/domain-people'
import { DomainTaskFrame } from '@/components/entries/domain-task-frame'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import { administratorSettings } from '@/lib/lists/domains'
import { planAdministratorEdit } from '@/lib/changes/domain-administrators-edit'
import type { Candidate } from '@/lib/entries/candidate'
import { readCandidate, readCandidates } from '@/lib/lists/domain-people'

const choices = z.object({
  q: textInUrl,
  add: idInUrl,
  remove: z.string().min(1).max(1000).nullable().catch(null),
})

/** LDAP round trips: those of every page of a domain, one for each administrator, one to search, and of a preview. */
export default function AdministratorsPage({
  params,
  searchParams,
}: PageProps<'/domains/[name]/administrators'>): ReactNode {
  return (
    <DomainPage
      params={params}
      place="administrators"
      forPostmasters
      body={async (opened) => administratorsBody(opened, choices.parse(await searchParams))}
    />
  )
}

async function administratorsBody(
  { authority, domain, head }: OpenedPage,
  { q, add, remove }: z.infer<typeof choices>,
): Promise<ReactNode> {
  const { name } = domain
  const path = `/domains/${encodeURIComponent(name)}/administrators`
  const [t, task, standing, added] = await Promise.all([
    getTranslations('domain.administrators'),
    getTranslations('domain.task'),
    readCandidates(authority, domain.administrators),
    add === null ? null : readCandidate(authority, add),
  ])
  if ('status' in standing) return <Unanswered failure={standing} />
  if (added !== null && 'status' in added) return <Unanswered failure={added} />
  const submission = { name, add: remove === null ? add : null, remove }
  const removed = standing.find(({ dn }) => dn === remove)
  const label =
    remove === null
      ? t('doAdd', { name: labelOf(added, '') })
      : t('doRemove', { name: labelOf(removed ?? null, remove) })
  return (
    <DomainTaskFrame
      idle={t('idle')}
      addresses={1}
      choice={JSON.stringify(submission)}
      pane={
        add === null && remove === null ? null : (
          <TaskPreview
            authority={authority}
            edit={await planAdministratorEdit(authority, submission)}
            task={null}
            submission={submission}
            number={null}
            label={label}
            act={setAdministrator}
            after={{ path, label: task('openDomain', { name }) }}
          />
        )
      }
    >
      {head}
      <p className="mb-1 max-w-prose">{t('about', { name })}</p>
      <Standing name={name} path={path} standing={standing} />
      <h2 className="caption mt-6 mb-2.5">{t('add')}</h2>
      <PersonSearch path={path} text={q} />
      {q !== '' && (
        <PeopleFound
          authority={authority}
          text={q}
          action={t('add')}
          hrefOf={({ id }) => `${path}?${new URLSearchParams({ q, add: id }).toString()}`}
          notes={new Map(standing.map(({ dn }) => [dn.toLowerCase(), t('already')]))}
        />
      )}
    </DomainTaskFrame>
  )
}

interface StandingProps {
  readonly name: string
  readonly path: string
  readonly standing: readonly Candidate[]
}

async function Standing({ name, path, standing }: StandingProps): Promise<ReactNode> {
  const t = await getTranslations('domain.administrators')
  const { attribute, group } = administratorSettings(name)
  const rows = standing.map((person) => ({
    person,
    action: {
      href: `${path}?${new URLSearchParams({ remove: person.dn }).toString()}`,
      label: t('remove'),
      name: t('removeOf', { name: labelOf(person, person.dn) }),
    },
  }))
  return (
    <>
      <p className="mb-4 text-[13px] text-soft">{t('attribute', { attribute })}</p>
      {standing.length === 0 ? <p>{t('none')}</p> : <PersonList label={t('list')} rows={rows} />}
      {group !== '' && <p className="mt-3 text-[13px] text-soft wrap-anywhere">{t('group', { group })}</p>}
    </>
  )
}

function labelOf(person: Candidate | null, otherwise: string): string {
  return person === null || person.name === '' ? otherwise : person.name
}

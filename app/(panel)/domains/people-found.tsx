import type { ReactNode } from 'react'
import { PersonList } from '@/components/entries/domain-people'
import { Unanswered } from '@/components/shell/unanswered'
import { getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import type { Candidate } from '@/lib/entries/candidate'
import { findCandidates } from '@/lib/lists/domain-people'

interface PeopleFoundProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
  readonly text: string
  /** What can be done with each. */
  readonly action: string
  readonly hrefOf: (person: Candidate) => string
  /** What is said instead for these people; by DN. */
  readonly notes?: ReadonlyMap<string, string>
}

/** The people whom a search finds, each to be chosen. LDAP round trips: one. */
export async function PeopleFound(props: PeopleFoundProps): Promise<ReactNode> {
  const { authority, text, action, hrefOf, notes = new Map<string, string>() } = props
  const [found, t] = await Promise.all([
    findCandidates(authority, text),
    getTranslations('domain.administrators'),
  ])
  if (found.status === 'failed') return <Unanswered failure={found} />
  if (found.candidates.length === 0) return <p className="text-soft wrap-anywhere">{t('nobody', { text })}</p>
  return (
    <>
      <PersonList
        label={t('found')}
        rows={found.candidates.map((person) => {
          const note = notes.get(person.dn.toLowerCase())
          return note === undefined
            ? {
                person,
                action: { href: hrefOf(person), label: action, name: `${action}: ${person.name}` },
              }
            : { person, action: null, note }
        })}
      />
      {found.more && <p className="mt-2 text-[13px] text-soft">{t('more')}</p>}
    </>
  )
}

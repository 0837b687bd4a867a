/**
 * directory-facts - what the checks over the whole directory are judged from, looked at once and kept.
 *
 * The survey of all mailboxes (lib/lists/survey), the domain entries with their administrators, and the members of
 * POSTMASTER_GROUP, each with what became of the entry that is named. Kept as the survey is; `renewFacts` looks
 * again whatever is kept. LDAP round trips when nothing is kept: those of the survey, two more, and one for each
 * different person, those of a hundred domains side by side.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { readEntry, search } from '@/lib/directory/service'
import { directoryEnvironment, panelEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { parseDn } from '@/lib/ldap/dn'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { PatientCache } from '@/lib/lists/patient-cache'
import { renewSurvey, type Survey, survey, type SurveyWatch } from '@/lib/lists/survey'

/** The administrators of so many domains are read side by side. */
const AT_ONCE = 100
const NO_SUCH_OBJECT = 32

/** What became of an entry that is named somewhere. */
export type PersonState = 'enabled' | 'disabled' | 'missing'

export interface NamedPerson {
  /** A DN, or a uid of a posixGroup. */
  readonly name: string
  readonly state: PersonState
  /** entryUUID; empty if missing. */
  readonly id: string
}

export interface DomainFacts {
  /** As it is written in the entry. */
  readonly name: string
  readonly administrators: readonly NamedPerson[]
}

export interface DirectoryFacts {
  readonly status: 'known'
  readonly survey: Survey
  readonly domains: readonly DomainFacts[]
  /** Whether the directory tells upper from lower case in `dc`. */
  readonly caseExactDomains: boolean
  /** Null where the group is not there. */
  readonly postmasters: readonly NamedPerson[] | null
  /** Whether claims of OpenID Connect can make postmasters too. */
  readonly postmastersByClaim: boolean
}

const holder = globalThis as typeof globalThis & { postbookHealth?: PatientCache<DirectoryFacts> }

function kept(): PatientCache<DirectoryFacts> {
  return (holder.postbookHealth ??= new PatientCache<DirectoryFacts>())
}

/** The facts, kept ones where these may still be used. */
export function directoryFacts(authority: Authority): Promise<DirectoryFacts | SearchFailure> {
  const { LDAP_MAIL_BASE } = directoryEnvironment()
  return kept().get(factsKey(), LDAP_MAIL_BASE, () => look(authority, () => survey(authority)))
}

/** New facts, whatever is kept. */
export function renewFacts(
  authority: Authority,
  watch: SurveyWatch,
): Promise<DirectoryFacts | SearchFailure> {
  const { LDAP_MAIL_BASE } = directoryEnvironment()
  const make = (): Promise<Survey | SearchFailure> => renewSurvey(authority, watch)
  return kept().renew(factsKey(), LDAP_MAIL_BASE, () => look(authority, make))
}

function factsKey(): string {
  const { LDAP_URL, LDAP_MAIL_BASE, LDAP_DOMAINS_BASE } = directoryEnvironment()
  return JSON.stringify([LDAP_URL, LDAP_MAIL_BASE, LDAP_DOMAINS_BASE])
}

async function look(
  authority: Authority,
  make: () => Promise<Survey | SearchFailure>,
): Promise<DirectoryFacts | SearchFailure> {
  const surveyed = await make()
  if (surveyed.status === 'failed') return surveyed
  const states = personStates(authority)
  const [domains, postmasters, known] = await Promise.all([
    readDomains(authority, states),
    readPostmasters(authority, states),
    discoverSchema(),
  ])
  if ('status' in domains) return domains
  if (postmasters !== null && 'status' in postmasters) return postmasters
  if (known.status === 'failed') return known
  const { openId } = panelEnvironment()
  return {
    status: 'known',
    survey: surveyed,
    domains,
    caseExactDomains:
      known.schema.attributeType('dc')?.equality?.toLowerCase().startsWith('caseexact') === true,
    postmasters,
    postmastersByClaim: openId !== null && openId.postmaster !== null,
  }
}

type PersonReader = (name: string) => Promise<NamedPerson | SearchFailure>

/** Reads each person once, however often the person is named. */
function personStates(authority: Authority): PersonReader {
  const known = new Map<string, Promise<NamedPerson | SearchFailure>>()
  return (name) => {
    const key = name.toLowerCase()
    const reading = known.get(key) ?? readPerson(authority, name)
    known.set(key, reading)
    return reading
  }
}

async function readPerson(authority: Authority, dn: string): Promise<NamedPerson | SearchFailure> {
  const missing = { name: dn, state: 'missing', id: '' } as const
  if (parseDn(dn) === null) return missing
  const read = await readEntry(authority, dn, ['mailEnabled', 'entryUUID'])
  if (read.status === 'failed') return read
  return read.status === 'notFound' ? missing : personOf(dn, read.entry)
}

function personOf(name: string, entry: Entry): NamedPerson {
  const isDisabled = valueOf(entry, 'mailEnabled')?.toUpperCase() === 'FALSE'
  return { name, state: isDisabled ? 'disabled' : 'enabled', id: valueOf(entry, 'entryUUID') ?? '' }
}

async function readDomains(
  authority: Authority,
  stateOf: PersonReader,
): Promise<readonly DomainFacts[] | SearchFailure> {
  const attribute = panelEnvironment().DOMAIN_ADMINISTRATOR_ATTRIBUTE
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_DOMAINS_BASE,
    scope: 'sub',
    filter: { type: 'equality', attribute: 'objectClass', value: 'dNSDomain' },
    attributes: ['dc', attribute],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const domains: DomainFacts[] = []
  for (let at = 0; at < result.entries.length; at += AT_ONCE) {
    const read = await Promise.all(
      result.entries.slice(at, at + AT_ONCE).map(async (entry) => ({
        name: valueOf(entry, 'dc') ?? '',
        administrators: wellRead(await Promise.all(valuesOf(entry, attribute).map(stateOf))),
      })),
    )
    for (const { name, administrators } of read) {
      if ('status' in administrators) return administrators
      domains.push({ name, administrators })
    }
  }
  return domains.sort((one, other) => (one.name < other.name ? -1 : 1))
}

async function readPostmasters(
  authority: Authority,
  stateOf: PersonReader,
): Promise<readonly NamedPerson[] | SearchFailure | null> {
  const read = await readEntry(authority, panelEnvironment().POSTMASTER_GROUP)
  if (read.status === 'failed') return read.resultCode === NO_SUCH_OBJECT ? null : read
  if (read.status === 'notFound') return null
  const names = [...valuesOf(read.entry, 'member'), ...valuesOf(read.entry, 'uniqueMember')]
  const members = await Promise.all([
    ...names.map(stateOf),
    ...valuesOf(read.entry, 'memberUid').map((uid) => readByUid(authority, uid)),
  ])
  return wellRead(members)
}

async function readByUid(authority: Authority, uid: string): Promise<NamedPerson | SearchFailure> {
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'equality', attribute: 'uid', value: uid },
    attributes: ['mailEnabled', 'entryUUID'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const [entry] = result.entries
  return entry === undefined ? { name: uid, state: 'missing', id: '' } : personOf(uid, entry)
}

function wellRead(people: readonly (NamedPerson | SearchFailure)[]): readonly NamedPerson[] | SearchFailure {
  const read: NamedPerson[] = []
  for (const person of people) {
    if ('status' in person) return person
    read.push(person)
  }
  return read
}

/**
 * sign-in - what has to be asked of the directory before there is an Authority. For lib/auth alone.
 *
 * Finds the entry of the person who signs in, and reads what gives a person a role: membership in the group of
 * postmasters, domains whose entry names the person as administrator (RFC 4524 section 2.2 for the default,
 * `associatedName`), and groups of administrators. A name has to be spelt as in the entry, but for upper and
 * lower case: matching rules let many spellings through, and each would be a new name to guess passwords for.
 */
import 'server-only'
import { directoryEnvironment, panelEnvironment } from '@/lib/environment'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import { formatDn, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import { valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Person } from './authority'
import { serviceSettings, serviceView } from './service'

const NO_SUCH_OBJECT = 32
/** pwdAccountLockedTime of an account that an administrator has locked for good (slapo-ppolicy(5)). */
const LOCKED_FOR_GOOD = '000001010000Z'
const PERSON_ATTRIBUTES = [
  'cn',
  'displayName',
  'mail',
  'mailEnabled',
  'uid',
  'entryUUID',
  'pwdChangedTime',
  'pwdAccountLockedTime',
]
const ANY_ENTRY: Filter = { type: 'present', attribute: 'objectClass' }

export interface FoundPerson {
  readonly status: 'found'
  readonly person: Person
  /** False when the mailbox is switched off (`mailEnabled` is FALSE) or locked for good by an administrator. */
  readonly enabled: boolean
  readonly uids: readonly string[]
  /** Other for another entry of the same name; empty if the server has none. */
  readonly entryUuid: string
  /** Other after each change of the password; empty if the server keeps none. */
  readonly passwordChanged: string
}

export type PersonResult = FoundPerson | { readonly status: 'notFound' } | SearchFailure

/** `ambiguous`: several entries have this address or name, and nobody can tell who signs in. */
export type LoginResult = PersonResult | { readonly status: 'ambiguous' }

export type RoleFactsResult =
  | {
      readonly status: 'read'
      /** The group in POSTMASTER_GROUP names the person, by DN or, as a posixGroup, by uid. */
      readonly inPostmasterGroup: boolean
      /** Domains whose entry names the person in DOMAIN_ADMINISTRATOR_ATTRIBUTE, in lower case. */
      readonly administeredDomains: readonly string[]
      /** DNs of groups with the person that lie where DOMAIN_ADMINISTRATOR_GROUP has its groups. */
      readonly groups: readonly string[]
    }
  | SearchFailure

function request(
  base: string,
  scope: SearchRequest['scope'],
  filter: Filter,
  attributes: readonly string[],
): SearchRequest {
  return { base, scope, filter, attributes, sizeLimit: 0, timeLimit: 0, dereference: 0 }
}

function equality(attribute: string, value: string): Filter {
  return { type: 'equality', attribute, value }
}

function foundPerson(entry: Entry): FoundPerson {
  const mail = valueOf(entry, 'mail') ?? ''
  const name = valueOf(entry, 'displayName') ?? valueOf(entry, 'cn') ?? mail
  return {
    status: 'found',
    person: { dn: entry.dn, name, mail },
    enabled:
      valueOf(entry, 'mailEnabled')?.toUpperCase() !== 'FALSE' &&
      !valuesOf(entry, 'pwdAccountLockedTime').includes(LOCKED_FOR_GOOD),
    uids: valuesOf(entry, 'uid'),
    entryUuid: valueOf(entry, 'entryUUID') ?? '',
    passwordChanged: valueOf(entry, 'pwdChangedTime') ?? '',
  }
}

/** Finds the person whose mail address or uid this is. */
export function findPersonByLogin(login: string): Promise<LoginResult> {
  return findPerson(['mail', 'uid'], login.trim())
}

/** Finds the person by the value of one attribute; for a claim of OpenID Connect. */
export function findPersonByAttribute(attribute: string, value: string): Promise<LoginResult> {
  return findPerson([attribute], value)
}

async function findPerson(attributes: readonly string[], value: string): Promise<LoginResult> {
  if (value === '') return { status: 'notFound' }
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const filter: Filter = {
    type: 'and',
    filters: [
      equality('objectClass', 'person'),
      { type: 'or', filters: attributes.map((attribute) => equality(attribute, value)) },
    ],
  }
  const { LDAP_MAIL_BASE } = directoryEnvironment()
  const selection = [...PERSON_ATTRIBUTES, ...attributes]
  const result = await serviceView().search(request(LDAP_MAIL_BASE, 'sub', filter, selection))
  if (result.status === 'failed') return result
  const [entry, another] = result.entries
  if (entry === undefined) return { status: 'notFound' }
  if (another !== undefined) return { status: 'ambiguous' }
  const spelt = attributes.flatMap((attribute) => valuesOf(entry, attribute))
  const same = spelt.some((known) => known.toLowerCase() === value.toLowerCase())
  return same ? foundPerson(entry) : { status: 'notFound' }
}

/** The person with this DN as the entry is now, for a session that goes on. */
export async function findPersonByDn(dn: string): Promise<PersonResult> {
  const result = await serviceView().search(request(dn, 'base', ANY_ENTRY, PERSON_ATTRIBUTES))
  if (result.status === 'failed') return isAbsent(result) ? { status: 'notFound' } : result
  const [entry] = result.entries
  return entry === undefined ? { status: 'notFound' } : foundPerson(entry)
}

/** What gives the person a role: up to three searches in one round trip. */
export async function readRoleFacts(dn: string, uids: readonly string[]): Promise<RoleFactsResult> {
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const view = serviceView()
  const { LDAP_DOMAINS_BASE } = directoryEnvironment()
  const { POSTMASTER_GROUP, DOMAIN_ADMINISTRATOR_ATTRIBUTE, DOMAIN_ADMINISTRATOR_GROUP } = panelEnvironment()
  const isMember: Filter = {
    type: 'or',
    filters: [
      equality('member', dn),
      equality('uniqueMember', dn),
      ...uids.map((uid) => equality('memberUid', uid)),
    ],
  }
  const administers: Filter = {
    type: 'and',
    filters: [equality('objectClass', 'dNSDomain'), equality(DOMAIN_ADMINISTRATOR_ATTRIBUTE, dn)],
  }
  const groupsBase = formatDn(parseDn(DOMAIN_ADMINISTRATOR_GROUP)?.slice(1) ?? [])
  const results = await Promise.all([
    view.search(request(POSTMASTER_GROUP, 'base', isMember, ['1.1'])),
    view.search(request(LDAP_DOMAINS_BASE, 'sub', administers, ['dc'])),
    groupsBase === '' ? NO_ENTRIES : view.search(request(groupsBase, 'one', isMember, ['1.1'])),
  ])
  for (const result of results) if (result.status === 'failed' && !isAbsent(result)) return result
  const [postmasters, domains, groups] = results.map((result) =>
    result.status === 'failed' ? [] : result.entries,
  )
  return {
    status: 'read',
    inPostmasterGroup: postmasters?.length === 1,
    administeredDomains: (domains ?? []).flatMap((domain) =>
      valuesOf(domain, 'dc').map((name) => name.toLowerCase()),
    ),
    groups: (groups ?? []).map((group) => group.dn),
  }
}

const NO_ENTRIES = { status: 'complete', entries: [] } as const

/** An entry or base that is not there grants nothing; that it should be there is for lib/site to say. */
function isAbsent(result: SearchFailure): boolean {
  return result.stage === 'search' && result.resultCode === NO_SUCH_OBJECT
}

/**
 * sign-in - what has to be asked of the directory before there is an Authority. For lib/auth alone.
 *
 * Finds the entry of the person who signs in, checks a password by a bind (RFC 4513 section 5.1.3) on a
 * connection of its own, and reads what the person may do: membership in the group of postmasters, and the
 * domains whose entry names the person in `associatedName` (RFC 4524 section 2.2). An empty password is refused
 * here, because for the server it is an anonymous bind that succeeds (RFC 4513 section 5.1.2).
 */
import 'server-only'
import { directoryEnvironment, panelEnvironment } from '@/lib/environment'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Person } from './authority'
import { serviceSettings, serviceView } from './service'
import { openConnection } from './session'

const NO_SUCH_OBJECT = 32
/** Busy and unavailable say nothing about the password. */
const SERVER_TROUBLE = [51, 52]
const PERSON_ATTRIBUTES = ['cn', 'displayName', 'mail', 'mailEnabled']
const ANY_ENTRY: Filter = { type: 'present', attribute: 'objectClass' }

export interface FoundPerson {
  readonly status: 'found'
  readonly person: Person
  /** False when the mailbox is switched off: `mailEnabled` is FALSE. */
  readonly enabled: boolean
}

export type PersonResult = FoundPerson | { readonly status: 'notFound' } | SearchFailure

/** `ambiguous`: several entries have this address or name, and nobody can tell who signs in. */
export type LoginResult = PersonResult | { readonly status: 'ambiguous' }

export type RoleFactsResult =
  | {
      readonly status: 'read'
      /** The group in POSTMASTER_GROUP names the person, by DN or, as a posixGroup, by uid. */
      readonly inPostmasterGroup: boolean
      /** Domains whose entry names the person in `associatedName`, in lower case. */
      readonly administeredDomains: readonly string[]
    }
  | SearchFailure

export type PasswordResult =
  | { readonly status: 'accepted' }
  /** Wrong, or the account may not bind; the code says which, and is for the log alone. */
  | { readonly status: 'refused'; readonly resultCode: number; readonly diagnostic: string }
  | SearchFailure

function request(
  base: string,
  scope: SearchRequest['scope'],
  filter: Filter,
  attributes: string[],
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
    enabled: valueOf(entry, 'mailEnabled')?.toUpperCase() !== 'FALSE',
  }
}

/** Finds the person whose mail address or uid this is. */
export async function findPersonByLogin(login: string): Promise<LoginResult> {
  const name = login.trim()
  if (name === '') return { status: 'notFound' }
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const filter: Filter = {
    type: 'and',
    filters: [
      equality('objectClass', 'person'),
      { type: 'or', filters: [equality('mail', name), equality('uid', name)] },
    ],
  }
  const { LDAP_MAIL_BASE } = directoryEnvironment()
  const result = await serviceView().search(request(LDAP_MAIL_BASE, 'sub', filter, PERSON_ATTRIBUTES))
  if (result.status === 'failed') return result
  const [entry, another] = result.entries
  if (entry === undefined) return { status: 'notFound' }
  return another === undefined ? foundPerson(entry) : { status: 'ambiguous' }
}

/** The person with this DN as the entry is now, for a session that goes on. */
export async function findPersonByDn(dn: string): Promise<PersonResult> {
  const result = await serviceView().search(request(dn, 'base', ANY_ENTRY, PERSON_ATTRIBUTES))
  if (result.status === 'failed') return isAbsent(result) ? { status: 'notFound' } : result
  const [entry] = result.entries
  return entry === undefined ? { status: 'notFound' } : foundPerson(entry)
}

/** What gives the person a role: four searches in one round trip. */
export async function readRoleFacts(dn: string): Promise<RoleFactsResult> {
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const view = serviceView()
  const { LDAP_DOMAINS_BASE } = directoryEnvironment()
  const { POSTMASTER_GROUP } = panelEnvironment()
  const names: Filter = { type: 'or', filters: [equality('member', dn), equality('uniqueMember', dn)] }
  const administers: Filter = {
    type: 'and',
    filters: [equality('objectClass', 'dNSDomain'), equality('associatedName', dn)],
  }
  const results = await Promise.all([
    view.search(request(POSTMASTER_GROUP, 'base', names, ['1.1'])),
    view.search(request(POSTMASTER_GROUP, 'base', ANY_ENTRY, ['memberUid'])),
    view.search(request(dn, 'base', ANY_ENTRY, ['uid'])),
    view.search(request(LDAP_DOMAINS_BASE, 'sub', administers, ['dc'])),
  ])
  for (const result of results) if (result.status === 'failed' && !isAbsent(result)) return result
  const [byDn, group, person, domains] = results.map((result) =>
    result.status === 'failed' ? [] : result.entries,
  )
  const uids = new Set(valuesIn(person, 'uid'))
  return {
    status: 'read',
    inPostmasterGroup: byDn?.length === 1 || valuesIn(group, 'memberUid').some((uid) => uids.has(uid)),
    administeredDomains: valuesIn(domains, 'dc').map((domain) => domain.toLowerCase()),
  }
}

function valuesIn(entries: readonly Entry[] | undefined, attribute: string): readonly string[] {
  return (entries ?? []).flatMap((entry) => valuesOf(entry, attribute))
}

/** An entry or base that is not there grants nothing; that it should be there is for lib/site to say. */
function isAbsent(result: SearchFailure): boolean {
  return result.stage === 'search' && result.resultCode === NO_SUCH_OBJECT
}

/** Whether the directory accepts this password for this entry. */
export async function checkPassword(dn: string, password: string): Promise<PasswordResult> {
  if (dn === '' || password === '') return { status: 'refused', resultCode: 49, diagnostic: 'empty password' }
  const settings = serviceSettings()
  if ('status' in settings) return settings
  const opened = await openConnection({ ...settings, bindDn: dn, bindPassword: password })
  if (opened.status === 'open') {
    opened.connection.close()
    return { status: 'accepted' }
  }
  const { stage, resultCode, diagnostic } = opened
  if (stage !== 'bind' || resultCode < 0 || SERVER_TROUBLE.includes(resultCode)) return opened
  return { status: 'refused', resultCode, diagnostic }
}

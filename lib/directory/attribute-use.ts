/**
 * attribute-use - which attributes of a new entry no entry of its database has had yet.
 *
 * back-mdb numbers the attributes that it stores, and an add under the No-Op control gives a number to one that is
 * used for the first time, without keeping it. Whatever is then really stored with this attribute cannot be read
 * again: "internal error in mdb_entry_decode", in every search that comes across it, also after a restart (seen with
 * slapd 2.5.13; a modify and a rename are not affected). So an add is rehearsed only when each of its attributes is
 * seen in an entry below the same base. What cannot be seen, or not soon, counts as unused.
 * LDAP round trips: none for what was seen before; else one for a sample, and one for each attribute that it lacks.
 */
import 'server-only'
import { LRUCache } from 'lru-cache'
import { directoryEnvironment } from '@/lib/environment'
import { isWithin, parseDn } from '@/lib/ldap/dn'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchRequest } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import type { Authority } from './authority'
import { walkEntries } from './entry-walk'

type AddRecord = Extract<ChangeRecord, { type: 'add' }>

const SAMPLE = 200
/** Attributes of an entry that is only of a subtype are not the attribute itself, so a few are looked at. */
const LOOKED_AT = 20
const SECONDS_FOR_ONE = 2
/** A database can be loaded anew, and then it has the attributes of the entries that are left. */
const SEEN_KEPT_MILLISECONDS = 600_000
/** To look for what is not there can mean to look at every entry. */
const UNSEEN_KEPT_MILLISECONDS = 300_000
const MOST_NAMES = 10_000
/** What the password policy adds to an entry with a password (slapo-ppolicy(5)). */
const WITH_PASSWORD = ['pwdchangedtime']

const holder = globalThis as typeof globalThis & { postbookAttributeUse?: LRUCache<string, boolean> }

function known(): LRUCache<string, boolean> {
  return (holder.postbookAttributeUse ??= new LRUCache({ max: MOST_NAMES }))
}

/** The attribute descriptions of a new entry that are not known to be in use, in lower case. */
export async function firstUses(authority: Authority, record: AddRecord): Promise<readonly string[]> {
  const base = baseOf(record.dn)
  const names = new Set(record.attributes.map(({ description }) => description.toLowerCase()))
  if (names.has('userpassword')) for (const name of WITH_PASSWORD) names.add(name)
  if (base === null) return [...names]
  const isSeen = (name: string): boolean | undefined => known().get(keyOf(base, name))
  if ([...names].some((name) => isSeen(name) === undefined))
    await once(keyOf(base, ''), () => lookAtSample(authority, base))
  const unknown = [...names].filter((name) => isSeen(name) === undefined)
  await Promise.all(unknown.map((name) => once(keyOf(base, name), () => lookFor(authority, base, name))))
  return [...names].filter((name) => isSeen(name) !== true)
}

/** The configured base that the entry is below: entries below one base are in one database. */
function baseOf(dn: string): string | null {
  const { LDAP_MAIL_BASE, LDAP_DOMAINS_BASE, LDAP_STORE_BASE } = directoryEnvironment()
  const name = parseDn(dn)
  if (name === null) return null
  const bases = [LDAP_MAIL_BASE, LDAP_DOMAINS_BASE, LDAP_STORE_BASE].filter((base) => base !== '')
  return (
    bases.find((base) => {
      const parsed = parseDn(base)
      return parsed !== null && isWithin(name, parsed)
    }) ?? null
  )
}

function keyOf(base: string, name: string): string {
  return JSON.stringify([directoryEnvironment().LDAP_URL, base, name])
}

/** Many entries are rehearsed side by side, and all of them wait for the same look. */
const running = new Map<string, Promise<void>>()

function once(key: string, look: () => Promise<void>): Promise<void> {
  const under = running.get(key)
  if (under !== undefined) return under
  const looking = look().finally(() => running.delete(key))
  running.set(key, looking)
  return looking
}

function note(base: string, name: string): void {
  known().set(keyOf(base, name), true, { ttl: SEEN_KEPT_MILLISECONDS })
}

/** Most attributes of a new entry are in any other. */
async function lookAtSample(authority: Authority, base: string): Promise<void> {
  const anyEntry: Filter = { type: 'present', attribute: 'objectClass' }
  await walkEntries(authority, request(base, anyEntry, ['*', '+']), SAMPLE, (entries) => {
    for (const { attributes } of entries)
      for (const { description } of attributes) note(base, description.toLowerCase())
    return false
  })
}

async function lookFor(authority: Authority, base: string, name: string): Promise<void> {
  const present: Filter = { type: 'present', attribute: name }
  // A failure is an attribute that was not seen.
  await walkEntries(authority, request(base, present, [name]), LOOKED_AT, (entries) => {
    const isThere = entries.some(({ attributes }) =>
      attributes.some(({ description }) => description.toLowerCase() === name),
    )
    if (isThere) note(base, name)
    return false
  })
  if (known().get(keyOf(base, name)) === undefined)
    known().set(keyOf(base, name), false, { ttl: UNSEEN_KEPT_MILLISECONDS })
}

function request(base: string, filter: Filter, attributes: readonly string[]): SearchRequest {
  return {
    base,
    scope: 'sub',
    filter,
    attributes,
    sizeLimit: 0,
    timeLimit: SECONDS_FOR_ONE,
    dereference: 0,
  }
}

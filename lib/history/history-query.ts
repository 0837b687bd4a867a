/**
 * history-query - what a person looks for in the history, and the filters of RFC 4515 that find it.
 *
 * The log is asked for changes that succeeded, in a stretch of time (reqStart is indexed and ordered). Its
 * values are octet strings, which compare with case: an address is looked for as typed and in lower case.
 * Authority: slapo-accesslog(5) for the attributes.
 */
import type { Filter } from '@/lib/ldap/filter'
import type { HistoryEntry } from './history-entry'

export interface HistoryQuery {
  /** Name, address, user name or DN of who made the change; empty for anyone. */
  readonly person: string
  /** DN, address or user name of the changed entry; empty for any. */
  readonly entry: string
  /** An address among the values before or after; empty for any. */
  readonly address: string
  /** First day, as 2026-01-31 in UTC; empty for no bound. */
  readonly from: string
  /** Last day; empty for no bound. */
  readonly to: string
  /** A time of the log: only older changes; empty for the newest. */
  readonly before: string
  /** A task or a commit: only its changes, each for itself (together.ts); empty for all. */
  readonly of?: string
}

/** What the words of a query stand for in this directory. */
export interface Wanted {
  /** DNs of the people; null for anyone. */
  readonly people: readonly string[] | null
  /** The entries, each by name and by entryUUID where it is known; null for any. */
  readonly entries: readonly { readonly dn: string; readonly uuid: string | null }[] | null
  readonly address: string
  /** A task or a commit, by name. */
  readonly of?: string
  /** Leaves out what these accounts did, but for changes of these entries. */
  readonly beside?: { readonly accounts: readonly string[]; readonly entries: readonly string[] }
}

const CHANGES = ['add', 'modify', 'delete', 'modrdn'] as const

/** The filter for changes from one time (inclusive) until another (exclusive). */
export function logFilter(wanted: Wanted, from: string, until: string, panelAccount: string): Filter {
  const filters: Filter[] = [
    { type: 'greaterOrEqual', attribute: 'reqStart', value: from },
    { type: 'not', filter: { type: 'greaterOrEqual', attribute: 'reqStart', value: until } },
    { type: 'or', filters: CHANGES.map((value) => equal('reqType', value)) },
    equal('reqResult', '0'),
  ]
  if (wanted.people !== null) {
    // What the panel wrote by its own account may be anyone's: its record tells, after the search.
    const accounts = [...new Set([...wanted.people, panelAccount])]
    filters.push({ type: 'or', filters: accounts.map((dn) => equal('reqAuthzID', dn)) })
  }
  if (wanted.entries !== null) {
    const named = wanted.entries.flatMap(({ dn, uuid }) => [
      ...(dn === '' ? [] : [equal('reqDN', dn)]),
      ...(uuid === null ? [] : [equal('reqEntryUUID', uuid)]),
    ])
    filters.push({ type: 'or', filters: named })
  }
  if (wanted.beside !== undefined) {
    const accounts = wanted.beside.accounts.map((dn) => equal('reqAuthzID', dn))
    const others: Filter = { type: 'not', filter: { type: 'or', filters: accounts } }
    const entries = wanted.beside.entries.map((dn) => equal('reqDN', dn))
    filters.push({ type: 'or', filters: [others, ...entries] })
  }
  if (wanted.address !== '') {
    const spellings = [...new Set([wanted.address, wanted.address.toLowerCase()])]
    const holding = spellings.flatMap((text) => [contains('reqMod', text), contains('reqOld', text)])
    filters.push({ type: 'or', filters: holding })
  }
  return { type: 'and', filters }
}

function equal(attribute: string, value: string): Filter {
  return { type: 'equality', attribute, value }
}

function contains(attribute: string, text: string): Filter {
  return { type: 'substrings', attribute, initial: null, any: [text], final: null }
}

/** Whether a change of the panel's own record is wanted; for the log the server has answered this. */
export function isWanted(wanted: Wanted, change: HistoryEntry): boolean {
  const { people, entries, address, of } = wanted
  return (
    (of === undefined || isPartOf(change, of)) &&
    (people === null || people.some((dn) => isSameName(dn, change.authorizationDn))) &&
    (entries === null ||
      entries.some(({ dn, uuid }) => isSameName(dn, change.dn) || (uuid ?? '') === change.entryUuid)) &&
    (address === '' || holds(change, address.toLowerCase()))
  )
}

/** Whether a change belongs to this task or commit. */
export function isPartOf({ commit }: HistoryEntry, of: string): boolean {
  return commit !== null && (commit.task === of || commit.id === of)
}

/** DNs come from the same server in the same spelling, but for case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Whether a value before or after holds this text, in lower case. */
function holds({ modifications, old }: HistoryEntry, text: string): boolean {
  return [...modifications, ...(old ?? [])].some(({ values }) =>
    values.some((value) => value.toLowerCase().includes(text)),
  )
}

/**
 * source - where the history of this directory comes from, with each change given to the person behind it.
 *
 * The server's log where there is one; else the panel's own record. Changes that the panel wrote with its own
 * account get their person from that record. The panel's own store is not history and is left out.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { isWithin, parseDn } from '@/lib/ldap/dn'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { type CurrentEntry, findCurrent, keyOf } from './current-entries'
import type { HistoryEntry } from './history-entry'
import { isPartOf, isSameName, isWanted, logFilter, type Wanted } from './history-query'
import { generalizedTimeOf, millisecondsOf } from '@/lib/ldap/generalized-time'
import { maybeBehind, type PanelRecord, personBehind, readPanelRecord } from './panel-record'
import { findLog, readLog, readLogged, type Stretch } from './server-log'
import { maySee } from './visibility'

/** The clocks of panel and directory may differ by so much, in milliseconds. */
export const CLOCKS = 600_000
const DAY = 86_400_000

export interface Source {
  readonly status: 'open'
  readonly authority: Authority
  readonly schema: Schema
  /** Base of the server's log; null where the panel's record is all there is. */
  readonly log: string | null
  /** Filled while changes are read. */
  readonly current: Map<string, CurrentEntry>
  /** Why not everything was read, each once. */
  readonly problems: Map<string, Text>
}

/** Finds out where the history comes from. */
export async function openSource(authority: Authority): Promise<Source | SearchFailure> {
  const [known, log] = await Promise.all([discoverSchema(), findLog(authority)])
  if (known.status === 'failed') return known
  if (log !== null && typeof log !== 'string') return log
  const { schema } = known
  return { status: 'open', authority, schema, log, current: new Map(), problems: new Map() }
}

/** Changes from newest to oldest that are wanted and may be seen, between two times of the log. */
export async function readChanges(
  source: Source,
  wanted: Wanted,
  from: string | null,
  until: string | null,
  count: number,
): Promise<({ readonly status: 'read' } & Stretch) | SearchFailure> {
  const { authority, schema, log } = source
  const end = until ?? generalizedTimeOf(Date.now() + DAY)
  const panelAccount = directoryEnvironment().LDAP_BIND_DN
  if (log === null) {
    const record = await recordBetween(source, from, end)
    const kept = await visible(
      source,
      record.changes.filter((change) => isWanted(wanted, change)),
    )
    return 'status' in kept ? kept : { status: 'read', changes: kept, reached: null }
  }
  const keep = async (changes: readonly HistoryEntry[]): Promise<readonly HistoryEntry[] | SearchFailure> => {
    const attributed = await attribute(source, changes)
    const { people, of } = wanted
    return visible(
      source,
      attributed.filter(
        (change) =>
          (people === null || people.some((dn) => isSameName(dn, change.authorizationDn))) &&
          (of === undefined || isPartOf(change, of)),
      ),
    )
  }
  const filter = (start: string, stop: string): ReturnType<typeof logFilter> =>
    logFilter(wanted, start, stop, panelAccount)
  const part = await readLog(authority, log, { from, until: end, filter, keep, wanted: count }, schema)
  return part.status === 'none' ? { status: 'read', changes: [], reached: null } : part
}

/** One change, if it is there and may be seen. */
export async function readChange(source: Source, id: string): Promise<HistoryEntry | SearchFailure | null> {
  const { authority, schema, log } = source
  const found = log === null ? await readRecorded(source, id) : await readLogged(authority, log, id, schema)
  if (found === null || 'status' in found) return found
  const attributed = log === null ? [found] : await attribute(source, [found])
  const kept = await visible(source, attributed)
  return 'status' in kept ? kept : (kept[0] ?? null)
}

async function readRecorded(source: Source, id: string): Promise<HistoryEntry | null> {
  const time = millisecondsOf(id) ?? 0
  const { changes } = await readPanelRecord(time, time + 1, source.schema)
  return changes.find((change) => change.id === id) ?? null
}

async function recordBetween(source: Source, from: string | null, until: string): Promise<PanelRecord> {
  const start = from === null ? null : millisecondsOf(from)
  const record = await readPanelRecord(start, millisecondsOf(until) ?? Date.now(), source.schema)
  note(source, record.problem)
  return record
}

function note({ problems }: Source, problem: Text | null): void {
  if (problem !== null) problems.set(JSON.stringify(problem), problem)
}

/** Gives changes of the panel to the person behind each. */
async function attribute(source: Source, changes: readonly HistoryEntry[]): Promise<readonly HistoryEntry[]> {
  const times = changes.map(({ id }) => millisecondsOf(id) ?? 0)
  if (times.length === 0) return changes
  const from = Math.min(...times) - CLOCKS
  const record = await readPanelRecord(from, Math.max(...times) + CLOCKS, source.schema, maybeBehind(changes))
  note(source, record.problem)
  return changes.map((change) => {
    const recorded = personBehind(record.changes, change)
    return recorded === undefined
      ? change
      : {
          ...change,
          authorizationDn: recorded.authorizationDn,
          session: recorded.session,
          commit: recorded.commit,
        }
  })
}

async function visible(
  source: Source,
  changes: readonly HistoryEntry[],
): Promise<readonly HistoryEntry[] | SearchFailure> {
  const store = parseDn(directoryEnvironment().LDAP_STORE_BASE) ?? []
  const own = changes.filter(({ dn }) => {
    const name = parseDn(dn)
    return store.length === 0 || name === null || !isWithin(name, store)
  })
  const found = await findCurrent(source.authority, own)
  if ('status' in found) return found
  for (const [key, entry] of found) source.current.set(key, entry)
  return own.filter((change) => maySee(source.authority, change, found.get(keyOf(change))?.mails ?? []))
}

/**
 * old-secrets - the passwords that a write has overwritten or deleted, put back from the server's log.
 *
 * No journal keeps them. The log does where it keeps old values (logold of slapo-accesslog(5)); the write is found
 * in it by the entryCSN that it took away. A password that was set again since is not overwritten. Without the log,
 * or with no trace of the write in it, the answer is an obstacle in words. Values go from the log to the directory
 * and nowhere else. LDAP round trips: one to find the log, one or two for each 25 entries.
 */
import 'server-only'
import { isConcealed } from '@/lib/changes/concealment'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import type { Authority } from '@/lib/directory/authority'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { directoryEnvironment } from '@/lib/environment'
import { generalizedTimeOf } from '@/lib/ldap/generalized-time'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { type HistoryEntry, oldValuesOf } from './history-entry'
import { attributesOf } from './obstacle'
import { isSameName, logFilter } from './history-query'
import { findLog, readLog } from './server-log'

/** The clocks of panel and directory may differ by so much. */
const CLOCKS = 600_000
const DAY = 86_400_000
/** Changes of one entry. */
const MOST_LATER = 200
/** Entries whose changes are asked for in one search. */
const READ_TOGETHER = 25

export interface NoSecrets {
  readonly obstacle: Text
  /** Whether someone has set the password again. */
  readonly changedSince: boolean
}

/**
 * The way back with the passwords that there were.
 * @param back the way back without them; null if there is nothing else to take back
 * @param changes what the log holds of the entry since the commit; null where there is no log
 */
export function withSecrets(
  step: JournalStep,
  back: ChangeRecord | null,
  changes: readonly HistoryEntry[] | null,
): ChangeRecord | NoSecrets {
  const { dn } = step.change
  // Whether a deleted entry had a password may be known to the log alone; one that cannot have any goes back as it was.
  const isComplete = back?.type === 'add' && step.concealed.length === 0 && !mayHavePassword(back)
  const lacking = isComplete ? back : unknown(dn)
  if (changes === null) return lacking
  const own = changes.find(
    ({ type, entryCsnBefore }) => type === step.change.type && entryCsnBefore === step.entryCsn,
  )
  if (own?.old === undefined || own.old === null || step.entryCsn === null) return lacking
  const later = attributesOf(changes.filter(({ id }) => id > own.id))
  if (step.concealed.some((attribute) => later.has(attribute.toLowerCase())))
    return { obstacle: { key: 'undo.passwordChanged', values: { dn } }, changedSince: true }
  if (own.unrecorded.some(isConcealed)) return unknown(dn)
  if (back?.type === 'add') {
    const secrets = own.old.filter(({ description }) => isConcealed(description))
    return { ...back, attributes: [...back.attributes, ...secrets] }
  }
  const modifications = step.concealed.map((attribute): Modification => ({
    operation: 'replace',
    attribute,
    values: oldValuesOf(own, attribute) ?? [],
  }))
  return {
    type: 'modify',
    dn: back?.dn ?? dn,
    modifications: [...(back?.type === 'modify' ? back.modifications : []), ...modifications],
  }
}

/** The object classes of RFC 4519, RFC 2307 and cosine that allow userPassword. */
const WITH_PASSWORD = new Set([
  'person',
  'organizationalperson',
  'inetorgperson',
  'posixaccount',
  'shadowaccount',
  'posixgroup',
  'account',
  'simplesecurityobject',
  'organization',
  'organizationalunit',
  'domain',
  'dmd',
  'postfixbookmailaccount',
])

function mayHavePassword({ attributes }: Extract<ChangeRecord, { type: 'add' }>): boolean {
  const classes = attributes.find(({ description }) => description.toLowerCase() === 'objectclass')
  return (classes?.values ?? []).some((name) => WITH_PASSWORD.has(name.toLowerCase()))
}

/**
 * What the server's log holds of the entries of these writes since their commit; null where there is no log.
 * @param time of the commit, RFC 3339
 */
export async function readLogged(
  authority: Authority,
  steps: readonly JournalStep[],
  time: string,
): Promise<ReadonlyMap<JournalStep, readonly HistoryEntry[]> | NoSecrets | null> {
  const [known, log] = await Promise.all([discoverSchema(), findLog(authority)])
  if (known.status === 'failed') return unread(known.diagnostic)
  if (log === null) return null
  if (typeof log !== 'string') return unread(log.diagnostic)
  const found = new Map<JournalStep, readonly HistoryEntry[]>()
  for (let at = 0; at < steps.length; at += READ_TOGETHER) {
    const some = steps.slice(at, at + READ_TOGETHER)
    const changes = await readSome(authority, log, some, time, known.schema)
    if ('obstacle' in changes) return changes
    for (const step of some) found.set(step, changes.filter(isOfEntry(step)))
  }
  return found
}

/** Of some entries; of fewer at a time where there is more of them than the log gives at once. */
async function readSome(
  authority: Authority,
  log: string,
  steps: readonly JournalStep[],
  time: string,
  schema: Schema,
): Promise<readonly HistoryEntry[] | NoSecrets> {
  const entries = steps.map(({ after, entryUuid }) => ({ dn: after.dn, uuid: entryUuid }))
  const account = directoryEnvironment().LDAP_BIND_DN
  const read = await readLog(
    authority,
    log,
    {
      from: generalizedTimeOf(Date.parse(time.replace(/(\.\d{3})\d*Z$/, '$1Z')) - CLOCKS),
      until: generalizedTimeOf(Date.now() + DAY),
      filter: (from, until) => logFilter({ people: null, entries, address: '' }, from, until, account),
      keep: (changes) => Promise.resolve(changes),
      wanted: MOST_LATER * steps.length,
    },
    schema,
  )
  if (read.status === 'failed') return unread(read.diagnostic)
  if (read.status === 'none') return []
  if (read.reached === null || steps.length === 1) return read.changes
  const middle = Math.ceil(steps.length / 2)
  const halves = await Promise.all(
    [steps.slice(0, middle), steps.slice(middle)].map((half) => readSome(authority, log, half, time, schema)),
  )
  return (
    halves.find((half) => 'obstacle' in half) ?? halves.flatMap((half) => ('obstacle' in half ? [] : half))
  )
}

function isOfEntry({ after, entryUuid }: JournalStep): (change: HistoryEntry) => boolean {
  return (change) => isSameName(change.dn, after.dn) || (entryUuid !== null && change.entryUuid === entryUuid)
}

function unread(diagnostic: string): NoSecrets {
  return { obstacle: { key: 'undo.unread', values: { reason: diagnostic } }, changedSince: false }
}

function unknown(dn: string): NoSecrets {
  return { obstacle: { key: 'undo.noPassword', values: { dn } }, changedSince: false }
}
